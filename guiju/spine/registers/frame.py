"""What the frame around every page shows: menu, counts, who and where."""

from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from guiju.spine.acts import Act, current_or_none
from guiju.spine.acts.hooks import frame_parts, menu_parts
from guiju.spine.notices.services import unread
from guiju.spine.registers import values
from guiju.spine.registers.declaration import PHASES, registers
from guiju.spine.registers.markup import menu
from guiju.spine.tasks.services import waiting
from guiju.spine.trail import keys


def phase_title(phase: str) -> str:
    return {"plan": pgettext("phase", "Plan"), "do": _("Do"), "check": _("Check"), "act": _("Act")}[phase]


class Frame(dict[str, Any]):
    """What the frame shows, made when a template first asks for any of it: a part of a page has no frame."""

    def __init__(self, request: HttpRequest) -> None:
        super().__init__()
        self.request: HttpRequest | None = request

    def __missing__(self, name: str) -> Any:
        if self.request is None:
            raise KeyError(name)
        request, self.request = self.request, None
        self.update(_frame(request))
        return self[name]


def frame(request: HttpRequest) -> dict[str, Any]:
    """The context processor: `frame`."""
    return {"frame": Frame(request)}


def _frame(request: HttpRequest) -> dict[str, Any]:
    language = getattr(request, "LANGUAGE_CODE", "en")
    chinese = language == "zh-hans"
    made: dict[str, Any] = {
        "language": language,
        "html_lang": "zh-CN" if chinese else "en",
        "other_language": "en" if chinese else "zh-hans",
        "other_language_label": "English" if chinese else "中文",
        "theme": "",
        "demo": settings.DEMO,
        "fingerprint": keys.fingerprint(),
        "urls": {"home": "/", "sign_in": "/account/login/"},
    }
    for part in frame_parts:
        made |= part(request)
    acting = current_or_none()
    if acting is not None and acting.organization is not None and acting.actor.id is not None:
        made |= _within(request, acting)
    return made


def _within(request: HttpRequest, acting: Act) -> dict[str, Any]:
    base = f"/{acting.organization.slug}/"
    tasks = waiting() if acting.as_of is None else {}
    today = acting.today()
    late = {kind for kind, (_n, first) in tasks.items() if first is not None and first < today}
    path = request.path
    return {
        "menu": _menu(base, path, acting, {kind: n for kind, (n, _first) in tasks.items()}, late),
        "work_count": sum(n for n, _first in tasks.values()),
        "work_late": bool(late),
        "notices_unread": unread(acting.actor.id),  # type: ignore[arg-type]
        "as_of": _as_of(request, acting),
        "query": request.GET.get("q", "") if path == f"{base}search/" else "",
        "here": {f"{base}work/": "my_work", f"{base}search/": "search"}.get(path, "documents" if "/documents/" in path else ""),
        "urls": {
            "home": base,
            "my_work": f"{base}work/",
            "documents": f"{base}documents/",
            "search": f"{base}search/",
            "go": f"{base}go/",
            "notices": f"{base}notices/",
            "people": f"{base}people/" if acting.actor.may("people.view") else "",
            "health": f"{base}health/" if acting.actor.may("organization.change") else "",
            "account": "/account/",
            "sign_in": "/account/login/",
            "sign_out": "/account/logout/",
        },
    }


def _menu(base: str, path: str, acting: Act, waiting: dict[str, int], late: set[str]) -> SafeString:
    groups: dict[str, list[tuple[str, str, str, int, bool]]] = {phase: [] for phase in PHASES}
    current = path
    for register in registers():
        if not acting.actor.may(f"{register.key}.view"):
            continue
        url = f"{base}{register.key}/{register.front}"
        if path.startswith(f"{base}{register.key}/"):
            current = url
        entry = (register.clause, str(register.label), url, waiting.get(register.kind, 0), register.kind in late)
        groups[register.phase].append(entry)
    for phase, clause, label, url in filter(None, (part() for part in menu_parts)):
        groups[phase].append((clause, str(label), url, 0, False))
        current = url if path.startswith(url) else current
    return menu([(phase, phase_title(phase), entries) for phase, entries in groups.items() if entries], current, base)


def _as_of(request: HttpRequest, acting: Act) -> dict[str, str] | None:
    if acting.as_of is None:
        return None
    rest = urlencode([(name, value) for name, value in request.GET.items() if name not in ("as_of", "after")])
    return {"text": values.when(acting.as_of), "url_now": f"{request.path}?{rest}" if rest else request.path}
