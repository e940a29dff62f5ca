"""All addresses: the installation's, the API's, and below each organization's name its own."""

from django.urls import include, path, re_path

from guiju.modules.terminals.urls import station_urls
from guiju.organizations.urls import installation_urls, organization_urls
from guiju.project import health, well_known
from guiju.project.api import api, unknown
from guiju.project.checkup.page import health as health_page

urlpatterns = [
    path("healthz", health.alive),
    path("readyz", health.ready),
    path(".well-known/guiju-key", well_known.signing_keys, name="signing_keys"),
    path("api/v1/", api.urls),
    re_path(r"^api(?:/.*)?$", unknown),  # no organization is called so
    *installation_urls,
    *station_urls,
    path("<slug:organization>/", include((organization_urls, "people"))),
    path("<slug:organization>/health/", health_page, name="health"),
    path("<slug:organization>/", include("guiju.organizations.trail.urls")),
    path("<slug:organization>/", include("guiju.modules.folders.urls")),
    path("<slug:organization>/", include("guiju.modules.readings.urls")),
    path("<slug:organization>/", include("guiju.modules.copies.urls")),
    path("<slug:organization>/", include("guiju.modules.keeping.urls")),
    path("<slug:organization>/", include("guiju.modules.editions.urls")),
    path("<slug:organization>/", include("guiju.modules.translations.urls")),
    path("<slug:organization>/", include("guiju.modules.terminals.urls")),
    path("<slug:organization>/", include("guiju.modules.batches.urls")),
    path("<slug:organization>/", include("guiju.modules.actions.urls")),
    path("<slug:organization>/", include("guiju.modules.nonconformities.urls")),
    path("<slug:organization>/", include("guiju.modules.complaints.urls")),
    path("<slug:organization>/", include("guiju.modules.documents.urls")),
    path("<slug:organization>/", include("guiju.modules.kinds.urls")),
    path("<slug:organization>/", include("guiju.modules.processes.urls")),
    path("<slug:organization>/", include("guiju.spine.registers.urls")),
]
