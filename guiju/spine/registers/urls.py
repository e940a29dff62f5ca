"""Addresses below an organization."""

from django.urls import path

from guiju.spine.registers import editing, everyday, files, pages

app_name = "registers"
urlpatterns = [
    path("", everyday.home, name="home"),
    path("work/", everyday.my_work, name="work"),
    path("notices/", everyday.notice_list, name="notices"),
    path("notices/read/", everyday.notices_read, name="notices_read"),
    path("search/", everyday.search_page, name="search"),
    path("<slug:register>/", pages.list_page, name="list"),
    path("<slug:register>/new/", editing.create, name="create"),
    path("<slug:register>/<str:number>/", pages.record_view, name="record"),
    path("<slug:register>/<str:number>/change/", editing.change, name="change"),
    path("<slug:register>/<str:number>/comment/", editing.add_comment, name="comment"),
    path("<slug:register>/<str:number>/history/", pages.history_view, name="history"),
    path("<slug:register>/<str:number>/files/<uuid:attachment>/", files.send, name="file"),
    path("<slug:register>/<str:number>/<slug:transition>/", editing.step, name="step"),
]
