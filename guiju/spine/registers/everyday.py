"""Home, my work, notices, search: the pages of every day."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from guiju.lib.dates import show_weekday
from guiju.lib.words import snippet
from guiju.spine.acts import Refused, current
from guiju.spine.acts.hooks import beside_parts, found_parts, home_parts
from guiju.spine.notices import services as notices
from guiju.spine.notices.models import Notice
from guiju.spine.registers import addresses, going, past, values
from guiju.spine.registers.declaration import Register, by_kind, registers
from guiju.spine.registers.listing import COUNTED, NO_SUCH_PAGE
from guiju.spine.registers.markup import marked, state_badge
from guiju.spine.registers.seeing import Named, seen
from guiju.spine.search import services as search
from guiju.spine.tasks import services as work
from guiju.spine.tasks.models import Task
from guiju.spine.trail.past import as_of

SOON = 200  # open tasks shown on one page


def home(request: HttpRequest, organization: str) -> HttpResponse:
    context: dict[str, Any] = {
        "date_text": show_weekday(current().today(), get_language() or "en"),
        "greeting": _greeting(),
        "groups": _groups(6),
        "in_place": _in_place(),
        "bands": [],
        "documents": None,
    }
    for part in home_parts:
        context |= part()
    return render(request, "home.html", context)


def _greeting() -> str:
    hour = current().now().astimezone(values.reader_zone()).hour
    name = {"name": str(current().actor.person)}  # type: ignore[attr-defined]
    if hour < 12:
        return _("Good morning, %(name)s") % name
    if hour < 18:
        return _("Good afternoon, %(name)s") % name
    return _("Good evening, %(name)s") % name


def my_work(request: HttpRequest, organization: str) -> HttpResponse:
    context = {"date_text": values.day(current().today()), "groups": _groups(SOON), "in_place": _in_place()}
    return render(request, "my_work.html", context)


def _in_place() -> list[dict[str, str]]:
    """The absent people for whom the reader is deputy today, and how much waits for each; none while they act as one."""
    acting = current()
    absent = getattr(acting.actor, "stands_for", ())
    if not absent or acting.as_of is not None or acting.actor.on_behalf_of is not None:
        return []
    counts = work.in_place_of(one.id for one in absent)
    return [{"id": str(one.id), "text": _deputy_words(str(one.person), counts.get(one.id, 0))} for one in absent]


def _deputy_words(name: str, n: int) -> str:
    if not n:
        return _("You are deputy for %(name)s today.") % {"name": name}
    words = ngettext(
        "You are deputy for %(name)s today; %(n)s task waits.", "You are deputy for %(name)s today; %(n)s tasks wait.", n
    )
    return words % {"name": name, "n": n}


def _groups(most: int) -> list[dict[str, Any]]:
    """Open tasks as overdue, today, soon and without a date, each with the door it needs."""
    today = current().today()
    tasks = past.tasks()[:SOON] if current().as_of is not None else list(work.mine()[:SOON])
    rows = search.directory((t.record_kind, t.record) for t in tasks)
    parts: list[tuple[str, str, str, Callable[[date | None], bool]]] = [
        ("overdue", _("Overdue"), "late", lambda on: on is not None and on < today),
        ("today", _("Today"), "due", lambda on: on == today),
        ("soon", _("Soon"), "none", lambda on: on is not None and on > today),
        ("open", _("Without a date"), "none", lambda on: on is None),
    ]
    groups: list[dict[str, Any]] = []
    for name, title, tone, fits in parts:
        mine = [t for t in tasks if fits(t.due_on)]
        if mine:
            more = f"{addresses.home()}work/" if len(mine) > most else ""
            items = [_item(t, rows.get((t.record_kind, t.record)), tone, today) for t in mine[:most]]
            groups.append({"name": name, "title": title, "count": len(mine), "more_url": more, "items": items})
    if groups and current().as_of is None:
        groups[0]["items"][0]["primary"] = True
    return groups


def _item(task: Task, row: Any, tone: str, today: date) -> dict[str, Any]:
    register = by_kind(task.record_kind)
    base = addresses.of_kind(task.record_kind, row.number) if row else ""
    door = register.workflow.transitions.get(task.door) if register and register.workflow else None
    late = (today - task.due_on).days if task.due_on else 0
    if late > 0:
        when = ngettext("%(n)s day late", "%(n)s days late", late) % {"n": late}
    else:
        when = values.day(task.due_on) if task.due_on and task.due_on != today else ""
    return {
        "tone": tone,
        "title": str(task),
        "url": base,
        "why": row.number if row else "",
        "when": when,
        "button": door.label if door and current().as_of is None else "",
        "primary": False,
    }


def notice_list(request: HttpRequest, organization: str) -> HttpResponse:
    person = current().actor.id
    before = _place(request.GET.get("before", ""))
    found = notices.of(person)  # type: ignore[arg-type]
    if (instant := current().as_of) is not None:
        found = found.filter(made_at__lte=instant)
    shown = list(found[before : before + 51])
    numbers = seen((n.record_kind, n.record) for n in shown if n.record)
    context = {
        "notices": [_told(notice, numbers) for notice in shown[:50]],
        "read_url": f"{addresses.home()}notices/read/"
        if current().as_of is None and any(n.read_at is None for n in shown)
        else "",
        "next_url": f"?before={before + 50}" if len(shown) > 50 else "",
    }
    return render(request, "notices.html", context)


def _told(notice: Notice, numbers: Mapping[Named, str]) -> dict[str, Any]:
    """A notice as it may be read now: of what a person may not see any more it says nothing."""
    number = numbers.get((notice.record_kind, notice.record)) if notice.record else None
    hidden = notice.record is not None and number is None and by_kind(notice.record_kind) is not None
    return {
        "text": _("This speaks of something that you may not see any more.") if hidden else str(notice),
        "url": addresses.of_kind(notice.record_kind, number) if number else "",
        "when": values.when(notice.made_at),
        "unread": notice.read_at is None,
    }


def _place(text: str) -> int:
    """How many newer notices stand before a page. Refused for what is no such number."""
    if text and not (text.isascii() and text.isdigit() and len(text) <= 9):
        raise Refused(NO_SUCH_PAGE)
    return int(text or 0)


@require_POST
def notices_read(request: HttpRequest, organization: str) -> HttpResponse:
    notices.mark_read(current().actor.id)  # type: ignore[arg-type]
    return HttpResponseRedirect(f"{addresses.home()}notices/")


def search_page(request: HttpRequest, organization: str) -> HttpResponse:
    q, only = request.GET.get("q", "").strip()[:200], request.GET.get("in", "")
    seen = [r for r in registers() if current().actor.may(f"{r.key}.view")]
    hits = search.find(q, [r.kind for r in seen]) if q else []
    by_register = {r: [h for h in hits if h.kind == r.kind] for r in seen}
    groups = [_group(r, found, q, 50 if only else 20) for r, found in by_register.items() if found and only in ("", r.key)]
    groups = [group for group in groups if group["hits"]]
    total = sum(group["count"] for group in groups)
    if q and not only:
        groups += [_places(title, found) for title, found in (part(q) for part in found_parts) if found]
    context = {
        "q": q,
        "total_text": _total(q, total, len(hits), seen) if total else "",
        "filters": _search_filters(by_register, only, q) if len([f for f in by_register.values() if f]) > 1 else [],
        "groups": groups,
    }
    return render(request, "search.html", context)


def _total(q: str, total: int, hits: int, seen: Sequence[Register]) -> str:
    """How many were found. That there are more than a thousand is told only whoever may see every record."""
    if hits < search.MOST:
        return ngettext("%(n)s record", "%(n)s records", total) % {"n": total}
    sees_all = len(seen) == len(list(registers())) and all(register.sees_all(current().actor) for register in seen)
    if sees_all and current().as_of is None and search.more_than(q, COUNTED):
        return _("The newest %(n)s of more than %(most)s records that contain it") % {"n": total, "most": f"{COUNTED:,}"}
    return _("The newest %(n)s of more records that contain it") % {"n": total}


def _search_filters(found: dict[Register, list[Any]], only: str, q: str) -> list[tuple[Any, str, int | None, bool]]:
    made: list[tuple[Any, str, int | None, bool]] = [(_("All"), f"?{urlencode({'q': q})}", None, not only)]
    for register, hits in found.items():
        if hits:
            made.append((register.label, f"?{urlencode({'q': q, 'in': register.key})}", len(hits), only == register.key))
    return made


def _group(register: Register, hits: list[Any], q: str, most: int) -> dict[str, Any]:
    """Hits read again through the register, so that the index can be stale but not indiscreet (section 9)."""
    shown = going.in_order(register, _values(register, hits), q)
    rows = _whole(register, [row["id"] for row in shown[:most]])
    texts = _texts(register, rows) if current().as_of is None else {}
    hits_shown = [_hit(register, row, texts.get(row.pk, ()), q) for row in rows]
    if current().as_of is None:
        _say_where(register, rows, hits_shown, texts, q)
    return {
        "title": register.label,
        "url": addresses.of_register(register),
        "count": len(shown),
        "more_url": f"?{urlencode({'q': q, 'in': register.key})}" if len(shown) > most else "",
        "hits": sorted(hits_shown, key=lambda hit: hit["doubtful"]),
    }


def _say_where(register: Register, rows: list[Any], hits: list[dict[str, Any]], texts: Mapping[Any, list[str]], q: str) -> None:
    """Of a record that was found only by what stands beside it, say by what; what nobody vouches for goes behind the others."""
    left = [(row, hit) for row, hit in zip(rows, hits, strict=True) if not _is_own(row, hit, texts.get(row.pk, ()), q)]
    beside = {pk: found for part in beside_parts for pk, found in part([one for one, _shown in left]).items()} if left else {}
    for row, hit in left:
        for text, words, vouched in beside.get(row.pk, ()):
            if _holds([text], q):
                hit["excerpt"] = marked(_pieces(*snippet(text, q)))
                hit["where"] = _("; ").join(filter(None, (words, hit["where"])))
                hit["doubtful"] = not vouched
                break


def _is_own(row: Any, hit: Mapping[str, Any], texts: Iterable[str], q: str) -> bool:
    """Whether what is looked for stands in the record itself: its name is asked first, since its texts may be long."""
    if _holds([f"{row.number} {row.title} {getattr(row, 'title_zh', '')}"], q):
        return True
    return bool(hit["excerpt"]) if len(q.split()) == 1 else _holds([row.number or "", row.title, *texts], q)


def _holds(texts: Iterable[str], q: str) -> bool:
    """Whether every word that is looked for stands in some texts."""
    whole = "\n".join(texts)
    return all(snippet(whole, word)[1] for word in q.split())


def _values(register: Register, hits: list[Any]) -> list[Mapping[str, Any]]:
    """Of the hits that may be seen, in their order, only what puts them in order: many are found, few are shown."""
    ids = [hit.record for hit in hits]
    seen = register.rows(current().actor).filter(pk__in=ids)
    if current().as_of is not None:
        then = as_of(register.model, past.until(), list(seen.values_list("pk", flat=True)))
        found = {row.pk: vars(row) for row in then}
    else:
        found = {row["id"]: row for row in seen.values(*dict.fromkeys(("id", "number", *_named(register), *_needs(register))))}
    return [found[pk] for pk in ids if pk in found]


def _named(register: Register) -> tuple[str, ...]:
    return getattr(register.model, "named_by", ("title",))


def _needs(register: Register) -> tuple[str, ...]:
    return register.standing.needs if register.standing else ()


def _whole(register: Register, ids: list[UUID]) -> list[Any]:
    """The records that are shown; looking back, as they were then: the texts that are searched are those of now."""
    if current().as_of is not None:
        rows = {row.pk: row for row in as_of(register.model, past.until(), ids)}
    else:
        rows = {row.pk: row for row in register.rows(current().actor).filter(pk__in=ids)}
    return [rows[pk] for pk in ids if pk in rows]


def _places(title: Any, found: list[Any]) -> dict[str, Any]:
    """What was found that is no record, as a group of hits."""
    hits = [{"url": p.url, "number": "", "title": p.label, "excerpt": "", "state": "", "where": p.note} for p in found]
    return {"title": title, "url": "", "count": len(hits), "more_url": "", "hits": hits}


def _texts(register: Register, rows: list[Any]) -> dict[Any, list[str]]:
    """The texts a hit may stand in: the record's own fields (number and title are shown anyway), and what it contains."""
    more = register.texts(rows) if register.texts and rows else {}
    return {row.pk: ["\n".join(search.own_text(row).split("\n")[2:]), *more.get(row.pk, ())] for row in rows}


def _hit(register: Register, row: Any, texts: Iterable[str], q: str) -> dict[str, Any]:
    excerpt = ""
    for text in texts:
        piece, spans = snippet(text, q)
        if spans:
            excerpt = marked(_pieces(piece, spans))
            break
    state = register.workflow.state_of(row) if register.workflow else None
    return {
        "url": addresses.of_record(row),
        "number": row.number,
        "title": values.title_of(row),
        "excerpt": excerpt,
        "state": state_badge(state.tone, str(state.label)) if state else "",
        "where": register.standing.says(vars(row)) if register.standing else "",
        "doubtful": False,
    }


def _pieces(text: str, spans: list[tuple[int, int]]) -> list[tuple[str, bool]]:
    made, at = [], 0
    for start, end in spans:
        made += [(text[at:start], False), (text[start:end], True)]
        at = end
    return [*made, (text[at:], False)]
