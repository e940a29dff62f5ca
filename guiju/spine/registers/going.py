"""Going anywhere by typing: what is offered for what was typed so far, as a piece of page."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from guiju.lib.words import fold
from guiju.spine.acts import current
from guiju.spine.acts.hooks import found_parts
from guiju.spine.registers import addresses, past, places, values
from guiju.spine.registers.declaration import Register
from guiju.spine.registers.markup import icon, state_badge
from guiju.spine.search import services as search
from guiju.spine.trail.past import as_of

LONGEST = 200  # characters of what is typed
MOST = 8  # records
MOST_PLACES = 6  # of each group; there may be many registers
ASKED = 24  # hits that are read again, since some of them may not be seen

Line = dict[str, Any]


def answers(request: HttpRequest, organization: str) -> HttpResponse:
    q = " ".join(request.GET.get("q", "").replace("\x00", " ").split())[:LONGEST]
    groups = _groups(q) if q else _at_first()
    lines = [line for group in groups for line in group["lines"]]
    for place, line in enumerate(lines):
        line["id"] = f"go-{place}"
    said = ngettext("%(n)s result", "%(n)s results", len(lines)) % {"n": len(lines)} if q else ""
    context = {"q": q, "groups": groups, "said": said, "search_url": f"{addresses.home()}search/", "last": f"go-{len(lines)}"}
    return render(request, "go/answers.html", context)


def _at_first() -> list[dict[str, Any]]:
    """What stands there before anything is typed."""
    offered = places.always()
    return _titled(
        (_("Go to"), [_place(one) for one in offered if not one.acts]),
        (_("Actions"), [_place(one) for one in offered if one.acts][:MOST_PLACES]),
    )


def _groups(q: str) -> list[dict[str, Any]]:
    fitting = places.fitting(places.every(), q)
    found_records = records(q)
    found = [
        (_("Go to"), [_place(one) for one in fitting if not one.acts][:MOST_PLACES]),
        (_("Actions"), [_place(one) for one in fitting if one.acts][:MOST_PLACES]),
    ]
    # Who types a whole number means that record, whatever else bears it in its name.
    exact = bool(found_records) and fold(found_records[0]["number"]).strip() == fold(q).strip()
    found.insert(0 if exact else 2, (_("Records"), found_records))
    found += [(title, [_place(one) for one in there]) for title, there in (part(q) for part in found_parts)]
    return _titled(*found)


def _titled(*groups: tuple[str, list[Line]]) -> list[dict[str, Any]]:
    return [{"title": title, "lines": lines} for title, lines in groups if lines]


def _place(one: places.Place) -> Line:
    return {"url": one.url, "mark": one.mark, "number": "", "label": one.label, "note": one.note, "state": ""}


def records(q: str) -> list[Line]:
    """The records whose number or title fits what was typed.

    Hits read again through their registers, so that the index can be stale but not indiscreet: one statement for each
    kind, of as many kinds as lines are shown.
    """
    seen = {register.kind: register for register in places.seen()}
    hits = search.find_by_name(q, list(seen))[:ASKED]
    kinds = list(dict.fromkeys(hit.kind for hit in hits))[:MOST]
    instant = past.until() if current().as_of is not None and kinds else None
    found: dict[tuple[str, UUID], tuple[Register, Any]] = {}
    for kind in kinds:
        ids = [hit.record for hit in hits if hit.kind == kind]
        rows = list(seen[kind].rows(current().actor).filter(pk__in=ids))
        if instant is not None:
            rows = list(as_of(seen[kind].model, instant, [row.pk for row in rows]))
        found |= {(kind, row.pk): (seen[kind], row) for row in rows}
    ordered = [found[hit.kind, hit.record] for hit in hits if (hit.kind, hit.record) in found]
    wanted = fold(q).strip()
    ordered.sort(key=lambda one: _after(one[0], vars(one[1]), wanted))
    return [_record(register, row) for register, row in ordered][:MOST]


def in_order(register: Register, rows: Iterable[Mapping[str, Any]], q: str) -> list[Mapping[str, Any]]:
    """Values of records: by how well their number and title fit what was typed, of equals those first that people go by, and
    else in the order in which they were found."""
    wanted = fold(q).strip()
    return sorted(rows, key=lambda row: _after(register, row, wanted))


def _after(register: Register, row: Mapping[str, Any], wanted: str) -> tuple[int, bool]:
    stands = register.standing is None or register.standing.stands(row)
    return _fit(row, wanted), not stands


def _fit(row: Mapping[str, Any], wanted: str) -> int:
    """0 for this number, 1 for this title, 2 for all words in number and title, 3 for a hit elsewhere."""
    number, *titles = (fold(str(row.get(name) or "")).strip() for name in ("number", "title", "title_zh"))
    if number == wanted:
        return 0
    if wanted in titles:
        return 1
    return 2 if all(word in f"{number} {' '.join(titles)}" for word in wanted.split()) else 3


def _record(register: Register, row: Any) -> Line:
    state = register.workflow.state_of(row) if register.workflow else None
    return {
        "url": addresses.of_record(row),
        "mark": icon("file-text"),
        "number": row.number,
        "label": values.title_of(row),
        "note": "" if state else register.label_one,
        "state": state_badge(state.tone, str(state.label), bare=True) if state else "",
    }
