"""The certificate of destruction: what was on a list, who decided it, what could not be reached; on a page and on paper."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.dateparse import parse_date
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from guiju.lib.dates import show_signed
from guiju.modules.keeping import lines
from guiju.modules.keeping.models import Disposal, DisposalLine
from guiju.modules.keeping.workflow import disposal_workflow
from guiju.spine.acts import current
from guiju.spine.prints.sheets import Column, Seal, Sheet
from guiju.spine.registers import addresses, values
from guiju.spine.registers.declaration import Included, by_key
from guiju.spine.registers.markup import seal, seal_characters, section
from guiju.spine.registers.past import until
from guiju.spine.signatures.models import Signature
from guiju.spine.signatures.services import holds
from guiju.spine.signatures.services import of as signatures_of
from guiju.spine.trail.past import as_of


def unreached() -> list[str]:
    """What no erasure here can reach: said on every certificate, so that nobody takes it for more than it is (law L3)."""
    return [
        _("exports, and lists saved as files, that left this installation before"),
        _("backups of the database and of the files made before; they keep it until they are written over"),
        _("prints on paper, and files that people downloaded"),
        _("letters and messages that were sent, with what they quoted or carried"),
        _("copies of the audit trail that left the house before"),
        _("spreadsheets from which records were brought in, and what other records quote"),
        _("traces on the disk and in free pages of the database, until they are written over"),
    ]


def erased() -> str:
    """What was erased, and what stays."""
    return _(
        "Erased were titles, texts, files, further fields, remarks and comments, what readers were told, what the search"
        " and notices repeated, and what the audit trail had kept of them. Numbers, kinds, revisions, dates, digests and"
        " who signed when stay."
    )


def lines_of(disposal: Disposal) -> list[DisposalLine]:
    """The lines as they are, or as they were at the past instant of the act."""
    if current().as_of is None:
        return lines.of(disposal)
    ids = DisposalLine.objects.filter(disposal=disposal.pk).values_list("pk", flat=True)
    return sorted((line for line in as_of(DisposalLine, until(), ids) if not line.dropped), key=lambda line: line.number)


def facts(disposal: Disposal) -> list[tuple[Any, Any]]:
    return [
        (_("Documents"), str(len(lines_of(disposal)))),
        (_("Carried out at"), values.when(disposal.carried_out_at) if disposal.carried_out_at else ""),
        (_("Words to the list"), disposal.note),
    ]


# --- On a page ------------------------------------------------------------------------------------------------------


def panel(disposal: Disposal) -> Included:
    """The documents of a list with all that will tell a copy of them."""
    register = by_key("documents")
    assert register is not None
    listed = lines_of(disposal)
    seen = register.rows(current().actor).filter(pk__in=[line.document_id for line in listed])
    titles = dict(seen.values_list("pk", "title"))  # none of one that whoever reads may not see
    shown = [_line(line, addresses.of_number(register, line.number), titles.get(line.document_id, "")) for line in listed]
    when = values.when(disposal.carried_out_at) if disposal.state == "carried_out" and disposal.carried_out_at else ""
    return Included("keeping/lines.html", {"lines": shown, "erased_when": when})


def reach(disposal: Disposal) -> "Included | SafeString":
    """Below the signatures of what was carried out: what was erased, and what could not be."""
    if disposal.state != "carried_out":
        return mark_safe("")
    return Included("keeping/reach.html", {"erased": erased(), "unreached": unreached()})


def _line(line: DisposalLine, url: str, title: str) -> dict[str, Any]:
    """A line; whoever checks it sees what it is about as long as that is there."""
    return {
        "title": title,
        "number": line.number,
        "url": url,
        "kind": line.get_kind_display(),
        "rule": _rule(line),
        "revisions": [_revision(one, line) for one in line.revisions],
    }


def _rule(line: DisposalLine) -> str:
    """By which rule it may go."""
    words = ngettext(
        "out of force since %(day)s, kept %(n)s year until %(until)s",
        "out of force since %(day)s, kept %(n)s years until %(until)s",
        line.retain_years,
    )
    return words % {"day": values.day(line.out_of_force_on), "n": line.retain_years, "until": values.day(line.kept_until)}


def _revision(one: Mapping[str, str], line: DisposalLine) -> dict[str, Any]:
    digests = [(_("Content"), one["content"]), (_("Text"), one["text"]), (_("File"), one["file"])]
    return {
        "label": one["label"],
        "effective": _day(one["effective_on"]),
        "digests": [(label, digest) for label, digest in digests if digest],
        "stays": one["file"] in line.stays,
    }


def _day(text: str) -> str:
    day = parse_date(text) if text else None
    return values.day(day) if day else ""


def seals(disposal: Disposal) -> SafeString:
    drawn = []
    for one in _signatures(disposal):
        stamp = seal_characters(one.signer_then.name_zh or one.signer_then.name)
        drawn.append(
            seal(stamp, str(one.signer_then), _meaning(one, disposal), values.signed(one.signed_at), one.meaning == "carry_out")
        )
    if not drawn:
        return mark_safe("")
    return section(_("Signatures"), mark_safe(f'<div class="gj-seals">{"".join(drawn)}</div>'))


def _signatures(disposal: Disposal) -> list[Signature]:
    instant = current().as_of
    return [one for one in signatures_of([disposal]) if instant is None or one.signed_at <= instant]


def _meaning(signature: Signature, disposal: Disposal) -> str:
    meaning = str(disposal_workflow.transitions[signature.meaning].meaning)
    if signature.on_behalf_of_id:
        meaning = _("%(meaning)s, as deputy for %(name)s") % {"meaning": meaning, "name": signature.absent_then}
    if current().as_of is None and not holds(signature, disposal):
        meaning = _("%(meaning)s (of an earlier list)") % {"meaning": meaning}
    return meaning


# --- On paper -------------------------------------------------------------------------------------------------------


def parts(disposal: Disposal) -> list[tuple[int, str]]:
    return [(1, _("Certificate of destruction") if disposal.state == "carried_out" else _("List for disposal"))]


def sheet(disposal: Disposal, part: int) -> Sheet | None:
    if part != 1:
        return None
    done, state = disposal.state == "carried_out", disposal_workflow.state_of(disposal)
    listed = lines.of(disposal)
    return Sheet(
        language=get_language() or settings.LANGUAGE_CODE,
        organization=str(current().organization),
        kind=parts(disposal)[0][1],
        number=disposal.number or "",
        title=disposal.title,
        revision=str(state.label),
        state=str(state.label),
        mark="" if done else str(state.label),
        address=f"{settings.BASE_URL}{addresses.of_record(disposal)}",
        facts=[(label, value) for label, value in facts(disposal) if value],
        seals=[_seal(one, disposal) for one in _signatures(disposal)],
        notes=[_("Any SHA-256 program tells whether a file or text found later is one of these.")],
        heading=_("Documents"),
        columns=(Column(_("Number"), 1.6), Column(_("Kind"), 1.6), Column(_("Revision"), 1.1), Column(_("What it was"), 6)),
        rows=[row for line in listed for row in _rows(line)],
        text=_text() if done else "",
        controlled=False,
    )


def _rows(line: DisposalLine) -> list[list[str]]:
    made = []
    for one in line.revisions:
        shown = _revision(one, line)
        says = [_("effective on %(day)s") % {"day": shown["effective"]}] if shown["effective"] else []
        says += [f"{label}: {_grouped(digest)}" for label, digest in shown["digests"]]
        says += [_("The file stays: another record holds it too.")] if shown["stays"] else []
        made.append([line.number, str(line.get_kind_display()), one["label"], "; ".join([_rule(line), *says])])
    return made


def _grouped(digest: str) -> str:
    return " ".join(digest[n : n + 8] for n in range(0, len(digest), 8))


def _text() -> str:
    """What the paper says below the list, as Markdown of our own words."""
    left = "\n".join(f"- {words}" for words in unreached())
    return f"## {_('What was erased')}\n\n{erased()}\n\n## {_('What this could not reach')}\n\n{left}\n"


def _seal(signature: Signature, disposal: Disposal) -> Seal:
    zone = ZoneInfo(current().organization.time_zone)
    when = show_signed(signature.signed_at, get_language() or settings.LANGUAGE_CODE, zone)
    signer = signature.signer_then
    characters = seal_characters(signer.name_zh or signer.name)
    return Seal(characters, str(signer), _meaning(signature, disposal), when, signature.meaning == "carry_out")


# --- For other programs ---------------------------------------------------------------------------------------------

SCHEMAS: Mapping[str, Mapping[str, Any]] = {
    "lines": {"type": "array", "items": {"type": "object"}},
    "carried_out_at": {"type": ["string", "null"], "format": "date-time"},
}


def shows(disposals: list[Disposal], whole: bool) -> Mapping[UUID, Mapping[str, Any]]:
    """By list: when it was carried out, and with `whole` its documents with their digests."""
    return {
        one.pk: {"carried_out_at": one.carried_out_at} | ({"lines": _api(lines_of(one))} if whole else {}) for one in disposals
    }


def _api(listed: Sequence[DisposalLine]) -> list[dict[str, Any]]:
    return [line.signed() | {"stays": line.stays} for line in listed]
