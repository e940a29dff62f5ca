"""Addresses below an organization."""

from django.urls import path

from guiju.spine.registers import editing, everyday, export_pages, files, import_pages, pages

app_name = "registers"
urlpatterns = [
    path("", everyday.home, name="home"),
    path("work/", everyday.my_work, name="work"),
    path("notices/", everyday.notice_list, name="notices"),
    path("notices/read/", everyday.notices_read, name="notices_read"),
    path("search/", everyday.search_page, name="search"),
    path("<slug:register>/", pages.list_page, name="list"),
    path("<slug:register>/new/", editing.create, name="create"),
    path("<slug:register>/export.xlsx", export_pages.export, {"format": "xlsx"}, name="export_xlsx"),
    path("<slug:register>/export.csv", export_pages.export, {"format": "csv"}, name="export_csv"),
    path("<slug:register>/export/<uuid:run>/", export_pages.show, name="export_run"),
    path("<slug:register>/export/<uuid:run>/file/", export_pages.fetch, name="export_file"),
    path("<slug:register>/template.xlsx", export_pages.template, {"format": "xlsx"}, name="template_xlsx"),
    path("<slug:register>/template.csv", export_pages.template, {"format": "csv"}, name="template_csv"),
    path("<slug:register>/import/", import_pages.choose, name="import"),
    path("<slug:register>/import/<uuid:run>/", import_pages.show, name="import_run"),
    path("<slug:register>/import/<uuid:run>/refused.csv", import_pages.refused_rows, name="import_refused"),
    path("<slug:register>/<str:number>/", pages.record_view, name="record"),
    path("<slug:register>/<str:number>/change/", editing.change, name="change"),
    path("<slug:register>/<str:number>/comment/", editing.add_comment, name="comment"),
    path("<slug:register>/<str:number>/history/", pages.history_view, name="history"),
    path("<slug:register>/<str:number>/files/<uuid:attachment>/", files.send, name="file"),
    path("<slug:register>/<str:number>/<slug:transition>/", editing.step, name="step"),
]
