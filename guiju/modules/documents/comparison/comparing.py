"""What changed between two revisions of a document: of texts in Markdown, and of what was read from files."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from guiju.lib import differences
from guiju.lib.differences import Change, Paragraph, Piece, Step
from guiju.modules.documents.models import Document, Revision
from guiju.spine.attachments.models import FileText
from guiju.spine.registers import addresses, values
from guiju.spine.registers.pages import found_record, found_register
from guiju.spine.registers.present import present
from guiju.spine.registers.record_page import eyebrow

LONGEST_TITLE = 60  # characters of the words by which a change without a heading is named
WAYS = ("side", "one", "whole")


def paragraphs(revision: Revision) -> list[Paragraph]:
    """All that stands in a revision: its text, then its file's."""
    kept = FileText.objects.filter(digest=revision.file_digest).first() if revision.file_digest else None
    return differences.of_markdown(revision.text) + (differences.of_lines(kept.text) if kept else [])


def between(old: Revision, new: Revision) -> list[Step]:
    """The way from one revision to another."""
    return differences.compare(paragraphs(old), paragraphs(new))


def changes_of(steps: Sequence[Step]) -> list[Change]:
    return [step.change for step in steps if step.change is not None]


def drawn(found: Sequence[Change]) -> list[dict[str, Any]]:
    """The changes for the template: title, what kind it is, both sides and both in one."""
    words = {"changed": _("changed"), "new": _("new"), "gone": _("gone")}
    return [
        {
            "id": f"d{number}",
            "number": number,
            "title": _title(change),
            "named": _title(change)[:1].isdigit(),  # a heading with a number of its own needs none of ours
            "kind": change.kind,
            "word": words[change.kind],
            "before": marked(change.before),
            "after": marked(change.after),
            "one": marked(change.both),
        }
        for number, change in enumerate(found, 1)
    ]


def _title(change: Change) -> str:
    """The heading under which a change stands; else its first words."""
    text = change.heading or change.new_text or change.old_text
    return text if len(text) <= LONGEST_TITLE else f"{text[:LONGEST_TITLE].rstrip()}…"


def marked(pieces: Sequence[Piece]) -> SafeString:
    """One side, with what came and went marked for eyes and for screen readers."""
    tags = {"same": "{}", "new": '<ins class="gj-new">{}</ins>', "gone": '<del class="gj-old">{}</del>'}
    return mark_safe("".join(format_html(tags[piece.kind], piece.text) for piece in pieces))


def summary(steps: Sequence[Step]) -> str:
    """How much changed, how long it takes to read, and how much is as it was."""
    found = changes_of(steps)
    same = sum(len(step.same) for step in steps)
    if not found:
        return _("Nothing changed in the text.")
    words = ngettext("%(n)s change", "%(n)s changes", len(found)) % {"n": len(found)}
    minutes = differences.minutes(found)
    time = ngettext("about %(n)s minute to read", "about %(n)s minutes to read", minutes) % {"n": minutes}
    stayed = ngettext("%(n)s paragraph is as it was", "%(n)s paragraphs are as they were", same) % {"n": same}
    return _("%(changes)s, %(time)s; %(stayed)s.") % {"changes": words, "time": time, "stayed": stayed}


def facts(old: Revision, new: Revision) -> Iterator[tuple[str, str, str]]:
    """What changed beside the text: (what, before, after)."""
    for name, label in (("title", _("Title")), ("kind", _("Kind")), ("language", _("Language")), ("file_name", _("File"))):
        before, after = (_shown(revision, name) for revision in (old, new))
        if before != after:
            yield label, before, after
    if old.file_digest != new.file_digest and old.file_name == new.file_name:
        yield _("File"), f"{old.file_name} ({old.file_digest[:8]}…)", f"{new.file_name} ({new.file_digest[:8]}…)"


def _shown(revision: Revision, name: str) -> str:
    return str(getattr(revision, f"get_{name}_display", lambda: getattr(revision, name))())


def until_words(revision: Revision) -> str:
    """The heading above what a new revision says: from when it holds."""
    if revision.effective_on is None:
        return _("Revision %(label)s") % {"label": revision.label}
    return _("From %(day)s") % {"day": values.day(revision.effective_on)}


@present
@require_safe
def page(request: HttpRequest, organization: str, number: str) -> HttpResponse:
    """Any two revisions beside each other; without a choice the newest and the one before."""
    register = found_register("documents")
    document: Document = found_record(register, number)
    if document.state == "disposed":
        raise Http404
    rows = list(Revision.objects.filter(document=document, given_up_on=None).order_by("position"))
    old, new = _chosen(rows, request.GET.get("from", ""), request.GET.get("to", ""))
    steps = between(old, new)
    way = request.GET.get("as", "side")
    way = way if way in WAYS else "side"
    here = f"{addresses.of_record(document)}compare/"
    context = {
        "document": document,
        "eyebrow": eyebrow(register, document, linked=True),
        "title": _("What changed: %(title)s") % {"title": document.title},
        "lead": _("Revision %(new)s against revision %(old)s.") % {"new": new.label, "old": old.label},
        "summary": summary(steps),
        "before_label": _("Revision %(label)s") % {"label": old.label},
        "after_label": _("Revision %(label)s") % {"label": new.label},
        "changes": drawn(changes_of(steps)),
        "whole": _whole(steps) if way == "whole" else [],
        "facts": list(facts(old, new)),
        "way": way,
        "ways": [
            (label, f"{here}?from={old.position}&to={new.position}&as={name}", name == way)
            for name, label in zip(WAYS, (_("Side by side"), _("In one text"), _("Whole document")), strict=True)
        ],
        "choices": [
            [(r.label, f"{here}?from={r.position}&to={new.position}&as={way}", r == old) for r in rows],
            [(r.label, f"{here}?from={old.position}&to={r.position}&as={way}", r == new) for r in rows],
        ],
    }
    return render(request, "documents/compare.html", context)


def _chosen(rows: Sequence[Revision], old: str, new: str) -> tuple[Revision, Revision]:
    """The two revisions of an address, by their positions. 404 where there is only one, or none such."""
    if len(rows) < 2:
        raise Http404
    by_position = {str(row.position): row for row in rows}
    try:
        return by_position[old or str(rows[-2].position)], by_position[new or str(rows[-1].position)]
    except KeyError:
        raise Http404 from None


def _whole(steps: Sequence[Step]) -> list[SafeString]:
    made: list[SafeString] = []
    for step in steps:
        made += [format_html("{}", one.text) for one in step.same]
        made += [marked(step.change.both)] if step.change is not None else []
    return made
