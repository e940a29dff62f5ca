"""Reading a folder: what each file is, what is proposed for it, and which files repeat another. Writes nothing."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from hashlib import file_digest
from operator import attrgetter
from pathlib import Path, PurePosixPath

from django.utils.translation import gettext_noop as _

from guiju.lib.archives import Found
from guiju.lib.extraction import Reader
from guiju.lib.proposals import propose, stale_name
from guiju.lib.similarity import near_duplicates
from guiju.modules.documents.forms import is_taken
from guiju.spine.acts import current

ALIKE = 0.8  # from this share of common wording on two files are named as near-duplicates
SAME = 0.95  # from this on a file with a name like "old copy" is a stale copy

# Files that accompany a folder and are no documents of the system.
ACCOMPANYING = ("license", "licence", "copying", "notice", "readme", "changelog")

# What is said of files that are left aside or could not be read well, by the codes of the readers.
WORDS = {
    "lock_file": _("Left aside: a lock file of an office program."),
    "system_file": _("Left aside: a file of the operating system."),
    "mac_resource": _("Left aside: resource data of a Mac archive."),
    "temporary_file": _("Left aside: a temporary file."),
    "hidden": _("Left aside: a hidden file."),
    "link": _("Left aside: a link to another place."),
    "special_file": _("Left aside: not a file with content."),
    "outside": _("Refused: its name leads out of the folder."),
    "too_large": _("Refused: it is larger than what is taken here."),
    "too_many": _("Refused: there are more files than are taken at once."),
    "encrypted": _("Kept; its text could not be read: it is protected by a password."),
    "locked": _("Refused: it cannot be taken out of the archive, which is damaged or protected by a password."),
    "zip_bomb": _("Refused: it unpacks to far more than it should."),
    "unreadable": _("Kept; its text could not be read: the file is damaged or of an unknown kind."),
    "empty": _("Refused: the file is empty (0 bytes)."),
    "timeout": _("Kept; its text could not be read in time."),
    "unsupported": _("Kept; files of this kind have no text to read."),
    "macros": _("It contains macros; they are kept and never run."),
    "external_links": _("It refers to contents elsewhere; they are not loaded."),
    "kind_mismatch": _("Its content is of another kind than its name says."),
    "wrong_encoding": _("Kept; its characters could not be decoded."),
    "text_cut": _("It is very long; only the beginning is searched."),
    "no_text": _("Kept; it is made of pictures without text."),
    "accompanying": _("Left aside: it accompanies the folder and is no document of the system."),
    "already": _("Here already as %(number)s."),
    "stale": _("Left aside: a stale copy of %(path)s."),
    "same": _("Left aside: the same file as %(path)s, byte for byte."),
    "alike": _("It reads much like %(path)s (%(share)s %%)."),
    "unfit": _("Left aside: files of this kind are not taken as documents."),
    "refused": _("Refused: %(why)s"),
    "deselected": _("Left aside, as you chose."),
    "day_unread": _("%(said)s is no day in the past that can be read; it is not taken as a stated day."),
    "day_order": _("It says that it was approved on %(on)s, later than in force since %(since)s; neither is taken."),
    "number_used": _("The number %(number)s is used already; it gets the next free one."),
}
LOCKED = {"encrypted": "locked", "unreadable": "locked"}  # of a member that does not come out of its archive
# Codes with which a file is not taken at all; with the others it is kept.
REFUSING = frozenset({"empty", "zip_bomb", "outside", "too_large", "too_many"})


@dataclass
class Item:
    """One file of the folder and what is meant to become of it: "document" or "left_out"."""

    path: str
    size: int
    outcome: str = "document"
    digest: str = ""
    title: str = ""
    kind: str = ""
    number: str = ""
    revision: str = ""
    language: str = ""
    stated_since: date | None = None
    stated_by: str = ""
    stated_on: date | None = None
    text: str = ""
    notes: list[dict] = field(default_factory=list)
    place: Path | None = None

    def leave(self, code: str, **params: str) -> None:
        self.outcome = "left_out"
        self.say(code, **params)

    def say(self, code: str, **params: str) -> None:
        self.notes.append({"code": code, **params})


PlaceOf = Callable[[Found], Path | None]


def survey(found: Iterable[Found], place_of: PlaceOf = attrgetter("path")) -> list[Item]:
    """Every file, in the order of their paths. `place_of` puts a file where it can be read and answers the place.

    Nothing is skipped in silence: what is left aside is an item with its reason.
    """
    items: list[Item] = []
    with Reader() as reader:
        for one in found:
            item = Item(one.path_in_tree, one.size)
            items.append(item)
            if one.ignored:
                item.leave(LOCKED.get(one.ignored, one.ignored))
            elif PurePosixPath(one.path_in_tree).stem.casefold() in ACCOMPANYING:
                item.leave("accompanying")
            elif not is_taken(one.path_in_tree):
                item.leave("unfit")
            else:
                _read(item, one, place_of, reader)
    items.sort(key=lambda item: item.path)
    _repeated(items)
    return items


def _read(item: Item, found: Found, place_of: PlaceOf, reader: Reader) -> None:
    place = place_of(found)
    if place is None:
        item.leave("unreadable")
        return
    item.place = place
    with place.open("rb") as stream:
        item.digest = file_digest(stream, "sha256").hexdigest()
    read = reader.extract(place, PurePosixPath(item.path).name)
    for problem in read.problems:
        if problem.code in REFUSING:
            item.leave(problem.code)
            return
        item.say(problem.code)
    item.text = read.text.replace("\x00", "")
    proposal = propose(item.path, item.text, read.title, read.cover)
    item.title, item.kind, item.language = proposal.title, proposal.kind, proposal.language
    item.number, item.revision = (proposal.number or "")[:60], (proposal.revision or "")[:20]
    item.stated_since, item.stated_on = (_day_of(item, read.cover.get(key, "")) for key in ("effective_on", "approved_on"))
    if item.stated_since and item.stated_on and item.stated_on > item.stated_since:
        item.say("day_order", on=item.stated_on.isoformat(), since=item.stated_since.isoformat())
        item.stated_since = item.stated_on = None
    item.stated_by = read.cover.get("approver", "")[:200]


def _day_of(item: Item, text: str) -> date | None:
    """A day that the cover says; what cannot be taken is named."""
    day = day_said(text)
    if day is None and text.strip():
        item.say("day_unread", said=text.strip()[:60])
    return day


def day_said(text: str) -> date | None:
    """A day in the past that is written as a date; None for anything else, since nothing is guessed here."""
    try:
        day = date.fromisoformat(text.strip())
    except ValueError:
        return None
    return day if day <= current().today() else None


def _repeated(items: Sequence[Item]) -> None:
    """Name files that repeat another: the same bytes, a stale copy, or much the same words."""
    documents = [item for item in items if item.outcome == "document"]
    first: dict[str, Item] = {}
    for item in sorted(documents, key=lambda i: (stale_name(i.path), i.path)):
        original = first.setdefault(item.digest, item)
        if original is not item:
            item.leave("stale" if stale_name(item.path) else "same", path=original.path)
    left = [item for item in documents if item.outcome == "document"]
    by_path = {item.path: item for item in left}
    for a, b, share in near_duplicates([(item.path, item.text) for item in left if item.text.strip()], ALIKE):
        one, other = by_path[a], by_path[b]
        stale, kept = (one, other) if stale_name(a) and not stale_name(b) else (other, one)
        if stale_name(stale.path) and not stale_name(kept.path) and share >= SAME and stale.outcome == "document":
            stale.leave("stale", path=kept.path)
        else:
            for item, path in ((one, b), (other, a)):
                item.say("alike", path=path, share=str(round(share * 100)))
