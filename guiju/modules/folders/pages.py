"""The pages of bringing a folder in: choose, look at what is proposed, see it done."""

import json
from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guiju.modules.documents.before.forms import BEFORE_IT_HELD
from guiju.modules.documents.models import Document
from guiju.modules.folders import services
from guiju.modules.folders.jobs import bring_run, read_run
from guiju.modules.folders.models import FolderItem, FolderRun, RunState
from guiju.modules.folders.survey import day_said
from guiju.modules.folders.uploads import take
from guiju.modules.kinds.models import Kind
from guiju.spine.acts import Refused, current, write
from guiju.spine.jobs.job import enqueue
from guiju.spine.registers import addresses
from guiju.spine.registers.declaration import by_key
from guiju.spine.registers.editing import bad


class ManyFilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class ManyFilesField(forms.FileField):
    """Any number of files; its value is a list."""

    widget = ManyFilesInput

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        files = data if isinstance(data, list | tuple) else [data] if data else []
        if not files and self.required:
            raise forms.ValidationError(self.error_messages["required"], code="required")
        return list(files)


class FolderForm(forms.Form):
    """A zip file, or files as they are."""

    files = ManyFilesField(  # type: ignore[assignment]
        label=gettext_lazy("Files, or one zip file of the folder"),
        help_text=gettext_lazy("Word, PDF, Excel, Markdown, pictures. Nothing is written until you have seen what will happen."),
        error_messages={"required": gettext_lazy("Choose the files, or a zip file of the folder.")},
    )
    # The files' places in their folder, which a browser sends only when asked (guiju.js fills it).
    paths = forms.CharField(required=False, widget=forms.HiddenInput(attrs={"data-paths-of": "files"}), max_length=2_000_000)


def base() -> str:
    return f"{addresses.home()}import/documents/"


def eyebrow() -> list[tuple[Any, str]]:
    register = by_key("documents")
    assert register is not None
    return [(register.label, addresses.of_register(register))]


def choose(request: HttpRequest, organization: str) -> HttpResponse:
    services.permit()
    form = FolderForm()
    if request.method == "POST":
        form = FolderForm(request.POST, request.FILES)
        if form.is_valid():
            try:
                run = take(form.cleaned_data["files"], _paths(form.cleaned_data["paths"]))
                return HttpResponseRedirect(f"{base()}{run.pk}/")
            except Refused as refused:
                bad(form, refused)
    context = {
        "form": form,
        "eyebrow": eyebrow(),
        "runs": [_run_row(r) for r in FolderRun.objects.order_by("-id")[:5]],
        "spreadsheet_url": f"{addresses.home()}documents/import/",
        "cancel_url": f"{addresses.home()}documents/",
    }
    return render(request, "folders/choose.html", context, status=422 if form.is_bound else 200)


def _paths(text: str) -> list[str]:
    try:
        paths = json.loads(text or "[]")
    except (ValueError, RecursionError):
        return []
    return [str(path) for path in paths] if isinstance(paths, list) else []


def _run_row(run: FolderRun) -> dict[str, Any]:
    return {"name": run.name, "url": f"{base()}{run.pk}/", "state": run.get_state_display(), "text": services.progress(run)}


def found_run(pk: UUID) -> FolderRun:
    services.permit()
    run = FolderRun.objects.filter(pk=pk).first()
    if run is None:
        raise Http404
    return run


def show(request: HttpRequest, organization: str, run: UUID) -> HttpResponse:
    """The run at its stage: being read, waiting for a word, being brought in, done."""
    shown = found_run(run)
    if request.method == "POST":
        return _decide(request, shown)
    return _page(request, shown)


def _page(request: HttpRequest, shown: FolderRun, unfit: Sequence[tuple[str, str]] = ()) -> HttpResponse:
    """The run; with days that cannot be taken, as (path, why), as it was sent."""
    items = list(services.items_of(shown))
    seen = _seen(items)
    context: dict[str, Any] = {
        "run": shown,
        "eyebrow": [*eyebrow(), (_("Bring in a folder"), base())],
        "working": shown.state in (RunState.READING, RunState.BRINGING),
        "waiting": shown.state == RunState.READ,
        "unfit": unfit,
        "items": [_row(item, seen) | _sent(request, item) for item in items if item.outcome == "document"],
        "left_out": [_row(item, seen) for item in items if item.outcome != "document"],
        "came": services.came(item.document for item in items if item.document_id),
        "drafts": any(item.document.state == "draft" for item in items if item.document_id),
        "before_url": _before_url(items),
        "kinds": Kind.choices,
        "done": sum(1 for item in items if item.document_id),
        "total": sum(1 for item in items if item.outcome == "document"),
        "list_url": f"{addresses.home()}documents/",
        "resumable": _stopped_at(shown, items) is not None,
    }
    context["percent"] = round(100 * context["done"] / context["total"]) if context["total"] else 0
    return render(request, "folders/run.html", context, status=422 if unfit else 200)


