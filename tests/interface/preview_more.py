"""More pages of the preview: imports, search, notices, account, people, refusals, and those of django-allauth."""
# ruff: noqa: E501  sample texts stand in two languages side by side

from django import forms

from guiju.spine.registers import markup
from tests.interface.preview_data import Context, Proof, Reason, page, people, t
from tests.interface.preview_pages import _eyebrow, _history

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
        "eyebrow": _eyebrow(),
        "history": _history() * 4,
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


@page("account", "account/home.html")
def account() -> Context:
    profile, token = forms.Form(), forms.Form()
    profile.fields["name"] = forms.CharField(label=t("Name", "姓名"), initial=people()["wei"])
    profile.fields["language"] = forms.ChoiceField(
        label=t("Language", "语言"), choices=[("en", "English"), ("zh-hans", "简体中文")]
    )
    token.fields["name"] = forms.CharField(label=t("What it is for", "用途"))
    token.fields["scope"] = forms.ChoiceField(
        label=t("May", "权限"), choices=[("read", t("read", "读取")), ("write", t("read and write", "读写"))]
    )
    yes, no = t("On", "已启用"), t("Change", "更改")
    return {
        "profile_form": profile,
        "profile_url": "/p/",
        "token_form": token,
        "token_url": "/t/",
        "new_token": "guiju_9f2c71d0a4e84b0c8d1f",
        "security": [
            (t("Password", "密码"), t("changed 3 Oct 2026", "2026年10月3日更改"), "/p/", no, ""),
            (t("Second factor", "双重验证"), yes, "/m/", no, "done"),
        ],
        "sessions": [
            {
                "device": "Firefox, Linux",
                "network": "10.2.0.14",
                "since": "08:02",
                "last_seen": "11:40",
                "current": True,
                "end_url": "",
            },
            {
                "device": "Chrome, Android",
                "network": "10.2.1.88",
                "since": "07:31",
                "last_seen": "07:55",
                "current": False,
                "end_url": "/e/",
            },
        ],
        "end_others_url": "/e/",
        "tokens": [
            {
                "name": "ERP",
                "scope": t("read", "读取"),
                "expires": "2027-01-31",
                "last_used": "",
                "end_url": "/w/",
                "tone": "done",
                "word": "",
            }
        ],
    }


@page("people", "people/list.html")
def people_list() -> Context:
    roles = [t("Quality manager", "质量经理"), t("Process owner", "过程负责人")]
    rows = [
        {
            "name": name,
            "initials": name[-1] if get_zh(name) else name[0],
            "username": user,
            "roles": roles if user == "wei" else roles[1:],
            "tone": "done",
            "word": t("Active", "在职"),
            "department": t("Quality", "质量部"),
            "url": "/p/",
            "note": "",
        }
        for user, name in people().items()
    ]
    rows.append(
        {
            "name": "Martin Keller",
            "initials": "MK",
            "username": "mkeller",
            "roles": [t("Guest", "访客")],
            "tone": "none",
            "word": t("Invited", "已邀请"),
            "department": "",
            "url": "/p/",
            "note": t("until 30 Nov 2026", "至2026年11月30日"),
        }
    )
    return {
        "people": rows,
        "invite_url": "/i/",
        "count_text": t("7 people", "共7人"),
        "views": [(t("Active", "在职"), "?", 60, True), (t("Left", "已离职"), "?l", 3, False)],
    }


def get_zh(name: str) -> bool:
    return ord(name[0]) > 0x3000


@page("person", "people/detail.html")
def person() -> Context:
    form = forms.Form()
    form.fields["roles"] = forms.MultipleChoiceField(
        label=t("Roles", "角色"),
        widget=forms.CheckboxSelectMultiple,
        help_text=t("A change works at once", "更改立即生效"),
        choices=[("c", t("Contributor", "参与者")), ("o", t("Process owner", "过程负责人")), ("a", t("Auditor", "审核员"))],
    )
    return {
        "person": {
            "name": "Martin Keller",
            "initials": "MK",
            "username": "mkeller",
            "email": "",
            "tone": "none",
            "word": t("Invited", "已邀请"),
        },
        "list_url": "/l/",
        "role_form": form,
        "role_url": "/r/",
        "deputies": [{"text": t("Zhou Min stands in from 1 to 14 Dec", "周敏于12月1日至14日代理"), "end_url": "/e/"}],
        "facts": [(t("Department", "部门"), ""), (t("Guest until", "访客至"), "2026-11-30")],
        "owns": [(t("Documents", "文件"), 4, "/x/")],
        "deactivate_url": "/d/",
        "invitation": {
            "text": t(
                "Print the code and hand it over. It works once, until 30 November.",
                "请打印并交给本人。仅可使用一次，11月30日前有效。",
            ),
            "code": "KTQ4-93MD-7XPA",
            "resend_url": "/n/",
        },
        "history": _history(),
        "history_url": "/h/",
    }


