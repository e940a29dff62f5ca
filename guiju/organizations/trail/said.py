"""Entries and findings as people read them: what happened, to which record, as far as the reader may see it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from guiju.organizations.trail import subjects
from guiju.spine.registers import addresses, sentences, values
from guiju.spine.registers.declaration import by_kind
from guiju.spine.registers.seeing import rows_seen
from guiju.spine.trail.past import Moment
from guiju.spine.trail.states import field_of
from guiju.spine.trail.verify import called

# What the organization's own entries say.
OWN = {
    "check_trail": gettext_lazy("%(who)s had the audit trail checked."),
    "rename": gettext_lazy("%(who)s changed a person's name from %(name)s to %(new_name)s."),
    "trail_checked": gettext_lazy("The audit trail was checked up to entry %(entries)s. Findings: %(findings)s."),
}
# What happened to a row that has no sentence of its own, beside what it is called.
VERBS = {
    "accept": gettext_lazy("accepted"),
    "add": gettext_lazy("added"),
    "answer": gettext_lazy("answered"),
    "answer_right": gettext_lazy("answered rightly"),
    "answer_wrong": gettext_lazy("answered wrongly"),
    "approve": gettext_lazy("approved"),
    "ask": gettext_lazy("asked for"),
    "attach": gettext_lazy("attached to a record"),
    "brief_material": gettext_lazy("told to the readers"),
    "brief_minor": gettext_lazy("told to the readers"),
    "call_back": gettext_lazy("called back"),
    "carry_out": gettext_lazy("carried out"),
    "change": gettext_lazy("changed"),
    "check": gettext_lazy("checked"),
    "check_translation": gettext_lazy("checked"),
    "create": gettext_lazy("entered"),
    "destroyed": gettext_lazy("destroyed"),
    "distribute": gettext_lazy("set"),
    "distribute_end": gettext_lazy("ended"),
    "drop": gettext_lazy("no longer asked for"),
    "edition_overdue": gettext_lazy("check of the edition is overdue"),
    "empty": gettext_lazy("emptied"),
    "end": gettext_lazy("ended"),
    "erase": gettext_lazy("erased"),
    "finish": gettext_lazy("done"),
    "found": gettext_lazy("found again"),
    "give_up": gettext_lazy("given up"),
    "grant": gettext_lazy("granted"),
    "hand_over": gettext_lazy("handed over"),
    "hold": gettext_lazy("set"),
    "invite": gettext_lazy("sent"),
    "issue": gettext_lazy("given out"),
    "let_in": gettext_lazy("added"),
    "link": gettext_lazy("entered"),
    "list": gettext_lazy("listed"),
    "lost": gettext_lazy("lost"),
    "migrate": gettext_lazy("carried over by a release"),
    "plan": gettext_lazy("planned"),
    "print": gettext_lazy("printed"),
    "read": gettext_lazy("read and confirmed"),
    "release": gettext_lazy("ended"),
    "remark": gettext_lazy("entered"),
    "returned": gettext_lazy("taken back"),
    "review_overdue": gettext_lazy("review is overdue"),
    "revoke": gettext_lazy("ended"),
    "send": gettext_lazy("sent"),
    "shut_out": gettext_lazy("ended"),
    "sign": gettext_lazy("signed"),
    "take_back": gettext_lazy("taken back"),
    "take_file": gettext_lazy("begun"),
    "take_over": gettext_lazy("taken over"),
    "translate": gettext_lazy("entered"),
    "use": gettext_lazy("used"),
    "withdraw": gettext_lazy("withdrawn"),
}
# What is checked that is no row.
WHERE = {
    "chain": gettext_lazy("Chain of entries"),
    "signed head": gettext_lazy("Signed head"),
    "block": gettext_lazy("Block of the tree"),
    "key": gettext_lazy("Signing key"),
    "last heads": gettext_lazy("File beside the key"),
    "stamp": gettext_lazy("Time stamp"),
    "trigger": gettext_lazy("Protection in the database"),
}
HIDDEN = gettext_noop("a record that you may not see")


@dataclass(frozen=True)
class About:
    """The record that something is about, as far as the reader may see it."""

    number: str = ""
    title: str = ""
    url: str = ""
    hidden: bool = False


@dataclass(frozen=True)
class Told:
    """One entry. `who` is empty for what the installation did by itself; nothing of a hidden record is said but that."""

    moment: Moment
    who: str
    called: str
    sentence: str
    reason: str
    about: About


def kind_called(kind: str) -> str:
    """What people call rows of a kind."""
    register = by_kind(kind)
    try:
        found = str(register.label_one if register else called(apps.get_model(kind)))
    except LookupError:  # of a part that an older release had
        return kind
    return found[:1].upper() + found[1:]


def told(moments: Sequence[Moment]) -> list[Told]:
    """Entries in words; a bounded number of statements, however many."""
    near = {m.id: subjects.of_state(m.kind, m.record, m.state) for m in moments}
    records = subjects.records_of(near.values())
    seen = rows_seen(records.values())
    people = sentences.called_then(moments)
    return [_told(m, records.get(near[m.id]), seen, people(m)) for m in moments]


def _told(moment: Moment, record: Any, seen: Mapping[Any, Any], people: dict[UUID, str]) -> Told:
    row = seen.get(record) if record else None
    hidden = row is None and subjects.stands_beside(moment.kind)
    about = _about(row) if row is not None else About(hidden=hidden)
    who = _who(moment, people) if moment.actor else ""
    reason = "" if hidden else moment.reason
    return Told(moment, who, kind_called(moment.kind), _sentence(moment, row, people), reason, about)


def _about(row: Any) -> About:
    return About(row.number or "", values.title_of(row), addresses.of_record(row))


def _sentence(moment: Moment, row: Any, people: dict[UUID, str]) -> str:
    """The register's own sentence where the reader may see the record and it needs no other row; else the bare fact."""
    register = by_kind(row._meta.label_lower) if row is not None else None
    if register is not None:
        own = moment.kind == register.kind
        if (own or moment.action in register.sentences) and "%(row)s" not in str(register.sentences.get(moment.action, "")):
            said = sentences.sentence(register, moment, people, row)
            if said:
                return said
    if moment.action in OWN:
        return str(OWN[moment.action]) % {"entries": "", "findings": "", **moment.says, "who": _who(moment, people)}
    return _("%(what)s: %(verb)s") % {"what": kind_called(moment.kind), "verb": _verb(moment)}


