"""Addresses of batches, below an organization."""

from django.urls import path

from guiju.modules.batches import pages

app_name = "batches"
urlpatterns = [path("batches/documents/<slug:step>/", pages.batch, name="batch")]
