"""What the cover, header or front matter of a document says of it: number, revision, dates, people.

Labels are looked for in tables (label beside value, or labels over values) and in lines of "label: value",
in English and Chinese, at the beginning of a document only.
"""

import re
from collections.abc import Iterable, Sequence

from guiju.lib.extraction.labels import IN_LINE, NARROW, OF_FRONT_MATTER, WEAK_DATES, key_of, plain_label
from guiju.lib.extraction.result import Block
from guiju.lib.extraction.written_dates import iso_date, without_dates

_END_OF_VALUE = re.compile(r"\t|\u3000|\s{2,}|\s*[|;\uff1b]\s*")
_PLACEHOLDER = re.compile(
    r"(?i)^([\W_]*|x{2,}|n\.?/?a\.?|none|tbd|tba|todo|y{2,}.*|无|待定|暂无|<.*>|\[.*\]|\{.*\}|enter .*|insert .*|请填写.*)$"
)
_WEAK_DATE = re.compile(r"(?i)^\s*(?:date|日期)\s*:\s*(.+)$")
_AFTER_NAME = re.compile(r"(?i)\s*[/,(\uff0c\uff08]?\s*(date|signature|日期|签名|签字)\s*[:\uff1a]?.*$")
FIRST_BLOCKS = 60


def cover_of(blocks: Sequence[Block], front_matter: Sequence[Block] = (), margins: Iterable[Block] = ()) -> dict[str, str]:
    """Keys and values said by front matter, by the beginning of the text, and by headers and footers, in this order."""
    found: dict[str, str] = {}
    for block in front_matter:
        label, value = block.cells
        _keep(found, OF_FRONT_MATTER.get(plain_label(label)), value)
    for part in (blocks[:FIRST_BLOCKS], list(margins)):
        _from_tables(found, part)
        for block in part:
            for line in (block.cells or (block.text,)) if block.level is None else ():
                _from_line(found, line)
    return found


def _keep(found: dict[str, str], key: str | None, value: str) -> None:
    value = " ".join(value.split()).strip(" *")
    if key is None or key in found or _PLACEHOLDER.match(value):
        return
    kept = _FITS[key](value)
    if kept:
        found[key] = kept


def _from_tables(found: dict[str, str], blocks: Sequence[Block]) -> None:
    position = 0
    while position < len(blocks):
        end = position
        while end < len(blocks) and blocks[end].cells:
            end += 1
        if end > position:
            _from_table(found, [block.cells for block in blocks[position:end]])
        position = max(end, position + 1)


def _from_table(found: dict[str, str], rows: Sequence[tuple[str, ...]]) -> None:
    rows = [row for row in rows if any(cell.strip() for cell in row)]
    keys = [[key_of(cell) for cell in row] for row in rows]
    for number, row in enumerate(rows):
        labels = sum(key is not None for key in keys[number])
        if labels >= 2 and labels * 3 >= len([cell for cell in row if cell.strip()]) * 2 and not _beside(keys[number], row):
            _under(found, row, rows[number + 1 :])
            continue
        for place, key in enumerate(keys[number]):
            if key is None or not (len(row) == 2 or len(rows) == 1 or _labels_in_column(keys, place) > 1):
                continue  # the head of a column of data
            value = next((cell for cell in row[place + 1 :] if cell.strip() and cell != row[place]), "")
            if key_of(value) is None:
                _keep(found, key, value)


def _labels_in_column(keys: Sequence[Sequence[str | None]], place: int) -> int:
    return sum(len(row) > place and row[place] is not None for row in keys)


def _beside(keys: Sequence[str | None], row: Sequence[str]) -> bool:
    """Whether a row reads label, value, label, value."""
    values = [cell for cell in row[1::2] if cell.strip()]
    return (
        all(keys[0::2]) and bool(values) and not any(keys[1::2]) and not any(plain_label(cell) in WEAK_DATES for cell in values)
    )


def _under(found: dict[str, str], labels: Sequence[str], below: Sequence[tuple[str, ...]]) -> None:
    """Labels over values: one row is the cover, more are a history of which the highest revision counts."""
    keys = [key_of(cell) or ("effective_on" if plain_label(cell) in WEAK_DATES else None) for cell in labels]
    rows = []
    for row in below:
        if len(row) != len(labels) or any(key_of(cell) for cell in row):
            break
        rows.append(row)
    if len(rows) > 1:
        if "revision" not in keys:
            return
        rows = [max(rows, key=lambda row: _natural(row[keys.index("revision")]))]
        keys = [key if key in {"revision", "effective_on"} else None for key in keys]
    for row in rows:
        for key, value in zip(keys, row, strict=True):
            _keep(found, key, value)


def _from_line(found: dict[str, str], line: str) -> None:
    line = line.strip().strip("*").strip()
    if not line or len(line) > 400:
        return
    narrow = line.translate(NARROW)
    labels = list(IN_LINE.finditer(narrow))
    if len(labels) == 1 and narrow[: labels[0].start()].strip(" ("):
        return  # a sentence that happens to contain the word
    for number, label in enumerate(labels):
        end = labels[number + 1].start() if number + 1 < len(labels) else len(line)
        value = _END_OF_VALUE.split(line[label.end() : end].strip(), maxsplit=1)[0]
        _keep(found, key_of(label[1]), value)
    if not labels and (weak := _WEAK_DATE.match(narrow)) and iso_date(weak[1]):
        _keep(found, "effective_on", weak[1])


def _natural(text: str) -> tuple[tuple[int, int | str], ...]:
    return tuple((0, int(piece)) if piece.isdigit() else (1, piece.casefold()) for piece in re.findall(r"\d+|[A-Za-z]+", text))


def _number(value: str) -> str | None:
    value = re.sub(r"[.,;\uff0c\uff1b。]+$", "", value)
    return value if len(value) <= 40 and re.search(r"\d", value) and len(value.split()) <= 4 and not iso_date(value) else None


def _revision(value: str) -> str | None:
    plausible = len(value) <= 20 and (re.search(r"\d", value) or re.fullmatch(r"[A-Za-z](/[A-Za-z0-9]+)?", value))
    plausible = plausible or re.fullmatch(r"第?[一二三四五六七八九十]+版?", value)
    return value if plausible and not iso_date(value) else None


def _date(value: str) -> str | None:
    return iso_date(value) or (value if len(value) <= 30 and len(re.findall(r"\d", value)) >= 3 else None)


def _person(value: str) -> str | None:
    value = re.sub(r"^[\W_]+|[\W_]+$", "", _AFTER_NAME.sub("", without_dates(value)))
    return value if 2 <= len(value) <= 60 and not re.fullmatch(r"[\W\d_]+", value) else None


def _short(value: str) -> str | None:
    return value if 2 <= len(value) <= 160 else None


_FITS = {
    "number": _number,
    "revision": _revision,
    "title": _short,
    "effective_on": _date,
    "approved_on": _date,
    "author": _person,
    "reviewer": _person,
    "approver": _person,
    "owner": _person,
    "kind": _short,
}
