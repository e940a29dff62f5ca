"""Addresses of batches, below an organization."""

from django.urls import path

from guiju.modules.batches import closing_page, pages, signing_pages
from guiju.modules.batches.signing import STEPS

app_name = "batches"
urlpatterns = [
    path("batches/documents/", signing_pages.begin, name="begin"),
    *(path(f"batches/documents/{step}/", signing_pages.sign, {"step": step}, name=step) for step in STEPS),
    path("batches/documents/take_over/close/", closing_page.close, name="close"),
    path("batches/documents/<slug:step>/", pages.batch, name="batch"),
]
