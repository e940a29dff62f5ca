"""Addresses of paper copies: the page of all, and those below a document's."""

from django.urls import path

from guiju.modules.copies import pages

app_name = "copies"
urlpatterns = [
    path("copies/", pages.overview, name="copies"),
    path("copies/export.xlsx", pages.export, {"format": "xlsx"}, name="export_xlsx"),
    path("copies/export.csv", pages.export, {"format": "csv"}, name="export_csv"),
    path("documents/<str:number>/copies/", pages.of_document, name="of_document"),
    path("documents/<str:number>/copies/issue/", pages.issue, name="issue"),
    path("documents/<str:number>/copies/found/", pages.found, name="found"),
    path("documents/<str:number>/copies/end/", pages.end, name="end"),
]
