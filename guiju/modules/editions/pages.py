"""Pages of editions: the overview; of a document who watches, a check, a newer edition, and the end of the watch."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from guiju.modules.documents.approval import references
from guiju.modules.documents.models import Document
from guiju.modules.documents.workflow import document_workflow
from guiju.modules.editions import checking, listing, parts, watching
from guiju.modules.editions.forms import CheckForm, NewerForm, WatchForm
from guiju.modules.editions.models import Check, Watch
from guiju.spine.acts import Conflict, Refused, current
from guiju.spine.registers import addresses, values
from guiju.spine.registers.editing import bad, shown_version
from guiju.spine.registers.form_page import get_or_post, page_of
from guiju.spine.registers.forms import ReasonForm, bound_fields
from guiju.spine.registers.listing import of_many
from guiju.spine.registers.markup import filter_menu, state_badge
from guiju.spine.registers.pages import found_record, found_register
from guiju.spine.registers.present import present
from guiju.spine.registers.record_page import eyebrow


def base() -> str:
    return f"{addresses.home()}editions/"


@present
@require_safe
def overview(request: HttpRequest, organization: str) -> HttpResponse:
    """What is to be checked, watched, being taken over, and watched by nobody."""
    register = found_register("documents")
    ask = listing.chosen(request.GET)
    rows, key = listing.page(ask)
    context = {
        "eyebrow": [(register.label, addresses.of_register(register))],
        "views": [(label, _address(ask, view=name), None, name == ask.view) for name, label in listing.VIEWS.items()],
        "watchers_html": _watchers(ask) if ask.view != "unwatched" else "",
        "rows": [_row(row) for row in rows],
        "count_text": _count(ask, len(rows), key),
        "next_url": _address(ask, after=key) if key else "",
        "first_url": _address(ask) if ask.after else "",
        "clear_url": _address(ask, watcher="") if ask.watcher else "",
        "view": ask.view,
    }
    return render(request, "editions/overview.html", context)


def _address(ask: listing.Chosen, **changed: str) -> str:
    return f"{base()}?{urlencode(ask.words(**changed))}"


def _watchers(ask: listing.Chosen) -> Any:
    people = listing.watchers()
    options = [(_("All"), _address(ask, watcher=""), not ask.watcher)]
    options += [(name, _address(ask, watcher=str(pk)), str(pk) == ask.watcher) for pk, name in people.items()]
    return filter_menu(_("Watched by"), people.get(UUID(ask.watcher), "") if ask.watcher else "", options)


def _count(ask: listing.Chosen, shown: int, key: str) -> str:
    if not ask.after and not key:
        return ngettext("%(n)s entry", "%(n)s entries", shown) % {"n": shown}
    return of_many(shown, listing.counted(ask))


def _row(row: listing.Row) -> dict[str, Any]:
    document, watch, state = row.document, row.watch, document_workflow.state_of(row.document)
    return {
        "number": document.number,
        "title": values.title_of(document),
        "url": addresses.of_record(document),
        "state": state_badge(state.tone, str(state.label)),
        "edition": watch.edition if watch else "",
        "newer": _("to be taken over: %(edition)s") % {"edition": row.moving.edition} if row.moving else "",
        "watcher": parts.watcher(watch, unable=row.unable) if watch else "",
        "checked": values.day(watch.checked_on) if watch and watch.checked_on else "",
        "next": parts.next_check(watch) if watch else "",
    }


def _found(number: str) -> tuple[Any, Document]:
    """The document of an address, of those whose editions can be watched."""
    register = found_register("documents")
    document: Document = found_record(register, number)
    watching.refuse_unwatchable(document)
    return register, document


def _watched(number: str) -> tuple[Any, Document, Watch]:
    register, document = _found(number)
    watch = watching.active(document)
    if watch is None:
        raise Conflict(watching.NOBODY)
    return register, document, watch


def _kept(request: HttpRequest, form: forms.BaseForm, keep: Callable[[dict[str, Any], int], Any]) -> bool:
    """Keep what a form says; False where it was not sent, or is refused, with the reasons on it."""
    if request.method != "POST" or not form.is_valid():
        return False
    try:
        keep(form.cleaned_data, shown_version(request))
    except Refused as refused:
        if refused.status in (403, 404):
            raise
        bad(form, refused)
        return False
    return True


def _version(request: HttpRequest, present_one: int) -> Any:
    """What a form carries on: never a newer version than the one that was seen."""
    return request.POST.get("version", "") if request.method == "POST" else present_one


@present
@get_or_post
def watch(request: HttpRequest, organization: str, number: str) -> HttpResponse:
    """Which edition is held, where it is published, who watches."""
    register, document = _found(number)
    watching.permit(document, document.owner_id)
    kept = watching.of(document)
    begun = kept is not None and Check.objects.filter(watch=kept).exists()
    form = WatchForm(request.POST, begun=begun) if request.method == "POST" else WatchForm(initial=_initial(kept), begun=begun)
    if _kept(request, form, lambda said, version: watching.watch(document, said, version=version)):
        said = {"name": form.cleaned_data["watcher"].shown_name}
        messages.success(request, _("Saved. %(name)s watches the editions of this document.") % said)
        return HttpResponseRedirect(addresses.of_record(document))
    going_on = kept is not None and kept.ended_at is None
    return page_of(
        request,
        form,
        _("Watch the editions"),
        addresses.of_record(document),
        eyebrow=eyebrow(register, document, linked=True),
        lead=values.title_of(document),
        version=_version(request, kept.version if kept else 0),
        template="editions/watch.html",
        end_url=f"{addresses.of_record(document)}edition/end/" if going_on else "",
    )


def _initial(kept: Watch | None) -> dict[str, Any]:
    if kept is None:
        return {"watcher": current().actor.id, "months": 12}
    made = {name: getattr(kept, name) for name in ("edition", "source", "months", "checked_on")} | {"watcher": kept.watcher_id}
    return made if kept.ended_at or kept.next_on == watching.following(kept) else made | {"next_on": kept.next_on}


@present
@get_or_post
def check(request: HttpRequest, organization: str, number: str) -> HttpResponse:
    """Is there a newer edition? There is none, or the way to say what it is."""
    return _looked(
        request,
        number,
        CheckForm,
        _("Is there a newer edition?"),
        _("Saved: there is no newer edition."),
        lambda document: {"newer_url": f"{addresses.of_record(document)}edition/newer/"},
        template="editions/check.html",
        save_label=_("There is none"),
    )


@present
@get_or_post
def newer(request: HttpRequest, organization: str, number: str) -> HttpResponse:
    """A newer edition: what it means for us, beside what refers to the document, and the decision."""
    return _looked(
        request,
        number,
        NewerForm,
        _("A newer edition"),
        _("Saved: the newer edition, with what it means for us."),
        lambda document: {"touched": references.mentions(document)},
        template="editions/newer.html",
    )


def _looked(
    request: HttpRequest,
    number: str,
    asks: type[forms.BaseForm],
    title: str,
    done: str,
    beside: Callable[[Document], dict[str, Any]],
    **further: Any,
) -> HttpResponse:
    """Somebody looked whether there is a newer edition: asked by one form or the other, kept as one kind of check."""
    register, document, kept = _watched(number)
    watching.permit(document, kept.watcher_id, document.owner_id)
    form = asks(request.POST) if request.method == "POST" else asks(initial={"checked_on": current().today()})
    if _kept(request, form, lambda said, version: checking.record(document, said, version=version)):
        messages.success(request, done)
        return HttpResponseRedirect(addresses.of_record(document))
    return page_of(
        request,
        form,
        title,
        addresses.of_record(document),
        eyebrow=eyebrow(register, document, linked=True),
        lead=_lead(kept),
        version=_version(request, kept.version),
        **beside(document),
        **further,
    )


def _lead(kept: Watch) -> Any:
    held = _("Held is %(edition)s, published at:") % {"edition": kept.edition}
    return format_html("{} {}", held, parts.source(kept.source))


@present
@get_or_post
def end(request: HttpRequest, organization: str, number: str) -> HttpResponse:
    """Watching a document's editions no longer."""
    register, document, kept = _watched(number)
    watching.permit(document, document.owner_id)
    form = ReasonForm(request.POST) if request.method == "POST" else ReasonForm()
    bound_fields(form)
    if _kept(request, form, lambda said, version: watching.end(document, said["reason"], version=version)):
        messages.success(request, _("The editions of this document are watched no longer."))
        return HttpResponseRedirect(addresses.of_record(document))
    lead = _("Nobody is asked any more whether there is a newer edition. What was found so far stays.")
    above, back = eyebrow(register, document, linked=True), addresses.of_record(document)
    version = _version(request, kept.version)
    return page_of(
        request, form, _("Watch no longer"), back, eyebrow=above, lead=lead, version=version, save_label=_("End the watch")
    )
