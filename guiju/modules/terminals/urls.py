"""Addresses of terminals: those of the devices at the root (`station_urls`), those of who keeps them below an organization."""

from django.urls import path

from guiju.modules.terminals import pages, recognizing, station

station_urls = [
    path("terminal/", station.home, name="terminal"),
    path("terminal/start/<str:secret>/", station.start, name="terminal_start"),
    path("terminal/me/read/", recognizing.mine, name="terminal_mine"),
    path("terminal/me/leave/", recognizing.leave, name="terminal_leave"),
    path("terminal/<str:number>/", station.document, name="terminal_document"),
    path("terminal/<str:number>/revision/<int:position>/file/", station.file, name="terminal_file"),
    path("terminal/<str:number>/revision/<int:position>/file/page/<int:page>/", station.file_page, name="terminal_file_page"),
    path("terminal/<str:number>/revision/<int:position>/picture/<uuid:attachment>/", station.picture, name="terminal_picture"),
    path("terminal/<str:number>/confirm/", recognizing.recognize, name="terminal_recognize"),
    path("terminal/<str:number>/confirmed/", recognizing.confirmed, name="terminal_confirmed"),
]
app_name = "terminals"
urlpatterns = [
    path("terminals/", pages.terminals, name="terminals"),
    path("terminals/pin/", pages.pin, name="pin"),
    path("terminals/<uuid:terminal>/withdraw/", pages.withdraw, name="withdraw"),
    path("terminals/numbers/<uuid:person>/", pages.number, name="number"),
]
