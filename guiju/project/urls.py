"""All addresses: the installation's, the API's, and below each organization's name its own."""

from django.urls import include, path

from guiju.project import health

urlpatterns = [
    path("healthz", health.alive),
    path("readyz", health.ready),
    path("account/", include("allauth.urls")),
    path("<slug:organization>/", include("guiju.modules.documents.urls")),
    path("<slug:organization>/", include("guiju.spine.registers.urls")),
]
