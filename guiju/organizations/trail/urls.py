"""Addresses of the audit trail below an organization's name; before the registers', which take what is left."""

from django.urls import path

from guiju.organizations.trail import pages

app_name = "trail"
urlpatterns = [
    path("trail/", pages.overview, name="trail"),
    path("trail/checks/", pages.start, name="check"),
    path("trail/checks/<uuid:check>/", pages.show, name="check_show"),
]
