"""What the previews show: believable records of the sample organization, in both languages."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.utils.translation import get_language

from guiju.spine.registers import markup

Context = dict[str, Any]
PAGES: dict[str, tuple[str, Callable[[], Context]]] = {}


def t(en: str, zh: str) -> str:
    """The text in the language of the preview."""
    return zh if get_language() == "zh-hans" else en


def page(name: str, template: str) -> Callable[[Callable[[], Context]], Callable[[], Context]]:
    """Registers a preview: `name` is its address and its picture's name."""

    def keep(build: Callable[[], Context]) -> Callable[[], Context]:
        PAGES[name] = (template, build)
        return build

    return keep


def people() -> dict[str, str]:
    return {
        "wei": t("Chen Wei", "陈玮"),
        "lin": t("Lin Xiaowen", "林晓雯"),
        "min": t("Zhou Min", "周敏"),
        "wu": t("Wu Siyuan", "吴思远"),
        "he": t("He Jia", "何佳"),
        "huang": t("Huang Guoliang", "黄国梁"),
    }


def menu(current: str = "") -> str:
    groups = [
        (
            "plan",
            t("Plan", "策划"),
            [
                ("4.1", t("Context and parties", "环境与相关方"), "/x/context/", 0, False),
                ("4.4", t("Processes", "过程"), "/x/processes/", 0, False),
                ("6.1", t("Risks and chances", "风险和机遇"), "/x/risks/", 2, False),
            ],
        ),
        (
            "do",
            t("Do", "实施"),
            [
                ("7.1.5", t("Instruments", "测量设备"), "/x/instruments/", 1, True),
                ("7.1.6", t("Knowledge", "组织的知识"), "/x/knowledge/", 0, False),
                ("7.2", t("Competence", "能力与培训"), "/x/competence/", 3, False),
                ("7.5", t("Documents", "文件"), "/x/documents/", 4, False),
            ],
        ),
        ("check", t("Check", "检查"), [("9.2", t("Audits", "内部审核"), "/x/audits/", 1, False)]),
        ("act", t("Act", "改进"), [("10.2", t("Nonconformities", "不合格与措施"), "/x/nonconformities/", 3, True)]),
    ]
    return markup.menu(groups, current, "/x/")


def frame(theme: str, signed_in: bool = True, current: str = "", as_of: bool = False) -> Context:
    zh = get_language() == "zh-hans"
    wei = people()["wei"]
    urls = {
        "home": "/x/",
        "my_work": "/x/my-work/",
        "documents": "/x/documents/",
        "search": "/x/search/",
        "notices": "/x/notices/",
        "account": "/account/",
        "people": "/x/people/",
        "sign_in": "/sign-in/",
        "sign_out": "/sign-out/",
    }
    shown: Context = {
        "language": "zh-hans" if zh else "en",
        "html_lang": "zh-CN" if zh else "en",
        "theme": theme,
        "other_language": "en" if zh else "zh-hans",
        "other_language_label": "English" if zh else "中文",
        "organization": None,
        "organizations": [],
        "person": None,
        "menu": "",
        "urls": urls,
        "as_of": None,
    }
    if signed_in:
        own = {"slug": "lanzhu", "name": t("Lanzhu Lighting", "岚竹照明"), "sample": True, "url": "/x/"}
        other = {"slug": "own", "name": t("Our own company", "本公司"), "sample": False, "url": "/y/"}
        shown |= {
            "organization": own,
            "organizations": [own, other],
            "menu": menu(current),
            "work_count": 2,
            "work_late": True,
            "notices_unread": 3,
            "person": {"name": wei, "initials": "玮" if zh else "CW", "username": "wei"},
        }
    if as_of:
        shown["as_of"] = {"text": t("31 October 2026, 18:00", "2026年10月31日 18:00"), "url_now": "/x/documents/"}
    return shown


