"""The pages of the preview: each a template and the context a view would give it."""
# ruff: noqa: E501  sample texts stand in two languages side by side

from django import forms

from guiju.spine.registers import markup
from tests.interface.preview_data import (
    Context,
    Instrument,
    Proof,
    Reason,
    eyebrow,
    headings,
    history_entries,
    page,
    people,
    rows,
    t,
    work,
)


@page("sign-in", "sign_in.html")
def sign_in() -> Context:
    roles = [
        (
            "wei",
            "wei",
            "CW",
            "玮",
            "Quality manager",
            "质量经理",
            "What is overdue, what will lapse, what has no evidence",
            "哪些逾期、哪些将到期、哪些没有证据",
        ),
        (
            "tang",
            "lin",
            "TL",
            "雯",
            "Inspector",
            "检验员",
            "Read, confirm, report a problem from the phone",
            "用手机阅读、确认、报告问题",
        ),
        (
            "min",
            "min",
            "ZM",
            "敏",
            "Process owner, production",
            "过程负责人（生产）",
            "One process on one page",
            "一页看清一个过程",
        ),
        (
            "liang",
            "wu",
            "LQ",
            "琦",
            "Internal auditor",
            "内审员",
            "Plan, checklist, findings, report",
            "计划、检查表、发现、报告",
        ),
    ]
    shown = [
        {"username": user, "name": people()[who], "initials": t(en, zh), "role": t(role_en, role_zh), "does": t(does_en, does_zh)}
        for user, who, en, zh, role_en, role_zh, does_en, does_zh in roles
    ]
    return {"demo_people": shown, "reset_url": "/reset/", "signed_out": True}


@page("sign-in-refused", "sign_in.html")
def sign_in_refused() -> Context:
    class Login(forms.Form):
        login = forms.CharField()
        password = forms.CharField(widget=forms.PasswordInput)

        def clean(self) -> None:
            raise forms.ValidationError(
                t(
                    "User name and password do not fit together. After five tries there is a pause.",
                    "用户名与密码不符。连续五次后须稍等。",
                )
            )

    return {"form": Login({"login": "wei", "password": "x"}), "reset_url": "/reset/", "signed_out": True}


@page("home", "home.html")
def home() -> Context:
    def node(en: str, zh: str, tone: str = "done", word: str = "") -> Context:
        return {"name": t(en, zh), "url": "/x/processes/1/", "tone": tone, "word": word or t("In order", "正常")}

    bands = [
        {
            "name": t("Steering", "管理"),
            "flow": False,
            "nodes": [
                node("Strategy and review", "战略与评审", "due", t("Review on 4 Dec", "12月4日评审")),
                node("Risks and changes", "风险与变更"),
            ],
        },
        {
            "name": "",
            "flow": True,
            "nodes": [
                node("Sales and orders", "销售与订单"),
                node("Design", "设计"),
                node("Purchasing", "采购", "due", t("1 document due", "1份文件将到期")),
                node("Production", "生产"),
                node("Inspection and release", "检验与放行", "late", t("2 overdue", "2项逾期")),
                node("Shipping and service", "发运与服务"),
            ],
        },
        {
            "name": t("Support", "支持"),
            "flow": False,
            "nodes": [
                node("People", "人员"),
                node("Instruments", "测量设备", "none", t("Nothing yet", "尚无记录")),
                node("Documents", "文件"),
            ],
        },
    ]
    documents = {
        "title": t("Documents being changed", "正在变更的文件"),
        "url": "/x/documents/",
        "rows_html": rows(short=True),
        "headings": [(label, css) for label, _, _, css in headings(short=True)],
        "note": "",
    }
    return {
        "date_text": t("Monday, 23 November 2026", "2026年11月23日 星期一"),
        "greeting": t("Good morning, Chen Wei", "早上好，陈玮"),
        "groups": work(),
        "bands": bands,
        "documents": documents,
        "done_text": t("11 done this week.", "本周完成11项。"),
        "done_url": "/x/done/",
        "current": "/x/",
    }


@page("home-first-day", "home.html")
def home_first_day() -> Context:
    return {
        "date_text": t("Monday, 23 November 2026", "2026年11月23日 星期一"),
        "greeting": t("Good morning, Chen Wei", "早上好，陈玮"),
        "groups": [],
        "bands": [],
        "map_url": "/x/processes/new/",
        "current": "/x/",
    }


