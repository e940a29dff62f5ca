"""Addresses below an organization. Each is only read, or a form too; other methods are answered with 405."""

from django.urls import path
from django.views.decorators.http import require_safe

from guiju.spine.registers import editing, everyday, export_pages, files, going, import_pages, pages, print_pages, saved_pages
from guiju.spine.registers.editor import pages as editor
from guiju.spine.registers.form_page import get_or_post
from guiju.spine.registers.lines import pages as lines

app_name = "registers"
read = require_safe
urlpatterns = [
    path("", read(everyday.home), name="home"),
    path("work/", read(everyday.my_work), name="work"),
    path("notices/", read(everyday.notice_list), name="notices"),
    path("notices/read/", everyday.notices_read, name="notices_read"),
    path("search/", read(everyday.search_page), name="search"),
    path("go/", read(going.answers), name="go"),
    path("editor/preview/", editor.preview, name="preview"),
    path("editor/pictures/", editor.add_picture, name="add_picture"),
    path("editor/pictures/<uuid:attachment>/", editor.waiting_picture, name="waiting_picture"),
    path("editor/records/", editor.to_refer_to, name="to_refer_to"),
    path("<slug:register>/", read(pages.list_page), name="list"),
    path("<slug:register>/new/", get_or_post(editing.create), name="create"),
    path("<slug:register>/views/", get_or_post(saved_pages.keep), name="views"),
    path("<slug:register>/views/<uuid:view>/", get_or_post(saved_pages.rename), name="view"),
    path("<slug:register>/views/<uuid:view>/remove/", get_or_post(saved_pages.remove), name="view_remove"),
    path("<slug:register>/export.xlsx", read(export_pages.export), {"format": "xlsx"}, name="export_xlsx"),
    path("<slug:register>/export.csv", read(export_pages.export), {"format": "csv"}, name="export_csv"),
    path("<slug:register>/export/<uuid:run>/", read(export_pages.show), name="export_run"),
    path("<slug:register>/export/<uuid:run>/file/", read(export_pages.fetch), name="export_file"),
    path("<slug:register>/template.xlsx", read(export_pages.template), {"format": "xlsx"}, name="template_xlsx"),
    path("<slug:register>/template.csv", read(export_pages.template), {"format": "csv"}, name="template_csv"),
    path("<slug:register>/import/", get_or_post(import_pages.choose), name="import"),
    path("<slug:register>/import/<uuid:run>/", get_or_post(import_pages.show), name="import_run"),
    path("<slug:register>/import/<uuid:run>/refused.csv", read(import_pages.refused_rows), name="import_refused"),
    path("<slug:register>/<str:number>/", read(pages.record_view), name="record"),
    path("<slug:register>/<str:number>/change/", get_or_post(editing.change), name="change"),
    path("<slug:register>/<str:number>/comment/", get_or_post(editing.add_comment), name="comment"),
    path("<slug:register>/<str:number>/history/", read(pages.history_view), name="history"),
    path("<slug:register>/<str:number>/files/<uuid:attachment>/", read(files.send), name="file"),
    path("<slug:register>/<str:number>/files/<uuid:attachment>/page/<int:page>/", read(files.page), name="file_page"),
    path("<slug:register>/<str:number>/print/", read(print_pages.choose), name="print"),
    path("<slug:register>/<str:number>/print/<slug:part>.pdf", get_or_post(print_pages.make), name="print_part"),
    path("<slug:register>/<str:number>/print/<uuid:run>/", read(print_pages.show), name="print_run"),
    path("<slug:register>/<str:number>/print/<uuid:run>/file/", read(print_pages.fetch), name="print_file"),
    path("<slug:register>/<str:number>/lines/<slug:key>/new/", lines.add, name="add_line"),
    path("<slug:register>/<str:number>/lines/<slug:key>/<uuid:line>/", lines.change, name="change_line"),
    path("<slug:register>/<str:number>/lines/<slug:key>/<uuid:line>/end/", lines.end, name="end_line"),
    path("<slug:register>/<str:number>/<slug:transition>/", get_or_post(editing.step), name="step"),
]