def _verb(moment: Moment) -> str:
    """What happened, without a word of the record; an action that nobody has named is a change."""
    register = by_kind(moment.kind)
    step = register.workflow.transitions.get(moment.action) if register and register.workflow else None
    return str(step.label if step else VERBS.get(moment.action, VERBS["change"]))


def _who(moment: Moment, people: dict[UUID, str]) -> str:
    who = people.get(moment.actor, "") if moment.actor else _("Guiju")
    if moment.on_behalf_of:
        return _("%(who)s as deputy for %(absent)s") % {"who": who, "absent": people.get(moment.on_behalf_of, "")}
    return who


def findings(kept: Iterable[Mapping[str, Any]], base: str) -> list[dict[str, Any]]:
    """What a check found, in words: what it is, the entry and the record, and how it differs."""
    kept = list(kept)
    named = {tuple(one["row"]) for one in kept if one["row"]}
    rows = {(kind, UUID(pk)) for kind, pk in named}
    records = subjects.records_of(rows)
    seen = rows_seen(records.values())
    return [_finding(one, records, seen, base) for one in kept]


def _finding(one: Mapping[str, Any], records: Mapping[Any, Any], seen: Mapping[Any, Any], base: str) -> dict[str, Any]:
    kind = one["row"][0] if one["row"] else ""
    row = seen.get(records.get((kind, UUID(one["row"][1])))) if kind else None
    about = _about(row) if row is not None else About(hidden=bool(kind) and subjects.stands_beside(kind))
    said = _(one["says"])
    where = kind_called(kind) if kind else str(WHERE.get(one["where"], one["where"]))
    return {
        "where": where,
        # The name of a row says what it is about; of a chain or a key it is a number that nobody knows by heart.
        "name": "" if about.hidden or row is not None or one["where"] in ("chain", "signed head", "block") else one["name"],
        "part": _part(kind, one["part"]),
        "says": said % one["params"] if one["params"] else said,
        "entry": one["entry"],
        "entry_url": f"{base}?after={one['entry'] + 1}" if one["entry"] else "",
        "about": about,
    }


def _part(kind: str, part: str) -> str:
    """A field by the name that people know; what is no field of theirs is told by the sentence alone."""
    if not kind:
        return ""
    try:
        return str(field_of(apps.get_model(kind), part).verbose_name)
    except (FieldDoesNotExist, LookupError, AssertionError):
        return ""
