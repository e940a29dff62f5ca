"""Addresses of a document's other languages, below the document's."""

from django.urls import path

from guiju.modules.translations import pages

app_name = "translations"
urlpatterns = [
    path("documents/<str:number>/translation/<slug:language>/", pages.read, name="read"),
    path("documents/<str:number>/translation/<slug:language>/change/", pages.change, name="change"),
    path("documents/<str:number>/translation/<slug:language>/check/", pages.check, name="check"),
]