@page("deactivate", "people/deactivate.html")
def deactivate() -> Context:
    options = [("min", people()["min"], True), ("he", people()["he"], False)]
    return {
        "person": {"name": people()["lin"], "url": "/p/"},
        "list_url": "/l/",
        "form": Reason(),
        "version": 3,
        "token": "t",
        "owns": [
            {
                "label": t("4 documents", "4份文件"),
                "text": "WI-031, WI-044, QP-05, QP-09",
                "url": "/d/",
                "name": "owner_documents",
                "options": options,
            },
            {
                "label": t("2 open tasks", "2项未完成任务"),
                "text": t("review of WI-052, comment on QP-12", "评审WI-052、答复QP-12"),
                "url": "",
                "name": "owner_tasks",
                "options": options,
            },
        ],
        "signature": {
            "meaning": t("I hand over what Lin Xiaowen answers for, as listed.", "本人按上表移交林晓雯负责的事项。"),
            "signs": [],
            "digest": "",
            "form": Proof(),
        },
    }


@page("accept", "people/accept.html")
def accept() -> Context:
    form = forms.Form({})
    form.fields["code"] = forms.CharField(label=t("Code", "代码"))
    form.fields["password"] = forms.CharField(
        label=t("Password", "密码"), widget=forms.PasswordInput, help_text=t("At least twelve characters", "至少十二个字符")
    )
    return {
        "form": form,
        "organization_name": t("Lanzhu Lighting", "岚竹照明"),
        "person_name": people()["min"],
        "signed_out": True,
    }


@page("refused", "refused.html")
def refused() -> Context:
    return {
        "status": 409,
        "title": t("Revision 5 was not approved", "第5版未获批准"),
        "back_url": "/d/",
        "back_label": t("Back to WI-031", "返回WI-031"),
        "why": t(
            "You wrote it yourself; an approval by the author would not be one.", "编制人是您本人，作者不能批准自己的文件。"
        ),
        "possible": t("Huang Guoliang and He Jia may approve it.", "黄国梁、何佳可以批准。"),
        "missing": [],
    }


@page("not-found", "404.html")
def not_found() -> Context:
    return {}


@page("not-found-outside", "404.html")
def not_found_outside() -> Context:
    return {"signed_out": True}


@page("broken", "500.html")
def broken() -> Context:
    return {"signed_out": True}


@page("second-factor", "mfa/authenticate.html")
def second_factor() -> Context:
    form = forms.Form()
    form.fields["code"] = forms.CharField(label=t("Code", "代码"))
    return {"form": form, "signed_out": True}


@page("totp", "mfa/totp/activate_form.html")
def totp() -> Context:
    form = forms.Form()
    form.fields["code"] = forms.CharField(label=t("Code", "代码"))
    form.secret = "JBSWY3DPEHPK3PXP"  # type: ignore[attr-defined]
    return {
        "form": form,
        "totp_svg_data_uri": "data:image/svg+xml;utf8,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9'%3E%3Cpath d='M1 1h3v3H1zM5 5h3v3H5z'/%3E%3C/svg%3E",
    }


@page("recovery-codes", "mfa/recovery_codes/index.html")
def recovery_codes() -> Context:
    return {"unused_codes": [f"4f8a-{n}1c9" for n in range(10)], "total_count": 10, "can_view_codes": True}


@page("mfa", "mfa/index.html")
def mfa() -> Context:
    return {"authenticators": {"totp": True, "recovery_codes": True}}


@page("password-change", "account/password_change.html")
def password_change() -> Context:
    return {"form": Proof()}
