"""Addresses of actions beside those of every register."""

from django.urls import path

from guiju.modules.actions import pages

app_name = "actions"
urlpatterns = [path("actions/<str:number>/extensions/<uuid:extension>/", pages.decide, name="decide_extension")]
