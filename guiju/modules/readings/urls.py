"""Addresses of reading, below a document's."""

from django.urls import path

from guiju.modules.readings import pages

app_name = "readings"
urlpatterns = [
    path("documents/<str:number>/read/", pages.read, name="read"),
    path("documents/<str:number>/readers/", pages.readers, name="readers"),
    path("documents/<str:number>/readers/remind/", pages.remind, name="remind"),
    path("documents/<str:number>/readers/export.xlsx", pages.export, {"format": "xlsx"}, name="export_xlsx"),
    path("documents/<str:number>/readers/export.csv", pages.export, {"format": "csv"}, name="export_csv"),
    path("documents/<str:number>/distribution/", pages.distribution, name="distribution"),
    path("documents/<str:number>/briefing/", pages.briefing, name="briefing"),
]
