"""Addresses of the process map and of a process's revisions, below an organization."""

from django.urls import path

from guiju.modules.processes.maps import pages as maps
from guiju.modules.processes.turtle import pages

app_name = "processes"
urlpatterns = [
    path("processes/map/", maps.show, name="map"),
    path("processes/map/arrange/", maps.arrange, name="arrange"),
    path("processes/map/<slug:paper_size>.pdf", maps.print_map, name="print_map"),
    path("processes/<str:number>/revision/<int:position>/", pages.revision, name="revision"),
]
