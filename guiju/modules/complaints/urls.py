"""Addresses of complaints beside those of every register."""

from django.urls import path

from guiju.modules.complaints import pages

app_name = "complaints"
urlpatterns = [path("complaints/<str:number>/satisfied/", pages.satisfied, name="satisfied")]
