"""Addresses of keeping."""

from django.urls import path

from guiju.modules.keeping import pages

app_name = "keeping"
urlpatterns = [
    path("keeping/", pages.overview, name="keeping"),
    path("keeping/hold/", pages.hold, name="hold"),
    path("keeping/propose/", pages.propose, name="propose"),
    path("documents/<str:number>/hold/", pages.hold_one, name="hold_one"),
    path("documents/<str:number>/hold/<uuid:hold>/release/", pages.release, name="release"),
]
