"""The document's own parts of its page: the sheet, the seals, the revisions."""

from collections.abc import Callable
from typing import Any

from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guiju.lib import markdown
from guiju.modules.documents.before import words as before
from guiju.modules.documents.filling import filled
from guiju.modules.documents.models import ENDED, Document, Revision
from guiju.modules.documents.revisions import named
from guiju.modules.documents.standing.readers import read_revision
from guiju.modules.documents.workflow import document_workflow
from guiju.modules.kinds import custom
from guiju.modules.kinds import services as kinds
from guiju.organizations.models import Person
from guiju.spine.acts import current
from guiju.spine.attachments import previews
from guiju.spine.attachments.models import FileText
from guiju.spine.registers import addresses, values
from guiju.spine.registers.editor import pictures, references
from guiju.spine.registers.markup import facts as drawn_facts
from guiju.spine.registers.markup import link, state_badge
from guiju.spine.registers.record_values import shown
from guiju.spine.trail.past import histories
from guiju.spine.trail.states import kind_of

Linker = Callable[[str], tuple[str, str] | None]
LANG = {"en": "en", "zh-hans": "zh-CN"}
EXCERPT = 4000  # characters of a file's text shown on the sheet


def facts(document: Document) -> list[tuple[Any, Any]]:
    revision, effective_on = read_revision(document), document.effective_on
    if revision.label != document.revision:
        effective_on = revision.effective_on  # readers are told of what they read
    rows: list[tuple[Any, Any]] = [
        (gettext_lazy("Kind"), document.get_kind_display()),
        (gettext_lazy("Revision"), revision.label),
        *_in_work(document, revision),
        (gettext_lazy("In force now"), standing_link(document) or _("none")),
        (gettext_lazy("Effective on"), values.day(effective_on) if effective_on else ""),
        *_planned(document, revision),
        before.author(revision),
        (gettext_lazy("Owner"), shown(document, "owner")),
        (gettext_lazy("Process"), shown(document, "process")),
        (gettext_lazy("Language"), document.get_language_display()),
        (gettext_lazy("Department"), str(document.department) if document.department_id else ""),
    ]
    if document.state not in ENDED:
        rows.append((gettext_lazy("Review again by"), values.day(document.due_on) if document.due_on else ""))
    if revision.confirmed_on:
        words = _("%(day)s: %(what)s") % {"day": values.day(revision.confirmed_on), "what": revision.confirmed_with}
        rows.append((gettext_lazy("Confirmed unchanged"), words))
    made_with = [(gettext_lazy("Made with"), filled.fact(document))] if document.made_with_id else []
    return rows + before.fact(revision) + made_with + _further(document)


def _in_work(document: Document, revision: Revision) -> list[tuple[Any, Any]]:
    """Beneath what somebody reads, that a newer one is being worked on."""
    if revision.label == document.revision:
        return []
    words = _("new revision %(label)s: %(state)s")
    state = document_workflow.state_of(document).label
    return [(gettext_lazy("Being changed"), words % {"label": document.revision, "state": state})]


def _planned(document: Document, revision: Revision) -> list[tuple[Any, Any]]:
    """The day for which a text under review is meant."""
    if document.state != "in_review" or revision.planned_on is None:
        return []
    return [(gettext_lazy("Planned to be effective on"), values.day(revision.planned_on))]


def _further(document: Document) -> list[tuple[Any, Any]]:
    """What stands in the organization's own fields, also in those that are no longer asked for."""
    if not document.more:
        return []
    return [(str(f), custom.shown(f, document.more[f.key])) for f in kinds.all_fields(document.kind) if f.key in document.more]


def address(document: Document, revision: Revision) -> str:
    return f"{addresses.of_record(document)}revision/{revision.position}/"


def standing_link(document: Document) -> SafeString | str:
    """The revision that is in force, as a link to read it; empty when none is."""
    label = document.in_force(current().today())
    if not label:
        return ""
    words = _("Revision %(label)s") % {"label": label}
    revision = next((one for one in document.all_revisions() if one.label == label and one.given_up_on is None), None)
    return link(address(document, revision), words) if revision is not None and label != document.revision else words


def sheet(document: Document) -> SafeString:
    """The revision to be read as a page; above it, while it is not in force, the way to the one that is."""
    revision, state = read_revision(document), document_workflow.state_of(document)
    if revision.label != document.revision:
        words = _("A new revision is being worked on. This is the one in force.")
        badge = state_badge("done", _("In force"))
        return mark_safe(format_html('<p class="gj-note">{}</p>', words) + drawn(document, revision, badge))
    badge = state_badge(state.tone, _standing_words(document, state))
    standing = standing_link(document)
    note = ""
    if standing and document.in_force(current().today()) != revision.label:
        note = format_html('<p class="gj-note">{} {}</p>', _("What follows is not in force yet. In force is:"), standing)
    return mark_safe(_returned(document, revision) + note + drawn(document, revision, badge))


