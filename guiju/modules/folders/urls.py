"""Addresses of bringing a folder in, below an organization."""

from django.urls import path

from guiju.modules.folders import pages

app_name = "folders"
urlpatterns = [
    path("import/documents/", pages.choose, name="folder"),
    path("import/documents/<uuid:run>/", pages.show, name="folder_run"),
]