@page("my-work", "my_work.html")
def my_work() -> Context:
    return {
        "date_text": t("Monday, 23 November", "11月23日 星期一"),
        "groups": work(),
        "done_text": t("11 done this week.", "本周完成11项。"),
        "done_url": "/x/done/",
        "here": "my_work",
    }


def _register() -> Context:
    states = [
        (t("All", "全部"), "?", False),
        (t("Effective", "现行"), "?state=effective", True),
        (t("Draft", "草稿"), "?state=draft", False),
    ]
    return {
        "register": {
            "title": t("Documents", "文件"),
            "clause": "7.5",
            "phase_title": t("Do", "实施"),
            "purpose": "",
            "key": "documents",
            "new_label": t("New document", "新建文件"),
        },
        "views": [
            (t("Current", "现行"), "?", 90, True),
            (t("Being changed", "变更中"), "?v=2", 4, False),
            (t("Wait for me", "待我处理"), "?v=3", 2, False),
        ],
        "filters_html": markup.filter_menu(t("State", "状态"), t("effective", "现行"), states)
        + markup.filter_menu(t("Process", "过程"), "", states)
        + markup.filter_menu(t("Owner", "负责人"), "", states),
        "headings": headings(),
        "rows_html": rows(),
        "count_text": t("1 to 10 of 90", "第1至10条，共90条"),
        "next_url": "?after=x",
        "previous_url": "",
        "can_create": True,
        "create_url": "/x/documents/new/",
        "import_url": "/x/documents/import/",
        "clear_url": "?",
        "export_urls": [("Excel (xlsx)", "?x"), ("CSV", "?c")],
        "current": "/x/documents/",
        "here": "documents",
    }


page("documents", "registers/list.html")(_register)


@page("documents-past", "registers/list.html")
def documents_past() -> Context:
    return _register() | {"as_of": True, "can_create": False, "import_url": "", "said": "success"}


@page("none-found", "registers/list.html")
def none_found() -> Context:
    return _register() | {"none_found": True, "q": "torque"}


@page("empty", "registers/list.html")
def empty() -> Context:
    return {
        "register": {
            "title": t("Knowledge", "组织的知识"),
            "clause": "7.1.6",
            "phase_title": t("Do", "实施"),
            "key": "knowledge",
            "purpose": t(
                "Keep here what would leave with the person: the oven setting that works in August, the supplier who needs drawings in "
                "millimetres, the reason a design was dropped.",
                "把只在人脑子里的东西写在这里：八月里管用的炉温、需要毫米图纸的供方、某个设计为何放弃。",
            ),
            "empty_title": t("Nothing written down yet of what only heads know", "只在人脑子里的知识，还没有写下来"),
            "new_label": t("Write down the first lesson", "写下第一条经验"),
        },
        "empty": True,
        "can_create": True,
        "create_url": "/n/",
        "import_url": "/i/",
        "offers": [],
        "current": "/x/knowledge/",
    }


def doors_of_document() -> list[Context]:
    """One that is shut, one with a word of explanation, one that is the next step."""
    return [
        {
            "name": "approve",
            "label": t("Approve", "批准"),
            "open": False,
            "explanation": "",
            "url": "",
            "primary": False,
            "icon": "check",
            "missing": [
                {
                    "text": t("Zhou Min has not reviewed it yet (asked 18 Nov)", "周敏尚未评审（11月18日已请）"),
                    "url": "#",
                    "link_label": t("Remind", "提醒"),
                },
                {
                    "text": t("A comment on step 4 has no answer", "对第4步的意见尚未答复"),
                    "url": "#comments",
                    "link_label": t("Answer", "答复"),
                },
            ],
        },
        {
            "name": "back",
            "label": t("Return to draft", "退回起草"),
            "open": True,
            "url": "/r/",
            "icon": "arrow-back-up",
            "missing": [],
            "primary": False,
            "explanation": t(
                "Lin Xiaowen gets it back with your reason. The review done so far is kept.",
                "附上理由退给林晓雯，已完成的评审保留。",
            ),
        },
        {
            "name": "review",
            "label": t("Confirm the review", "确认评审"),
            "open": True,
            "url": "/r/",
            "icon": "writing-sign",
            "missing": [],
            "primary": True,
            "explanation": t("You sign that the content is right for your process.", "您签署确认内容适合本过程。"),
        },
    ]


