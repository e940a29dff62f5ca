"""A sheet becomes a PDF. Nothing of this runs inside a transaction (law L11)."""

import io
import re
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import segno
from django.utils import translation
from django.utils.translation import gettext as _

from guiju.lib.dates import show_instant
from guiju.lib.pdf import Missing, missing_glyphs, typeset_close
from guiju.lib.pdf.blocks import Data, blocks
from guiju.lib.pdf.stamping import stamped
from guiju.lib.problems import Unreadable
from guiju.spine.acts import current
from guiju.spine.prints import files
from guiju.spine.prints.drawings import words_of
from guiju.spine.prints.sheets import Sheet

SLOW_BYTES, SLOW_TEXT = 600_000, 300_000  # a file, a text from which on a print may take more than two seconds
_ATTACHMENT = re.compile(r"^attachment:([0-9a-f-]{36})$", re.IGNORECASE)


def is_slow(sheet: Sheet) -> bool:
    """Whether a print takes so long that the worker should make it."""
    if len(sheet.text) > SLOW_TEXT:
        return True
    if sheet.file is None or not sheet.file.path.exists():
        return False
    return files.way(sheet.file) == "office" or sheet.file.path.stat().st_size > SLOW_BYTES


def boxed(sheet: Sheet) -> list[Missing]:
    """The characters for which no font here has a shape; each is printed as its code in a frame (law L20)."""
    return [one for one in missing_glyphs("".join(_words(sheet))) if not one.family]


def _words(sheet: Sheet) -> list[str]:
    facts = [part for fact in sheet.facts for part in fact]
    seals = [part for one in sheet.seals for part in (one.characters, one.name, one.meaning)]
    rows = [cell for row in sheet.rows for cell in row]
    own = [sheet.organization, sheet.kind, sheet.number, sheet.title, sheet.control, sheet.text]
    return [*own, *sheet.notes, *facts, *seals, *rows, words_of(sheet.drawing)]


def made(sheet: Sheet, *, fingerprint: str = "") -> bytes:
    """The PDF. `fingerprint` is the installation's, shown in the footer when it is given (law L7)."""
    with translation.override(sheet.language):
        return _Print(sheet, current().now(), fingerprint).made()


