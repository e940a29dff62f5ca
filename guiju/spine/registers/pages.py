"""The pages of a register: list and record. Plain views over the declaration."""

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from guiju.spine.acts import Refused, current
from guiju.spine.records.models import Record
from guiju.spine.registers import addresses, listing, past, record_page, saved, table, values
from guiju.spine.registers.declaration import Register, by_key
from guiju.spine.registers.frame import phase_title
from guiju.spine.registers.markup import filter_menu
from guiju.spine.registers.writing import permit


def found_register(key: str, verb: str = "view") -> Register:
    """The register of an address. 404 when there is none; NotPermitted without the right."""
    register = by_key(key)
    if register is None:
        raise Http404
    permit(register, verb)
    return register


def found_record(register: Register, number: str) -> Any:
    """The record of an address, as it is or, in an act that looks back, as it was. 404 when there is none."""
    number = addresses.from_address(number)
    if "\x00" in number:
        raise Http404
    if current().as_of is not None:
        return past.record(register, number)
    # Not first(), which asks in the order of the ids: SQLite then walks them instead of the numbers.
    record = next(iter(register.rows(current().actor).filter(number=number).select_related("owner")[:1]), None)
    if record is None:
        raise Http404
    return record


def list_page(request: HttpRequest, organization: str, register: str) -> HttpResponse:
    return listed(request, found_register(register), request.GET.dict())


def listed(
    request: HttpRequest, shown: Register, query: Mapping[str, str], *, naming: Form | None = None, status: int = 200
) -> HttpResponse:
    """The list that a query asks for. `naming` is the refused form of a view that was to be kept or renamed."""
    now = current().as_of is None
    mine = saved.of(shown) if now else []  # views are of the present, as the declared ones are
    chosen = saved.chosen(shown, mine, query)
    ask, rows, key, note = _found(shown, query, chosen)
    url, names = _url(shown, query), table.names(shown, rows)
    lost = chosen is not None and ask == listing.Asked()
    narrowed = bool(ask.filters or ask.view or ask.q or lost)
    context = {
        "register": _words(shown),
        **(_views(shown, ask, url, mine, chosen) if (rows or narrowed) and now else {}),
        **(_saving(shown, query, chosen, naming) if now else {}),
        "filters_html": mark_safe("".join(_filter(shown, name, ask, url, names) for name in shown.filters)),
        "q": ask.q,
        "kept": [(n, v) for n, v in query.items() if n not in ("q", "after")],
        "headings": table.headings(shown, ask, url),
        "rows_html": table.html(shown, rows, names),
        "count_text": _count_text(shown, ask, rows, key) if now else note,
        "next_url": url(after=key) if key else "",
        "previous_url": url(after="") if ask.after else "",
        "can_create": current().actor.may(f"{shown.key}.create") and now,
        "create_url": f"{addresses.of_register(shown)}new/",
        "import_url": import_address(shown) if may_import(shown) else "",
        "rules_url": rules_address(shown),
        "batch_url": _batch_address(request, shown),
        "pages": [(words, f"{addresses.home()}{page}") for page, words in shown.pages] if now else [],
        "export_urls": [
            (name, f"{addresses.of_register(shown)}export.{name}?{urlencode(list(query.items()))}") for name in ("xlsx", "csv")
        ],
        "clear_url": url(clear=True) if narrowed else "",
        "empty": not rows and not narrowed and not ask.after and now,
        "none_found": not rows and (narrowed or bool(ask.after) or not now),
        "offers": _offers(shown),
    }
    part = request.headers.get("HX-Request") and not request.headers.get("HX-Boosted")
    return render(request, "registers/_list.html" if part else "registers/list.html", context, status=status)


def _found(register: Register, query: Mapping[str, str], chosen: saved.Own | None) -> tuple[listing.Asked, list[Any], str, str]:
    """What is asked, the rows, the key of the next page, and what the reader must know.

    A view of one's own may ask for what there is no longer: then it finds nothing, and can be removed from where it stands.
    """
    try:
        ask = listing.asked(register, query, strict=False)
        if current().as_of is not None:
            return ask, *past.page(register, ask)
        return ask, *listing.page(register, ask, table.needed(register)), ""
    except Refused:
        if chosen is None or query.get("after"):
            raise
        return listing.Asked(), [], "", ""


def may_import(register: Register) -> bool:
    """Whether whoever acts may bring records in, now."""
    return bool(register.imports) and current().actor.may(f"{register.key}.import") and current().as_of is None


