"""Addresses of editions: the overview, and below a document's address its own."""

from django.urls import path

from guiju.modules.editions import pages

app_name = "editions"
urlpatterns = [
    path("editions/", pages.overview, name="editions"),
    path("documents/<str:number>/edition/", pages.watch, name="watch"),
    path("documents/<str:number>/edition/check/", pages.check, name="check"),
    path("documents/<str:number>/edition/newer/", pages.newer, name="newer"),
    path("documents/<str:number>/edition/end/", pages.end, name="end"),
]