@page("document", "registers/detail.html")
def document() -> Context:
    who = people()
    seals = markup.mark_safe(
        '<div class="gj-seals">'
        + markup.seal("林晓雯印", who["lin"], t("Prepared", "编制"), t("16 Nov 2026, 17:21", "2026年11月16日 17:21"))
        + markup.seal("陈玮之印", who["wei"], t("Approved", "批准"), t("24 Nov 2026, 09:02", "2026年11月24日 09:02"), solid=True)
        + markup.seal("MK", "Martin Keller", t("Audited", "审核"), t("25 Nov 2026, 16:40", "2026年11月25日 16:40"))
        + markup.seal_missing(who["min"], t("Review for production", "评审（生产）"), t("waits since 18 Nov", "11月18日起待办"))
        + "</div>"
    )
    comment = forms.Form()
    comment.fields["text"] = forms.CharField(label=t("Your comment", "您的意见"), widget=forms.Textarea(attrs={"rows": 3}))
    return {
        "record": {"number": "WI-031", "title": t("Final inspection of desk lamps", "台灯成品检验"), "version": 7},
        "eyebrow": eyebrow(),
        "actions": [(t("Change", "修改"), "/e/", "pencil"), (t("Print", "打印"), "/p/", "printer")],
        "steps": [
            (t("Draft", "起草"), t("Lin Xiaowen, 16 Nov", "林晓雯，11月16日"), "past"),
            (t("In review", "评审中"), t("since 18 Nov", "11月18日起"), "now"),
            (t("Approved", "已批准"), t("Chen Wei signs", "由陈玮签署"), "coming"),
            (t("Effective", "现行"), "", "coming"),
            (t("Superseded", "被替代"), "", "coming"),
        ],
        "doors": doors_of_document(),
        "left": [markup.section(t("Signatures", "签署"), seals, "/v/", t("Verify them", "核验签署"))],
        "facts": [
            (t("Owner", "负责人"), who["wei"]),
            (t("Process", "过程"), markup.link("/p/", t("Inspection and release", "检验与放行"))),
            (t("Next review", "下次复审"), t("2 Mar 2027", "2027年3月2日")),
            (t("Retention", "保存期限"), ""),
        ],
        "right": [
            (t("Requirements it stands for", "对应的标准要求"), markup.tags([("7.5.3", "/c/"), ("8.6", "/c/"), ("9.1.1", "")]))
        ],
        "comments": [
            {
                "name": who["wu"],
                "initials": t("WS", "远"),
                "when": t("20 Nov, 10:12", "11月20日 10:12"),
                "text": t("Is 10 % also the lowest level of the L3?", "10%是否也是L3的最低档？"),
            }
        ],
        "comment_form": comment,
        "comment_url": "/c/",
        "history": history_entries(),
        "history_url": "/h/",
        "history_count": 31,
        "trail_text": t(
            "The trail of this record is complete; last checked today, 03:00.", "本记录的历史链完整；上次核查：今日03:00。"
        ),
        "current": "/x/documents/",
    }


@page("form-error", "registers/form.html")
def form_error() -> Context:
    form = Instrument({"name": t("Digital torque screwdriver", "数显扭矩螺丝刀"), "number": "18", "process": "1"})
    form.fields["file"].kept = {"text": "torque-2026-1183.pdf, 412 kB", "value": "abc"}  # type: ignore[attr-defined]
    return {
        "title": t("New instrument", "新建测量设备"),
        "eyebrow": [(t("Instruments", "测量设备"), "/i/")],
        "form": form,
        "token": "t",
        "version": None,
        "cancel_url": "/i/",
        "current": "/x/instruments/",
    }


@page("perform", "registers/perform.html")
def perform() -> Context:
    signs = [
        (t("Document", "文件"), "WI-031, 5"),
        (t("File", "文档"), "WI-031 r5.docx, 84 kB"),
        (t("Written by", "编制"), people()["lin"]),
        (t("Takes effect on", "生效日期"), t("1 Dec 2026", "2026年12月1日")),
    ]
    meaning = t(
        "I approve revision 5 of WI-031 and release it for use from 1 December 2026.",
        "本人批准WI-031第5版，自2026年12月1日起实施。",
    )
    return {
        "title": t("Approve", "批准"),
        "record": {"number": "WI-031", "title": "", "url": "/d/"},
        "eyebrow": eyebrow(),
        "form": Reason(),
        "version": 7,
        "token": "t",
        "explanation": t(
            "With your signature the revision is fixed. Revision 4 stays in force until the day it takes effect.",
            "签署后本版内容固定。生效之日前第4版继续有效。",
        ),
        "signature": {"meaning": meaning, "signs": signs, "digest": "sha256 3f9a 71c0 … e2b4", "form": Proof()},
        "submit_label": t("Sign and approve", "签署并批准"),
        "current": "/x/documents/",
    }
