"""What changed between two texts: by paragraph, and within a paragraph by word and Chinese character."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from typing import Literal

from guiju.lib.markdown import paragraphs
from guiju.lib.words import HAN

ALIKE = 0.45  # from this share of common pieces on, a paragraph counts as the other one changed
MANY = 4_000_000  # pairs of pieces, beyond which frequent pieces are passed over to stay quick

_PIECES = re.compile(rf"[{HAN}]|[^\W{HAN}]+|\s+|[^\w\s]")


@dataclass(frozen=True)
class Paragraph:
    """One paragraph, line of a list or row of a table, and the heading under which it stands."""

    text: str
    heading: str = ""


@dataclass(frozen=True)
class Piece:
    """A run of a paragraph, and whether it stands in both texts, only in the new or only in the old one."""

    text: str
    kind: Literal["same", "new", "gone"]


@dataclass(frozen=True)
class Change:
    """One paragraph that is not as it was. `before` is empty for a new one, `after` for one that is gone.

    `both` is the old and the new one in one text: what is gone, then what came, where it changed.
    """

    kind: Literal["changed", "new", "gone"]
    heading: str
    before: tuple[Piece, ...]
    after: tuple[Piece, ...]
    both: tuple[Piece, ...]

    @property
    def new_text(self) -> str:
        return "".join(piece.text for piece in self.after)

    @property
    def old_text(self) -> str:
        return "".join(piece.text for piece in self.before)


@dataclass(frozen=True)
class Step:
    """A stretch of the comparison, for showing the whole: paragraphs that stayed, or one change."""

    same: tuple[Paragraph, ...] = ()
    change: Change | None = None


def of_markdown(text: str) -> list[Paragraph]:
    return [Paragraph(line.replace("\t", " | "), heading) for line, heading in paragraphs(text)]


def of_lines(text: str) -> list[Paragraph]:
    """Of a text without marks, as it was read from a file: each line that is not empty."""
    return [Paragraph(" ".join(line.split())) for line in text.splitlines() if line.strip()]


def compare(old: Sequence[Paragraph], new: Sequence[Paragraph]) -> list[Step]:
    """The way from one text to the other, in the order of the new one; paragraphs are compared without their spacing.

    Source of the method: longest matching blocks (Ratcliff and Obershelp 1988, as in the standard library's difflib).
    """
    keys = [_key(one.text) for one in old], [_key(one.text) for one in new]
    matcher = SequenceMatcher(None, *keys, autojunk=len(old) * len(new) > MANY)
    steps: list[Step] = []
    for verb, a1, a2, b1, b2 in matcher.get_opcodes():
        if verb == "equal":
            steps.append(Step(same=tuple(new[b1:b2])))
        else:
            steps += [Step(change=one) for one in _changed(old[a1:a2], new[b1:b2])]
    return steps


def changes(old: Sequence[Paragraph], new: Sequence[Paragraph]) -> list[Change]:
    """Only what changed."""
    return [step.change for step in compare(old, new) if step.change is not None]


def extent(old: str, new: str) -> tuple[int, int, int]:
    """How many paragraphs of a text changed, came and went, without looking into them: quick, however long the text is."""
    keys = [one.text for one in of_lines(old)], [one.text for one in of_lines(new)]
    matcher = SequenceMatcher(None, *keys, autojunk=len(keys[0]) * len(keys[1]) > MANY)
    changed = came = went = 0
    for verb, a1, a2, b1, b2 in matcher.get_opcodes():
        if verb != "equal":
            both = min(a2 - a1, b2 - b1)
            changed, came, went = changed + both, came + b2 - b1 - both, went + a2 - a1 - both
    return changed, came, went


def _key(text: str) -> str:
    return " ".join(text.split())


def _changed(old: Sequence[Paragraph], new: Sequence[Paragraph]) -> Iterator[Change]:
    """The changes of a stretch: paragraphs that are alike belong together, the others went or came."""
    pairs = dict(_pairs(old, new))
    done = 0
    for place, one in enumerate(new):
        before = pairs.get(place)
        if before is None:
            came = (Piece(one.text, "new"),)
            yield Change("new", one.heading, (), came, came)
            continue
        yield from (_gone(gone) for gone in old[done:before])
        done = before + 1
        yield _within(old[before], one)
    yield from (_gone(gone) for gone in old[done:])


def _gone(one: Paragraph) -> Change:
    went = (Piece(one.text, "gone"),)
    return Change("gone", one.heading, went, (), went)


def _pairs(old: Sequence[Paragraph], new: Sequence[Paragraph]) -> Iterator[tuple[int, int]]:
    """Which new paragraph is which old one changed: each takes the first that is alike after the one taken before."""
    if len(old) == len(new) == 1 and _alike(old[0].text, new[0].text) >= ALIKE / 2:
        yield 0, 0
        return
    after = 0
    for place, one in enumerate(new):
        likeness = [(_alike(old[i].text, one.text), -i) for i in range(after, min(len(old), after + 40))]
        best = max(likeness, default=(0.0, 0))
        if best[0] >= ALIKE:
            after = -best[1] + 1
            yield place, -best[1]


def _alike(old: str, new: str) -> float:
    """The share of pieces that two paragraphs have in common, 0 to 1, whatever their order."""
    a, b = _words(old), _words(new)
    if not a or not b:
        return 0.0
    common = sum(min(a.count(word), b.count(word)) for word in set(a) & set(b))
    return 2 * common / (len(a) + len(b))


def _words(text: str) -> list[str]:
    return [piece for piece in _PIECES.findall(text) if not piece.isspace()]


def _within(old: Paragraph, new: Paragraph) -> Change:
    a, b = _PIECES.findall(old.text), _PIECES.findall(new.text)
    matcher = SequenceMatcher(None, a, b, autojunk=len(a) * len(b) > MANY)
    both: list[Piece] = []
    for verb, a1, a2, b1, b2 in matcher.get_opcodes():
        if verb == "equal":
            both.append(Piece("".join(b[b1:b2]), "same"))
        else:
            both += [Piece("".join(a[a1:a2]), "gone")] if a2 > a1 else []
            both += [Piece("".join(b[b1:b2]), "new")] if b2 > b1 else []
    before, after = ([piece for piece in both if piece.kind != other] for other in ("new", "gone"))
    return Change("changed", new.heading, _joined(before), _joined(after), tuple(both))


def _joined(pieces: Sequence[Piece]) -> tuple[Piece, ...]:
    """Blanks between two changed runs belong to them, so that a changed sentence is one run and not many."""
    made: list[Piece] = []
    for place, piece in enumerate(pieces):
        between = piece.kind == "same" and piece.text.isspace() and 0 < place < len(pieces) - 1
        kind = made[-1].kind if between and made else piece.kind
        if made and made[-1].kind == kind:
            made[-1] = replace(made[-1], text=made[-1].text + piece.text)
        else:
            made.append(Piece(piece.text, kind))
    return tuple(made)


def minutes(found: Sequence[Change]) -> int:
    """About how long the changes take to read, in minutes, at least one: 200 words or 300 Chinese characters a minute."""
    text = " ".join(change.new_text or change.old_text for change in found)
    chinese = len(re.findall(f"[{HAN}]", text))
    words = len(re.findall(rf"[^\W{HAN}]+", text))
    return max(1, round(chinese / 300 + words / 200))
