"""How the API answers: JSON in one spelling, lists in pages, prints, and what was sent before under the same key."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext_noop as _

from guiju.spine.acts import Refused
from guiju.spine.prints.models import PrintRun
from guiju.spine.registers import addresses, listing, printing, writing
from guiju.spine.registers.api.declaration import Call, Listed
from guiju.spine.registers.api.kinds import Schema
from guiju.spine.registers.api.problems import ROOT, Problem, as_bytes, spoken

LONGEST_KEY = 100  # characters of an Idempotency-Key


def respond(content: Any, status: int = 200, **headers: str) -> HttpResponse:
    response = HttpResponse(as_bytes(content), content_type="application/json; charset=utf-8", status=status)
    response.headers["Cache-Control"] = "private, no-cache"
    for name, value in headers.items():
        response.headers[name.replace("_", "-")] = value
    return spoken(response)


def page_of(items: Sequence[dict[str, Any]], key: str, after: str, limit: int) -> dict[str, Any]:
    """The page of items from the key `after` on, with the key of the next page. Refused for a key that is none."""
    keys = [str(item[key]) for item in items]
    if after and after not in keys:
        raise Refused(listing.NO_SUCH_PAGE)
    start = keys.index(after) + 1 if after else 0
    page = items[start : start + limit]
    return {"items": list(page), "next": str(page[-1][key]) if start + limit < len(items) else None}


def newest_first(rows: QuerySet, call: Call) -> Listed:
    """The page of rows that is asked for, read by key: never by counting past those before."""
    try:
        rows = rows.filter(pk__lt=UUID(call.after)) if call.after else rows
    except ValueError:
        raise Refused(listing.NO_SUCH_PAGE) from None
    found = list(rows.order_by("-pk")[: call.limit + 1])
    return Listed(found[: call.limit], str(found[call.limit - 1].pk) if len(found) > call.limit else "")


def printed(ask: printing.Asked) -> HttpResponseBase:
    """The PDF; 202 and where to ask for it while the worker makes one that takes long."""
    if not printing.is_slow(ask):
        return printing.sent(printing.print_now(ask), ask.name)
    run = printing.start(ask)
    return respond(run_said(run), 202, Location=f"{ROOT}{addresses.of_record(ask.record)}print/{run.pk}/")


def refuse_unlisted(words: Mapping[str, str], asks: Mapping[str, Schema]) -> None:
    """Refused for a word of the query that has to be one of a few and is none of them."""
    for name, asked in asks.items():
        if words.get(name) and "enum" in asked and words[name] not in asked["enum"]:
            raise Refused(_("“%(value)s” is no value of this filter."), {"value": words[name][:60]})


def run_said(run: PrintRun) -> dict[str, Any]:
    return {"id": str(run.pk), "state": run.state}


def once_of(request: HttpRequest) -> writing.OnceOnly | None:
    """What a request says under its Idempotency-Key; None without one. Problem 422 for a key that is too long."""
    key = request.headers.get("Idempotency-Key", "").strip()
    if len(key) > LONGEST_KEY or "\x00" in key:
        raise Problem(422, "key", _("An Idempotency-Key has at most %(most)s characters."), {"most": LONGEST_KEY})
    return writing.OnceOnly.of(key, request.path.encode() + b"\n" + request.body) if key else None
