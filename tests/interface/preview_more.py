"""More pages of the preview: imports, history, search, notices."""

from django import forms

from guiju.spine.registers import markup
from tests.interface.preview_data import Context, eyebrow, history_entries, page, t

_EYE = [("Documents", "/x/documents/")]


def _refused() -> list[Context]:
    return [
        {
            "line": 14,
            "column": t("Next review", "下次复审"),
            "value": "31.02.2027",
            "reason": t("There is no such day.", "没有这一天。"),
        },
        {
            "line": 22,
            "column": t("Owner", "负责人"),
            "value": "",
            "reason": t("An owner is needed; nobody is named.", "须有负责人，此处为空。"),
        },
        {
            "line": 31,
            "column": t("Number", "编号"),
            "value": "QP-05",
            "reason": t("Already used for “Control of documents”.", "已用于《文件控制》。"),
        },
    ]


@page("import", "registers/import.html")
def choose_file() -> Context:
    form = forms.Form()
    form.fields["file"] = forms.FileField(label=t("File", "文件"), help_text=t("At most 20 MB", "不超过20 MB"))
    return {
        "register": {"title": t("Documents", "文件"), "key": "documents"},
        "eyebrow": _EYE,
        "form": form,
        "token": "t",
        "cancel_url": "/x/",
        "template_urls": [(t("Empty sheet", "空白表格"), "/t/")],
        "columns": [
            (t("Number", "编号"), t("Kept as it is; left empty, the next one is taken", "原样保留；留空则取下一个"), False),
            (t("Title", "名称"), "", True),
        ],
    }


@page("import-preview", "registers/import_preview.html")
def preview() -> Context:
    options = [("", t("leave out", "不导入"), False), ("title", t("Title", "名称"), True)]
    return {
        "register": {"title": t("Documents", "文件")},
        "eyebrow": _EYE,
        "file": {"name": "documents-2026.xlsx", "text": t("38 kB, 42 rows", "38 kB，42行")},
        "counts": [(t("new", "新增"), 36), (t("changed", "更改"), 3), (t("do not fit", "不符合"), 3)],
        "refused": _refused(),
        "refused_count": 3,
        "refused_url": "/r/",
        "columns": [
            {"heading": "Doc title", "sample": "Final inspection of desk lamps", "name": "c1", "options": options},
            {"heading": "Dept.", "sample": "QA", "name": "c2", "options": options},
        ],
        "first_headings": [t("Number", "编号"), t("Title", "名称")],
        "first_rows": [["WI-031", "Final inspection"], ["QP-12", "Approval of suppliers"]],
        "choices": [
            (
                "all",
                t("All or nothing", "全部或全不"),
                t("Nothing is written until every row fits.", "每一行都符合才写入。"),
                True,
            ),
            (
                "good",
                t("Good rows only", "只导入符合的行"),
                t("The three come back as a file with their reasons.", "其余三行附原因退回为文件。"),
                False,
            ),
        ],
        "can_run": True,
        "token": "t",
        "cancel_url": "/x/",
    }


@page("import-run", "registers/import_run.html")
def run() -> Context:
    return {
        "register": {"title": t("Documents", "文件")},
        "eyebrow": _EYE,
        "refresh_url": "/x/run/",
        "refused": _refused()[:1],
        "refused_url": "",
        "run": {
            "state": "running",
            "percent": 62,
            "text": t("24 of 39 rows", "39行中的第24行"),
            "message": "",
            "counts": [(t("created", "新建"), 22), (t("changed", "更改"), 2)],
        },
        "list_url": "/x/documents/",
    }


@page("history", "registers/history.html")
def history() -> Context:
    return {
        "record": {"number": "WI-031", "title": t("Final inspection of desk lamps", "台灯成品检验")},
        "eyebrow": eyebrow(),
        "history": history_entries() * 4,
        "count_text": t("31 entries", "共31条"),
        "next_url": "?2",
        "trail_text": t("The trail is complete.", "历史链完整。"),
    }


@page("search", "search.html")
def search() -> Context:
    excerpt = markup.marked(
        [
            (t("Measure ", "分别在第5档和第1档测"), False),
            (t("flicker", "频闪"), True),
            (
                t(" at level 5 and again at level 1. The short-term value must not exceed 1.0.", "，短期闪变值均不得大于1.0。"),
                False,
            ),
        ]
    )
    hits = [
        {
            "url": "/d/",
            "number": "WI-031",
            "title": t("Final inspection of desk lamps", "台灯成品检验"),
            "excerpt": excerpt,
            "state": markup.state_badge("due", t("In review", "评审中")),
            "where": t("in the file WI-031 r5.docx", "见文件 WI-031 r5.docx"),
        },
        {
            "url": "/d/",
            "number": "SP-L2",
            "title": t("Product specification, desk lamp L2", "台灯L2产品规格书"),
            "excerpt": excerpt,
            "state": markup.state_badge("done", t("Effective", "现行")),
            "where": "",
        },
    ]
    return {
        "q": t("flicker", "频闪"),
        "total_text": t("2 found, 40 ms", "找到2条"),
        "filters": [(t("Everywhere", "全部"), "?", 2, True), (t("Documents", "文件"), "?d", 2, False)],
        "groups": [{"title": t("Documents", "文件"), "url": "/x/", "count": 2, "more_url": "", "hits": hits}],
        "here": "search",
    }


@page("search-nothing", "search.html")
def search_nothing() -> Context:
    return {"q": t("giraffe", "长颈鹿"), "groups": [], "here": "search"}


@page("notices", "notices.html")
def notices() -> Context:
    text = t("Lin Xiaowen asks you to review WI-031, revision 5.", "林晓雯请您评审WI-031第5版。")
    return {
        "notices": [
            {"text": text, "url": "/d/", "when": t("today, 09:40", "今天 09:40"), "unread": True},
            {
                "text": t("QP-12, revision 7 is approved.", "QP-12第7版已批准。"),
                "url": "/d/",
                "when": t("19 Nov", "11月19日"),
                "unread": False,
            },
        ],
        "read_url": "/read/",
        "next_url": "?n",
    }