def _batch_address(request: HttpRequest, register: Register) -> str:
    """Where a step is taken for many of the list, as it is narrowed now."""
    may = any(current().actor.may(f"{register.key}.{name}") for name in register.batch_rights)
    if not register.batch_page or current().as_of is not None or not may:
        return ""
    words = {name: value for name, value in request.GET.items() if name not in ("after", "sort")}
    return f"{addresses.home()}{register.batch_page}{f'?{urlencode(words)}' if words else ''}"


def rules_address(register: Register) -> str:
    """Where the rules of a register are set, for whoever may."""
    may = register.rules_page and current().actor.may(f"{register.key}.rules") and current().as_of is None
    return f"{addresses.home()}{register.rules_page}" if may else ""


def import_address(register: Register) -> str:
    """Where bringing in begins."""
    return f"{addresses.home()}{register.import_page}" if register.import_page else f"{addresses.of_register(register)}import/"


def _words(register: Register) -> dict[str, Any]:
    return {
        "key": register.key,
        "title": register.label,
        "clause": register.clause,
        "phase_title": phase_title(register.phase),
        "purpose": register.purpose,
        "new_label": register.label_new,
    }


def _url(register: Register, query: Mapping[str, str]) -> Any:
    """Addresses of this list with some words of the query changed; always from the first page unless it says `after`."""
    present = {n: v for n, v in query.items() if n != "after"}
    path = addresses.of_register(register)

    def url(clear: bool = False, **changed: str) -> str:
        kept = {n: v for n, v in present.items() if n == "as_of"} if clear else present
        words = {n: v for n, v in {**kept, **changed}.items() if v != ""}
        return f"{path}?{urlencode(words)}" if words else path

    return url


def _views(
    register: Register, ask: listing.Asked, url: Any, mine: Sequence[saved.Own], chosen: saved.Own | None
) -> dict[str, Any]:
    """The row of views: the declared ones, and those of whoever acts."""
    made: list[tuple[Any, str, int | None, bool]]
    any_to_choose = register.views or mine or ask != listing.Asked()
    made = [(_("All"), url(view=""), None, not ask.view and chosen is None)] if any_to_choose else []
    made += [(view.label, url(view=view.name), None, view.name == ask.view and chosen is None) for view in register.views]
    return {"views": made, "own_views": [(view.name, saved.address(register, view), view == chosen) for view in mine]}


def _saving(register: Register, query: Mapping[str, str], chosen: saved.Own | None, naming: Form | None) -> dict[str, Any]:
    """What the forms beside the views need: to keep this list, or to rename and remove the view that it is."""
    words, base = saved.words(register, query), f"{addresses.of_register(register)}views/"
    return {
        "naming": naming,
        "to_keep": {"query": words, "url": base} if words and chosen is None else None,
        "to_change": {"name": chosen.name, "url": f"{base}{chosen.id}/"} if chosen else None,
    }


def _filter(register: Register, name: str, ask: listing.Asked, url: Any, names: table.Names) -> SafeString:
    chosen = ask.filters.get(name, "")
    offered = list(table.options(register, name, names))
    options = [(_("All"), url(**{name: ""}), not chosen)]
    options += [(text, url(**{name: value}), value == chosen) for value, text in offered]
    label = _("State") if name == "state" else table.label(register, name)
    return filter_menu(label, dict(offered).get(chosen, ""), options)


def _count_text(register: Register, ask: listing.Asked, rows: list[Any], key: str) -> str:
    if not ask.after and not key:
        return ngettext("%(n)s entry", "%(n)s entries", len(rows)) % {"n": len(rows)}
    return listing.of_many(len(rows), listing.counted(register, ask))


def _offers(register: Register) -> list[tuple[str, Any, Any, str, Any]]:
    if not may_import(register):
        return []
    url = import_address(register)
    return [("upload", _("Bring in what you have"), _("A spreadsheet, or a whole folder of files."), url, _("Import"))]


def record_view(request: HttpRequest, organization: str, register: str, number: str) -> HttpResponse:
    shown = found_register(register)
    record: Record = found_record(shown, number)
    return render(request, "registers/detail.html", record_page.context(shown, record))


def history_view(request: HttpRequest, organization: str, register: str, number: str) -> HttpResponse:
    shown = found_register(register)
    record = found_record(shown, number)
    told = record_page.history(shown, record, most=record_page.MOST)
    context = {
        "record": {"number": record.number, "title": values.title_of(record)},
        "eyebrow": record_page.eyebrow(shown, record, linked=True),
        "history": told,
        "count_text": ngettext("%(n)s entry", "%(n)s entries", len(told)) % {"n": len(told)},
        "trail_text": record_page.trail_text(),
    }
    return render(request, "registers/history.html", context)
