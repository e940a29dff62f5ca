"""Addresses of bringing a folder in, below an organization."""

from django.urls import path

from guiju.modules.folders import pages
from guiju.spine.registers.form_page import get_or_post

app_name = "folders"
urlpatterns = [
    path("import/documents/", get_or_post(pages.choose), name="folder"),
    path("import/documents/<uuid:run>/", get_or_post(pages.show), name="folder_run"),
]
