"""Addresses of bringing a folder in, below an organization."""

from django.urls import path
from django.views.decorators.http import require_http_methods

from guiju.modules.folders import pages

app_name = "folders"
form = require_http_methods(["GET", "HEAD", "POST"])
urlpatterns = [
    path("import/documents/", form(pages.choose), name="folder"),
    path("import/documents/<uuid:run>/", form(pages.show), name="folder_run"),
]
