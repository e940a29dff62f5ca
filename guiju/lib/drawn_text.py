"""How much room a text takes in a drawing, approximately, and how it is broken to fit. Drawings are made where no font is."""

import unicodedata

WIDE, NARROW, PLAIN, CAPITAL = 1.0, 0.31, 0.545, 0.66  # of the size of the type, for a face like those of our pages
THIN = frozenset("iljtfrI.,:;'|!()[] ·")
NOT_FIRST = frozenset("，。、；：？！）》」』”’,.;:?!)]%")  # never at the beginning of a line


def width(text: str, size: float) -> float:
    """The width of one line of text."""
    return size * sum(map(_advance, text))


def _advance(character: str) -> float:
    if unicodedata.east_asian_width(character) in "WF":
        return WIDE
    if unicodedata.combining(character):
        return 0.0
    if character in THIN:
        return NARROW
    return CAPITAL if character.isupper() or character in "mwMW@%&" else PLAIN


def lines(text: str, size: float, room: float, most: int) -> tuple[str, ...]:
    """A text in at most so many lines of a width; what does not fit ends with an ellipsis. Never without a line."""
    made: list[str] = []
    line = ""
    for piece in _pieces(" ".join(text.split())):
        if width((line + piece).rstrip(), size) <= room or (not line and width(piece, size) <= room):
            line += piece
            continue
        if line.strip():
            made.append(line.rstrip())
        line = piece.lstrip()
        while width(line, size) > room and len(line) > 1:
            cut = _fitting(line, size, room)
            made.append(line[:cut])
            line = line[cut:]
    if line.strip() or not made:
        made.append(line.rstrip())
    if len(made) <= most:
        return tuple(made)
    return (*made[: most - 1], shortened(made[most - 1] + "…", size, room))


def shortened(text: str, size: float, room: float) -> str:
    """One line of a text, with an ellipsis where it was cut."""
    if width(text, size) <= room:
        return text
    kept = text.rstrip("…")
    while kept and width(kept.rstrip() + "…", size) > room:
        kept = kept[:-1]
    return kept.rstrip() + "…"


def _fitting(text: str, size: float, room: float) -> int:
    """How many characters of a long word fit, at least one."""
    cut = 1
    while cut < len(text) and width(text[: cut + 1], size) <= room:
        cut += 1
    return cut


def _pieces(text: str) -> list[str]:
    """What a line may be broken between: words with the blank after them, and single Chinese characters."""
    made: list[str] = []
    for character in text:
        wide = unicodedata.east_asian_width(character) in "WF"
        before = made[-1] if made else " "
        if character in NOT_FIRST and made:
            made[-1] += character
        elif wide or before.endswith(" ") or unicodedata.east_asian_width(before[-1]) in "WF":
            made.append(character) if character != " " else _append(made, character)
        else:
            made[-1] += character
    return made


def _append(made: list[str], character: str) -> None:
    if made:
        made[-1] += character