def work() -> list[Context]:
    def item(tone: str, title: str, why: str, when: str, button: str, primary: bool = False) -> Context:
        return {"tone": tone, "title": title, "url": "/x/1/", "why": why, "when": when, "button": button, "primary": primary}

    late = [
        item(
            "late",
            t("Review: Final inspection of desk lamps", "评审：台灯成品检验"),
            t("WI-031, revision 5", "WI-031，第5版"),
            t("3 days late", "逾期3天"),
            t("Review", "评审"),
            True,
        ),
        item(
            "late",
            t("Confirm the review date of Ageing of lamps", "确认复审日期：灯具老化"),
            "WI-038",
            t("due 31 Oct", "10月31日到期"),
            t("Open", "打开"),
        ),
    ]
    today = [
        item(
            "due",
            t("Approve: Approval and evaluation of suppliers", "批准：供方评价与选择"),
            t("QP-12, revision 7", "QP-12，第7版"),
            "",
            t("Approve", "批准"),
        ),
        item(
            "due",
            t("Answer a comment: Reflow soldering", "答复意见：回流焊接"),
            t("WI-052, from Wu Siyuan", "WI-052，吴思远提出"),
            "",
            t("Answer", "答复"),
        ),
    ]
    soon = [
        item(
            "none", t("Review again: Control of documents", "复审：文件控制"), "QP-05", t("30 Jan", "1月30日"), t("Open", "打开")
        ),
        item(
            "none",
            t("Read: Quality policy", "阅读：质量方针"),
            t("QP-03, 2 minutes", "QP-03，约2分钟"),
            t("4 Dec", "12月4日"),
            t("Read", "阅读"),
        ),
    ]
    names = (
        ("overdue", t("Overdue", "已逾期"), late),
        ("today", t("Today", "今天"), today),
        ("soon", t("Soon", "即将到期"), soon),
    )
    return [{"name": name, "title": title, "count": len(items), "items": items, "more_url": ""} for name, title, items in names]


DOCUMENTS = [
    (
        "WI-031",
        "Final inspection of desk lamps",
        "台灯成品检验",
        "5",
        "due",
        "In review",
        "评审中",
        "Inspection",
        "检验",
        "wei",
        "2027-03-02",
    ),
    (
        "QP-12",
        "Approval and evaluation of suppliers",
        "供方评价与选择",
        "7",
        "due",
        "Approved",
        "已批准",
        "Purchasing",
        "采购",
        "he",
        "2027-12-01",
    ),
    (
        "WI-052",
        "Reflow soldering of LED boards",
        "LED板回流焊接",
        "3",
        "none",
        "Draft",
        "草稿",
        "Production",
        "生产",
        "min",
        "2027-01-08",
    ),
    ("QP-05", "Control of documents", "文件控制", "6", "none", "Draft", "草稿", "Documents", "文件", "lin", "2027-01-30"),
    ("QM-01", "Quality manual", "质量手册", "9", "done", "Effective", "现行", "Strategy", "战略", "huang", "2027-06-15"),
    ("QP-03", "Quality policy", "质量方针", "6", "done", "Effective", "现行", "Strategy", "战略", "huang", "2027-06-15"),
    (
        "WI-044",
        "Hi-pot test of chargers",
        "充电器耐压测试",
        "8",
        "done",
        "Effective",
        "现行",
        "Inspection",
        "检验",
        "lin",
        "2027-11-12",
    ),
    (
        "WI-038",
        "Ageing of lamps and chargers",
        "灯具与充电器老化",
        "2",
        "late",
        "Review overdue",
        "复审逾期",
        "Production",
        "生产",
        "min",
        "",
    ),
    (
        "SP-L2",
        "Product specification, desk lamp L2",
        "台灯L2产品规格书",
        "11",
        "done",
        "Effective",
        "现行",
        "Design",
        "设计",
        "wu",
        "2027-08-04",
    ),
    ("QP-21", "Complaints and recalls", "投诉与召回", "3", "shown", "Effective", "现行", "Service", "服务", "he", "2027-02-11"),
]