def _returned(document: Document, revision: Revision) -> SafeString | str:
    """Above a draft that came back: who returned it and why."""
    if document.state != "draft" or revision.submitted_at is None or current().as_of is not None:
        return ""
    steps = histories({document.pk: kind_of(Document)}, limit=1, wanted=lambda entry: entry.action in ("submit", "return"))
    if not steps or steps[0].action != "return":
        return ""
    who = Person.objects.filter(pk=steps[0].actor).first()
    words = _("Returned by %(who)s: %(why)s") % {"who": who or "–", "why": steps[0].reason}
    return format_html('<p class="gj-note">{}</p>', words)


def drawn(
    document: Document, revision: Revision, badge: SafeString, *, elsewhere: str = "", linker: Linker | None = None
) -> SafeString:
    """A revision's text like a page, or its file with what is written in it; nothing of one that was disposed of.

    `elsewhere`: the address below which its file and pictures are sent where that is not the record's own page;
    `linker`: where the numbers in its text lead there.
    """
    if document.state == "disposed":
        return mark_safe("")
    text = FileText.objects.filter(digest=revision.file_digest).first() if revision.file_digest else None
    return mark_safe(
        render_to_string(
            "documents/sheet.html",
            {
                "document": document,
                "revision": revision,
                "badge": badge,
                "lang": LANG.get(revision.language, ""),
                "html": written(document, revision.text, f"{elsewhere}picture/%s/" if elsewhere else "", linker),
                "before": before.note(document, revision),
                "file_url": _file_address(document, revision, elsewhere),
                "excerpt": text.text[:EXCERPT] if text else "",
                "longer": bool(text and len(text.text) > EXCERPT),
                "problems": text.problems if text else [],
                "preview": previews.of(revision.file) if revision.file is not None else None,
            },
        )
    )


def _file_address(document: Document, revision: Revision, elsewhere: str) -> str:
    if not revision.file_id:
        return ""
    return f"{elsewhere}file/" if elsewhere else f"{addresses.of_record(document)}files/{revision.file_id}/"


def written(document: Document, text: str, picture_address: str = "", linker: Linker | None = None) -> SafeString | str:
    """A document's text as HTML, with its pictures and links; `picture_address` has %s in the place of a picture's id."""
    if not text.strip():
        return ""
    picture_address = picture_address or f"{addresses.of_record(document)}files/%s/page/1/"
    if linker is None and current().actor.id is not None:  # links to other records are for people who are signed in
        linker = references.linker(text)
    return mark_safe(markdown.to_html(text, pictures.shown(document, text, picture_address), linker))


def _standing_words(document: Document, state: Any) -> str:
    if state.name == "effective":
        return _("In force")
    if state.name == "approved" and document.effective_on:
        return _("In force from %(day)s") % {"day": values.day(document.effective_on)}
    if state.name == "withdrawn":
        return _("Withdrawn, not in force")
    return _("%(state)s, not in force") % {"state": state.label}


def revisions(document: Document) -> SafeString:
    """All revisions, the newest first."""
    if current().as_of is not None:
        return mark_safe("")
    rows = document.all_revisions()
    if len(rows) < 2:
        return mark_safe("")
    today, in_force = current().today(), document.in_force(current().today())
    return drawn_facts(
        [
            (
                link(address(document, r), _("Revision %(label)s") % {"label": named(r)}),
                revision_words(r, in_force, today) if r.given_up_on is None else _("never in force"),
            )
            for r in rows
        ]
        + (
            [(_("Compare"), link(f"{addresses.of_record(document)}compare/", _("What changed")))]
            if document.state != "disposed" and sum(row.given_up_on is None for row in rows) > 1
            else []
        ),
        in_rows=True,
    )


def revision_words(revision: Revision, in_force: str, today: Any) -> str:
    if revision.given_up_on is not None:
        words = _("taken back on %(day)s") if revision.taken_back else _("given up on %(day)s")
        return words % {"day": values.day(revision.given_up_on)}
    if revision.label == in_force:
        return (
            _("in force since %(day)s") % {"day": values.day(revision.effective_on)} if revision.effective_on else _("in force")
        )
    if revision.approved_at is None:
        return _("not approved")
    if revision.effective_on and revision.effective_on > today:
        return _("from %(day)s") % {"day": values.day(revision.effective_on)}
    return _("superseded")