def _sent(request: HttpRequest, item: FolderItem) -> dict[str, Any]:
    """What was sent of an item and was not kept, so that nobody enters it again."""
    key = str(item.pk)
    names = ("title", "kind", "number", "revision", "since", "by", "on")
    found = {name: request.POST[f"{name}-{key}"] for name in names if f"{name}-{key}" in request.POST}
    return found | ({"left": f"take-{key}" not in request.POST} if request.method == "POST" else {})


def _unfit_days(request: HttpRequest, run: FolderRun) -> list[tuple[str, str]]:
    """The items whose stated days cannot be taken, and why; each by the path of its file."""
    found = []
    for item in FolderItem.objects.filter(run=run, outcome="document").order_by("path"):
        said = {name: request.POST.get(f"{name}-{item.pk}", "").strip() for name in ("since", "on")}
        days = {name: day_said(text) for name, text in said.items()}
        unread = [said[name] for name in said if said[name] and days[name] is None]
        if f"take-{item.pk}" not in request.POST:
            continue
        if unread:
            found.append((item.path, _("%(said)s is no day in the past.") % {"said": unread[0][:60]}))
        elif days["since"] and days["on"] and days["on"] > days["since"]:
            found.append((item.path, str(BEFORE_IT_HELD)))
    return found


def _before_url(items: list[FolderItem]) -> str:
    """Where drafts that came as documents in force are taken over, for whoever may."""
    made = [item.document for item in items if item.document is not None]
    waiting = any(one.state == "draft" and one.stated_since for one in made)
    may = current().actor.may("documents.take_over")
    return f"{addresses.home()}batches/documents/take_over/?view=before" if waiting and may else ""


def _stopped_at(run: FolderRun, items: list[FolderItem]) -> str | None:
    """The state in which a failed run can go on: reading again, or bringing in; None when neither would help."""
    if run.state != RunState.FAILED:
        return None
    if not items:
        return RunState.READING
    return RunState.BRINGING if any(item.outcome == "document" for item in items) else None


def _seen(items: list[FolderItem]) -> set[UUID]:
    """The documents of a run that whoever looks may see: of a confidential one no more is said than the folder did."""
    register = by_key("documents")
    assert register is not None
    made = [item.document_id for item in items if item.document_id]
    return set(register.rows(current().actor).filter(pk__in=made).values_list("pk", flat=True))


def _row(item: FolderItem, seen: set[UUID]) -> dict[str, Any]:
    document: Document | None = item.document if item.document_id in seen else None
    return {
        "id": str(item.pk),
        "path": item.path,
        "title": document.title if document else item.title,
        "kind": item.kind,
        "kind_label": Kind(item.kind).label if item.kind in Kind.values else "",
        "number": document.number if document else item.number,
        "revision": document.revision if document else item.revision,
        "since": item.stated_since.isoformat() if item.stated_since else "",
        "by": item.stated_by,
        "on": item.stated_on.isoformat() if item.stated_on else "",
        "standing": services.standing(document) if document else "",
        "url": addresses.of_record(document) if document else "",
        "notes": [services.note_words(note) for note in item.notes],
    }


def _decide(request: HttpRequest, run: FolderRun) -> HttpResponse:
    """Keep what the person corrected, and let the worker begin; again, where it was stopped."""
    state = RunState.BRINGING if run.state == RunState.READ else _stopped_at(run, list(services.items_of(run)))
    if state is None:
        return HttpResponseRedirect(f"{base()}{run.pk}/")

    unfit = _unfit_days(request, run) if run.state == RunState.READ else []
    if unfit:
        return _page(request, run, unfit)

    def deciding() -> None:
        if run.state == RunState.READ:
            for item in FolderItem.objects.filter(run=run, outcome="document"):
                _correct(item, request)
        FolderRun.objects.filter(pk=run.pk).update(state=state, error="")
        enqueue(read_run if state == RunState.READING else bring_run, str(run.pk))

    write(deciding)
    return HttpResponseRedirect(f"{base()}{run.pk}/")


def _correct(item: FolderItem, request: HttpRequest) -> None:
    key = str(item.pk)
    if request.POST.get(f"take-{key}") != "on":
        FolderItem.objects.filter(pk=item.pk).update(outcome="left_out", notes=[*item.notes, {"code": "deselected"}])
        return
    kind = request.POST.get(f"kind-{key}", "")
    FolderItem.objects.filter(pk=item.pk).update(
        title=(request.POST.get(f"title-{key}", "").replace("\x00", "").strip() or item.title)[:300],
        number=request.POST.get(f"number-{key}", item.number).replace("\x00", "").strip()[:60],
        revision=request.POST.get(f"revision-{key}", item.revision).replace("\x00", "").strip()[:20],
        stated_since=_day(request, f"since-{key}", item.stated_since),
        stated_by=request.POST.get(f"by-{key}", item.stated_by).replace("\x00", "").strip()[:200],
        stated_on=_day(request, f"on-{key}", item.stated_on),
        kind=kind if kind in Kind.values else item.kind,
    )


def _day(request: HttpRequest, name: str, before: date | None) -> date | None:
    return day_said(request.POST[name]) if name in request.POST else before