class _Print:
    """One print while it is being made."""

    def __init__(self, sheet: Sheet, at: datetime, fingerprint: str) -> None:
        self.sheet, self.at, self.fingerprint = sheet, at.replace(microsecond=0), fingerprint
        self.pictures: dict[str, bytes] = {"drawing.svg": sheet.drawing.encode()} if sheet.drawing else {}
        self.notes = list(sheet.notes)
        self.missing = {one.character: _no_font(one) for one in boxed(sheet)}
        self.blocks = self._text()

    def made(self) -> bytes:
        file = self.sheet.file
        if file is None:
            return self._set()
        self.notes.append(_("The file %(name)s, SHA-256 %(digest)s.") % {"name": file.name, "digest": _grouped(file.digest)})
        try:
            files.refuse_if_altered(file)
            return self._with_file()
        except Unreadable as why:
            self.notes[-1] += " " + files.reason(why.code, why.params)
            if file.address and why.code not in ("gone", "altered"):
                self.notes[-1] += " " + _(
                    "This sheet is its cover alone; the original is downloaded at the address on this sheet."
                )
            return self._set()

    def _with_file(self) -> bytes:
        file = self.sheet.file
        assert file is not None
        match files.way(file):
            case "pages" | "office":
                return self._with_pages()
            case "picture":
                self.pictures["file.webp"] = files.drawn(file.path)
                self.blocks.append({"t": "p", "c": [{"t": "picture", "name": "file.webp", "alt": file.name}]})
            case "text":
                self.missing |= {
                    one.character: _no_font(one) for one in missing_glyphs(files.text_of(file.path)) if not one.family
                }
                self.blocks += _without_title(files.text_blocks(file, self.missing), self.sheet.title)
            case _:
                raise Unreadable("no_program" if file.ending in files.office.ENDINGS else "kind")
        return self._set()

    def _with_pages(self) -> bytes:
        assert self.sheet.file is not None
        with files.as_pages(self.sheet.file) as (source, sizes):
            percent = files.reduced_to(sizes)
            note = _("Its pages follow, reduced to %(percent)s %% to make room for what stands above and below them.")
            whole = self.notes[-1] + " " + note % {"percent": percent}
            data = self._data([*self.notes[:-1], whole])
            return stamped(source, data, at=self.at, pictures=self.pictures, sizes=sizes)

    def _set(self) -> bytes:
        return typeset_close("sheet", self._data(self.notes), at=self.at, pictures=self.pictures)

    def _text(self) -> list[Data]:
        return _without_title(blocks(self.sheet.text, picture=self._picture, notes=self.missing), self.sheet.title)

    def _picture(self, src: str) -> str | None:
        """The name under which a picture of the text is given to the template; None when it cannot be shown."""
        found = _ATTACHMENT.match(src)
        path = self.sheet.picture(found[1].lower()) if found else None
        if path is None:
            return None
        name = f"{len(self.pictures)}.webp"
        with suppress(Unreadable):
            self.pictures[name] = files.drawn(path)
            return name
        return None

    def _data(self, notes: list[str]) -> dict[str, Any]:
        sheet, at = self.sheet, self.at.astimezone(UTC)
        notes = [*notes, *self._boxes()]
        return {
            "language": "zh" if sheet.chinese else "en",
            "title": sheet.title,
            "author": sheet.organization,
            "keywords": [sheet.number],
            "made": {part: getattr(at, part) for part in ("year", "month", "day", "hour", "minute", "second")},
            "organization": sheet.organization,
            "kind": sheet.kind,
            "number": sheet.number,
            "revision": sheet.revision,
            "comma": _(", "),
            "page": _("page %(page)s of %(pages)s") % {"page": "{page}", "pages": "{pages}"},
            "following": 0,
            "mark": sheet.mark,
            "state": sheet.state,
            "qr": _qr(sheet.address),
            "address": sheet.address,
            **self._footer(),
            "facts": [list(fact) for fact in sheet.facts],
            "seals": [vars(one) for one in sheet.seals],
            "notes": notes,
            "revisions": {
                "title": sheet.heading or _("Record of revisions"),
                "columns": [one.label for one in sheet.columns],
                "widths": [one.width for one in sheet.columns],
                "rows": [list(row) for row in sheet.rows],
            },
            "blocks": self.blocks,
            "drawing": words_of(self.sheet.drawing),
        }

    def _footer(self) -> dict[str, str]:
        acting, controlled = current(), self.sheet.controlled
        when = show_instant(self.at, self.sheet.language, ZoneInfo(acting.organization.time_zone))
        who = str(getattr(acting.actor, "person", "") or "Guiju")
        return {
            "control": self.sheet.control or (_("Uncontrolled when printed.") if controlled else ""),
            "scan": _("Scan to see whether this revision is in force.") if controlled else _("Scan to see it where it is kept."),
            "printed": _("Printed %(when)s, by %(who)s") % {"when": when, "who": who},
            "fingerprint": _("Signing key's fingerprint: %(fingerprint)s") % {"fingerprint": self.fingerprint}
            if self.fingerprint
            else "",
        }

    def _boxes(self) -> list[str]:
        """The foot note of characters that stand outside the text; those of the text have theirs where they stand."""
        return [_("In frames, by their codes:") + " " + _("; ").join(self.missing.values())] if self.missing else []


def _no_font(one: Missing) -> str:
    what = f"{one.code} {one.name}".strip()
    return _("%(what)s, a character for which there is no font here") % {"what": what}


def _without_title(found: list[Data], title: str) -> list[Data]:
    """A text that begins with its own title does not say it twice."""
    if found and found[0]["t"] == "h":
        said = "".join(piece.get("s", "") for piece in found[0]["c"]).strip().casefold()
        if said == title.strip().casefold():
            return _raised(found[1:])
    return found


def _raised(found: list[Data]) -> list[Data]:
    """Headings below a title that was taken away stand one higher, where all of them do."""
    headings = [block for block in found if block["t"] == "h"]
    if headings and all(block["level"] > 2 for block in headings):
        for block in headings:
            block["level"] -= 1
    return found


def _grouped(digest: str) -> str:
    return " ".join(digest[n : n + 8] for n in range(0, len(digest), 8))


def _qr(address: str) -> str:
    drawn = io.BytesIO()
    segno.make(address, error="m", micro=False).save(drawn, kind="svg", border=0, xmldecl=False, dark="#14171c")
    return drawn.getvalue().decode()
