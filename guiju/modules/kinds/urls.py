"""Addresses of the kinds of documents, below an organization."""

from django.urls import path

from guiju.modules.kinds import pages

app_name = "kinds"
urlpatterns = [
    path("kinds/", pages.kinds, name="kinds"),
    path("kinds/<slug:kind>/", pages.kind, name="kind"),
    path("kinds/<slug:kind>/prefix/", pages.add_prefix, name="add_prefix"),
    path("kinds/<slug:kind>/prefix/<uuid:prefix>/end/", pages.end_prefix, name="end_prefix"),
    path("kinds/<slug:kind>/field/", pages.add_field, name="add_field"),
    path("kinds/<slug:kind>/field/<slug:field>/", pages.change_field, name="change_field"),
    path("kinds/<slug:kind>/field/<slug:field>/move/", pages.move_field, name="move_field"),
    path("kinds/<slug:kind>/field/<slug:field>/end/", pages.end_field, name="end_field"),
]
