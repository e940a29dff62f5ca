"""Addresses of reading: below a document's, the matrix, and what each person has read."""

from django.urls import path

from guiju.modules.readings import pages
from guiju.modules.readings.matrix import pages as matrix

app_name = "readings"
urlpatterns = [
    path("readings/", matrix.begin, name="begin"),
    path("readings/matrix/", matrix.matrix, name="matrix"),
    path("readings/matrix/export.xlsx", matrix.export, {"format": "xlsx"}, name="matrix_xlsx"),
    path("readings/matrix/export.csv", matrix.export, {"format": "csv"}, name="matrix_csv"),
    path("readings/mine/", matrix.record, name="mine"),
    path("readings/mine/export.xlsx", matrix.export_record, {"format": "xlsx"}, name="mine_xlsx"),
    path("readings/mine/export.csv", matrix.export_record, {"format": "csv"}, name="mine_csv"),
    path("readings/of/<uuid:person>/", matrix.record, name="record"),
    path("readings/of/<uuid:person>/export.xlsx", matrix.export_record, {"format": "xlsx"}, name="record_xlsx"),
    path("readings/of/<uuid:person>/export.csv", matrix.export_record, {"format": "csv"}, name="record_csv"),
    path("documents/<str:number>/read/", pages.read, name="read"),
    path("documents/<str:number>/readers/", pages.readers, name="readers"),
    path("documents/<str:number>/readers/remind/", pages.remind, name="remind"),
    path("documents/<str:number>/readers/export.xlsx", pages.export, {"format": "xlsx"}, name="export_xlsx"),
    path("documents/<str:number>/readers/export.csv", pages.export, {"format": "csv"}, name="export_csv"),
    path("documents/<str:number>/distribution/", pages.distribution, name="distribution"),
    path("documents/<str:number>/briefing/", pages.briefing, name="briefing"),
]
