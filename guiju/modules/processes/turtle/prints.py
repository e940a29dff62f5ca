"""A process on paper: what it says, its lines as tables, its flow in lanes."""

from collections.abc import Iterable, Sequence
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from guiju.lib import markdown
from guiju.lib.dates import show_signed
from guiju.modules.processes import content, revisions
from guiju.modules.processes.content import Content
from guiju.modules.processes.models import Direction, Process, ProcessRevision, in_language
from guiju.modules.processes.steps import drawing
from guiju.modules.processes.turtle import page
from guiju.modules.processes.workflow import process_workflow
from guiju.spine.acts import current
from guiju.spine.prints import drawings
from guiju.spine.prints.sheets import Seal, Sheet
from guiju.spine.registers import values
from guiju.spine.registers.markup import seal_characters
from guiju.spine.signatures.services import of as signatures_of

DRAFT = 0  # the part that is what is being worked on


def parts(process: Process) -> Sequence[tuple[int, str]]:
    """The revision in force first, then the others; what is being worked on is printed as the draft that it is."""
    rows = [row for row in revisions.of(process) if row.given_up_on is None]
    standing = revisions.in_force_position(process, rows, current().today())
    rows.sort(key=lambda row: (row.position != standing, -row.position))
    words = _("Revision %(label)s, %(state)s")
    made = [(r.position, words % {"label": r.position, "state": page.revision_words(r, standing)}) for r in rows]
    draft = [(DRAFT, words % {"label": process.revision, "state": _("draft")})] if process.state == "draft" else []
    return made + draft if standing is not None else draft + made


def sheet(process: Process, part: int) -> Sheet | None:
    """One revision, or the draft; None where there is no such part."""
    rows = [row for row in revisions.of(process) if row.given_up_on is None]
    revision = next((row for row in rows if row.position == part), None)
    if revision is None and (part != DRAFT or process.state != "draft"):
        return None
    said = content.of_revision(process, revision) if revision is not None else content.live([process])[process.pk]
    standing = revisions.in_force_position(process, rows, current().today())
    state = page.revision_words(revision, standing) if revision is not None else _("draft")
    label = revision.position if revision is not None else process.revision
    address = page.address(process, label)
    return Sheet(
        language=get_language() or settings.LANGUAGE_CODE,
        organization=str(current().organization),
        kind=str(process._meta.verbose_name),
        number=process.number or "",
        title=str(said.process),
        revision=_("Revision %(label)s") % {"label": label},
        state=state,
        mark="" if revision is not None and revision.position == standing else _("Not in force"),
        address=f"{settings.BASE_URL}{address}",
        facts=_facts(said, revision),
        seals=_seals(revision) if revision is not None else (),
        text="\n\n".join(_text(said)),
        drawing=drawing.drawn(said.steps, style=drawings.STYLE),
        says={"revision": str(label)},
    )


def _facts(said: Content, revision: ProcessRevision | None) -> list[tuple[str, str]]:
    process = said.process
    rows = [
        (_("Kind"), process.get_kind_display()),
        (_("Owner"), str(process.owner) if process.owner_id else ""),
        (_("Effective on"), values.day(revision.effective_on) if revision and revision.effective_on else ""),
        (_("Clauses served"), process.clauses),
        (_("Where it runs"), ", ".join(str(place) for place in said.places)),
        (_("What the owner may decide"), process.owner_authority),
    ]
    return [(label, value) for label, value in rows if value]


def _seals(revision: ProcessRevision) -> list[Seal]:
    zone, language = ZoneInfo(current().organization.time_zone), get_language() or settings.LANGUAGE_CODE
    meanings = {name: str(door.meaning) for name, door in process_workflow.transitions.items()}
    return [
        Seal(
            seal_characters(one.signer_then.name_zh or one.signer_then.name),
            str(one.signer_then),
            meanings.get(one.meaning, one.meaning),
            show_signed(one.signed_at, language, zone),
            one.meaning == "approve",
        )
        for one in signatures_of([revision])
    ]


def _text(said: Content) -> Iterable[str]:
    """The content as Markdown of ours; what people wrote is escaped."""
    process = said.process
    for title, text in (
        (_("Purpose"), in_language(process, "purpose")),
        (_("How we know that it runs well"), in_language(process, "criteria")),
        (_("What others do"), process.outsourced_part),
        (_("How their work is controlled"), process.outsourced_control),
    ):
        if text.strip():
            yield f"## {title}"
            yield "\n\n".join(_plain(line) for line in text.splitlines() if line.strip())
    flows = [
        (f.get_direction_display(), str(f), str(f.other) if f.other_id else in_language(f, "outside_party"), f.expected)
        for direction in Direction
        for f in said.flows
        if f.direction == direction
    ]
    yield from _table(_("Inputs and outputs"), (_("Direction"), _("What"), _("From or to"), _("What is expected of it")), flows)
    needs = [(n.get_kind_display(), str(n), n.own_capability, n.shortage_decision) for n in said.needs]
    yield from _table(
        _("With what"), (_("Kind"), _("What is needed"), _("What we can do ourselves"), _("What was decided")), needs
    )
    people = [(str(one), in_language(one, "does")) for one in said.participants]
    yield from _table(_("With whom"), (_("Who"), _("What they do")), people)
    steps = [
        (
            str(s.position),
            in_language(s, "lane"),
            in_language(s, "what"),
            in_language(s, "goes_to"),
            ", ".join(markdown.references(s.document)),
        )
        for s in said.steps
    ]
    yield from _table(_("Steps"), (_("Step"), _("Who"), _("What"), _("Goes on to"), _("Document")), steps)


def _table(title: str, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterable[str]:
    if rows:
        yield f"## {title}"
        lines = [heads, ["---"] * len(heads), *([_plain(cell) for cell in row] for row in rows)]
        yield "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _plain(text: str) -> str:
    """A text that Markdown shows as it is, in one line."""
    return "".join(f"\\{c}" if c in "\\`*_{}[]()#+-!|<>~&." else c for c in " ".join(text.split()))
