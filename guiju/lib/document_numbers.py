"""Numbers and revisions of documents as organizations write them, told apart from standards, dates and paper sizes."""

import re
from dataclasses import dataclass

_STANDARDS = (
    "ISO|IEC|EN|DIN|ASTM|GB|GBT|YY|YYT|JIS|BS|ANSI|UL|IEEE|ITU|IATF|SAE|OHSAS|CFR|FDA|EU|MDCG|ICH|NB|JJF|JJG|HJ|CNAS|CNCA|RB|QC"
    "|TS|TR|AQ"
)
STANDARD = re.compile(rf"(?i)\b(?:{_STANDARDS})(?:[/ -]+(?:{_STANDARDS}|T))*[ -]?\d[\d.:-]*")
_NO_PREFIX = {
    "V",
    "VER",
    "REV",
    "NO",
    "NR",
    "VOL",
    "PART",
    "COVID",
    "FY",
    "CLASS",
    "PAGE",
    "COPY",
    "FINAL",
    "DRAFT",
    "OLD",
    "ART",
    "SEC",
}
_KNOWN = "SOP|WI|QP|QM|QSP|QF|QR|FM|FRM|FORM|REC|POL|PROC|COP|SWI|OP"
# Letters in capitals, perhaps several groups, then digits: QP-05, QP/LZ-05-2024, WI031, Q/ABC 0101-2023, F-012.
_CAPITALS = r"[A-Z]{1,6}(?:[/_-][A-Z]{1,6}){0,3}[-_ /]?\d{1,5}(?:[-./]\d{1,4}){0,3}(?:-[A-Z]{1,2})?"
_NUMBER = re.compile(
    rf"(?<![A-Za-z0-9])(?:{_CAPITALS}|(?i:(?:{_KNOWN})[-_ ]?\d{{1,4}}(?:[-.]\d{{1,3}})?))(?![A-Za-z0-9])(?!\.\d)"
)
_YEAR = re.compile(r"(?:19|20)\d\d")
_DATE = re.compile(r"(?:19|20)\d\d[-./]?(?:0?[1-9]|1[0-2])(?:[-./]?(?:0?[1-9]|[12]\d|3[01]))?$")

_WORD = r"(?:v|ver\.?|version|rev\.?|revision|issue|edition)"
_REVISIONS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?i)(?<![a-z0-9]){_WORD}[-_ .]*(\d{{1,3}}(?:\.\d{{1,3}}){{0,2}})(?![a-z0-9]|\.\d)",
        r"(?i)(?<![a-z0-9])(?:rev|version|revision|issue)[-_ .]*([A-Z](?:[/-]?\d{1,2})?)(?![a-z0-9])",
        r"(?<![A-Za-z0-9])[rR](\d{1,2})(?![A-Za-z0-9])",
        r"(?<![A-Za-z0-9])([A-Z]/\d{1,2})(?![A-Za-z0-9])",
        r"第\s*([\d.]{1,5}|[一二三四五六七八九十]{1,3})\s*版",
        r"(?<![A-Za-z0-9])([A-Z]\d{0,2}|\d{1,2}\.\d{1,2})\s*版",
        r"(?:^|[(\[\uff08_ -])([A-Z]\d)[)\]\uff09]?\s*$",
    )
)
_PAPER = {"A2", "A3", "A4", "A5", "B4", "B5"}
_CHINESE_DIGITS = {digit: number for number, digit in enumerate("一二三四五六七八九", start=1)}


@dataclass(frozen=True)
class Part:
    """Something found in a text, and where."""

    value: str
    start: int
    end: int


def number_in(text: str) -> Part | None:
    """The first document number in a name or title; standards (ISO 9001), dates, years and revisions are none."""
    standards = [match.span() for match in STANDARD.finditer(text)]
    for match in _NUMBER.finditer(text):
        letters, digits = re.match(r"([A-Za-z/_-]*[A-Za-z])[-_ /]?(.*)", match[0]).groups()  # type: ignore[union-attr]
        first = re.split(r"[/_-]", letters.upper())[0]
        within = any(start <= match.start() < end for start, end in standards)
        if within or first in _NO_PREFIX or _YEAR.fullmatch(digits) or _DATE.match(digits):
            continue
        if len(letters) == 1 and not re.match(r"[A-Z][-/]\d{2,}", match[0]):
            continue  # A4, B2, Q1
        if " " in match[0] and not 2 <= len(letters) <= 6:
            continue
        return Part(_as_written(match[0]), *match.span())
    return None


def _as_written(number: str) -> str:
    """File names cannot hold "/": an enterprise standard Q/ABC 0101-2023 is stored as Q_ABC or Q-ABC."""
    if re.match(r"Q[_/-][A-Z]+ \d{3,5}-\d{4}", number):
        return f"Q/{number[2:]}"
    return re.sub(r"(?<=[A-Za-z])[_ ](?=\w)", "-", number)


def is_standard(text: str) -> bool:
    """Whether a text begins with the number of a standard."""
    return STANDARD.match(text.strip()) is not None


def revision_in(text: str) -> Part | None:
    """The first revision in a name or title: v3, rev. B, V2.1, 第3版, A/0, (A0)."""
    for pattern in _REVISIONS:
        match = pattern.search(text)
        if match and match[1].upper() not in _PAPER:
            return Part(_arabic(match[1].upper()), *match.span())
    return None


def clean_revision(text: str) -> str:
    """A revision as said on a cover, without the word for it: "Version 2.1" and "V2.1" are 2.1, "第三版" is 3."""
    text = " ".join(text.split())
    match = re.fullmatch(rf"(?i)(?:{_WORD}|r)?[-_ .:]*(\d[\d.]*|[A-Z](?:[/-]?\d{{1,2}})?)\s*版?", text)
    match = match or re.fullmatch(r"第?\s*([\d.]+|[一二三四五六七八九十]{1,3})\s*版?", text)
    return _arabic(match[1]) if match else text


def _arabic(text: str) -> str:
    if not re.fullmatch(r"[一二三四五六七八九十]{1,3}", text):
        return text
    tens, ten, ones = text.rpartition("十")
    return str((_CHINESE_DIGITS.get(tens, 1) * 10 if ten else 0) + _CHINESE_DIGITS.get(ones, 0))