def rows(short: bool = False) -> str:
    drawn = []
    for number, en, zh, revision, tone, state_en, state_zh, process_en, process_zh, owner, review in DOCUMENTS[
        : 5 if short else None
    ]:
        cells = [
            (number, "gj-num gj-second is-first"),
            (markup.title_link("/x/documents/1/", t(en, zh)), "is-wide"),
            (revision, "gj-num gj-right is-hidden"),
            (markup.state_badge(tone, t(state_en, state_zh)), "is-state"),
        ]
        if not short:
            cells += [
                (t(process_en, process_zh), "gj-second is-hidden gj-low"),
                (people()[owner], "is-hidden"),
                (review, "gj-num gj-right is-hidden"),
            ]
        drawn.append(markup.row(cells))
    return markup.mark_safe("".join(drawn))


def headings(short: bool = False) -> list[tuple[str, str | None, str, str]]:
    all_of_them = [
        (t("Number", "编号"), "?sort=number", "ascending", ""),
        (t("Title", "名称"), "?sort=title", "", ""),
        (t("Rev.", "版次"), None, "", "gj-right"),
        (t("State", "状态"), "?sort=state", "", ""),
        (t("Process", "过程"), None, "", "gj-low"),
        (t("Owner", "负责人"), None, "", ""),
        (t("Next review", "下次复审"), "?sort=review", "", "gj-right"),
    ]
    return all_of_them[:4] if short else all_of_them


class Instrument(forms.Form):
    """A form of every kind of field, as previews of forms need it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"] = forms.CharField(label=t("Name", "名称"))
        self.fields["number"] = forms.RegexField(
            r"^EQ-\d{3}$",
            label=t("Number", "编号"),
            help_text=t("As on its label", "与标签一致"),
            error_messages={"invalid": t("Three figures after EQ-, as in EQ-029.", "EQ-后须为三位数字，如EQ-029。")},
        )
        self.fields["process"] = forms.ChoiceField(
            label=t("Used in", "使用过程"),
            choices=[("1", t("Inspection and release", "检验与放行"))],
            help_text=t("Its owner is told before the calibration lapses", "校准到期前通知其负责人"),
        )
        self.fields["kind"] = forms.ChoiceField(
            label=t("Kind", "类别"),
            widget=forms.RadioSelect,
            choices=[("a", t("Measures the product", "测量产品")), ("b", t("Watches a process", "监视过程"))],
        )
        self.fields["note"] = forms.CharField(label=t("Note", "备注"), widget=forms.Textarea(attrs={"rows": 3}), required=False)
        self.fields["file"] = forms.FileField(label=t("Calibration certificate", "校准证书"), required=False)
        self.fields["told"] = forms.BooleanField(label=t("Tell me when it lapses", "到期时通知我"), required=False)


class Reason(forms.Form):
    """What a transition asks."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"] = forms.CharField(
            label=t("Reason", "理由"), required=False, widget=forms.Textarea(attrs={"rows": 3})
        )


class Proof(forms.Form):
    """What a signature asks."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"] = forms.CharField(label=t("Your password", "您的密码"), widget=forms.PasswordInput)
        self.fields["code"] = forms.CharField(label=t("Code of your authenticator app", "身份验证器代码"))


def eyebrow() -> list[tuple[str, str]]:
    return [(t("Documents", "文件"), "/x/documents/"), (t("Work instruction WI-031", "作业指导书 WI-031"), "")]


def history_entries() -> list[Context]:
    return [
        {
            "when": t("20 Nov, 10:12", "11月20日 10:12"),
            "values": [],
            "reason": "",
            "sentence": t(
                "Wu Siyuan asked in step 4 whether 10 % is also the lowest level of the L3.",
                "吴思远就第4步提问：10%是否也是L3的最低档？",
            ),
        },
        {
            "when": t("18 Nov, 16:05", "11月18日 16:05"),
            "reason": t("New limit for flicker", "频闪限值更新"),
            "sentence": t(
                "Lin Xiaowen sent revision 5 to Zhou Min and Wu Siyuan for review.", "林晓雯将第5版提交周敏、吴思远评审。"
            ),
            "values": [
                (t("State", "状态"), t("Draft", "草稿"), t("In review", "评审中")),
                (t("Reviewer", "评审人"), "", people()["min"]),
            ],
        },
    ]
