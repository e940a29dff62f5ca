"""More pages of the preview: account, people, refusals, and those of django-allauth."""
# ruff: noqa: E501  sample texts stand in two languages side by side

from django import forms

from tests.interface.preview_data import Context, Proof, Reason, history_entries, page, people, t


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
    letters = forms.Form()
    letters.fields["daily"] = forms.ChoiceField(
        label=t("What is new and what is due", "新通知与到期事项"), choices=[("daily", t("one letter a day", "每天一封邮件"))]
    )
    letters.fields["at_once"] = forms.BooleanField(label=t("What is urgent at once", "紧急事项立即发送"), required=False)
    refused = "550 5.1.1 <wei@lanzhu.example>: Recipient address rejected: User unknown"
    yes, no = t("On", "已启用"), t("Change", "更改")
    return {
        "profile_form": profile,
        "profile_url": "/p/",
        "letters": {"text": "", "form": letters, "url": "/l/", "refused": {"text": refused, "url": "/l/"}},
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
        "history": history_entries(),
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
    laptop = {"name": t("Laptop", "笔记本"), "added": "22 Nov 2026, 9:12", "used": "", "remove_url": "/"}
    return {"authenticators": {"totp": True, "recovery_codes": True}, "passkeys": [laptop], "passkeys_possible": True}


@page("password-change", "account/password_change.html")
def password_change() -> Context:
    return {"form": Proof()}
