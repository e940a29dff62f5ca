"""What an imported file probably is: title, kind, number, revision, language, to be confirmed by a person."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from guiju.lib.document_kinds import kind_of
from guiju.lib.document_numbers import clean_revision, is_standard, number_in, revision_in
from guiju.lib.words import HAN

_HAN = re.compile(f"[{HAN}]")
_LATIN_WORD = re.compile(r"[A-Za-z\u00c0-\u024f]{2,}")
_ENDING = re.compile(
    r"(?i)\.(docx?|docm|dotx?|dotm|pdf|xlsx?|xlsm|xltx|csv|pptx?|md|markdown|txt|odt|ods|rtf|html?|png|jpe?g|gif|webp|tiff?|bmp|wps|et|bak)$"
)
_STALE = re.compile(
    r"(?ix) \(old[ _-]?(?:copy|version)?\) | [-_ ]old$ | ^old[-_ ] | old[ _-]copy | _old[_-]"
    r"| \bcopy[ _-]of\b | ^copy[ _-] | [-_ (]copy(?:[ _-]?\(?\d+\)?)?\)?$"
    r"| 副本 | 复制 | 旧版 | 作废 | 备份 | ^旧(?=[-_ ]) | [-_ (\uff08]旧(?:[)\uff09]|$)"
    r"| [_.]bak\b | [-_ ]bak$ | [-_ .(]backup\)?[ _-]?\d*$ | ^backup[-_ ] | [-_ (]final[-_ ]*(?:final|v?\d|neu|new|really)"
    r"| \b(?:obsolete|superseded|outdated|deprecated)\b"
)
_STALE_PARTS = re.compile(
    r"(?i)\s*[-_(\uff08]*\s*(?:old[ _-]?copy|copy[ _-]of|\(old[^)]*\)|[-_ ]copy(?:[ _-]?\(?\d+\)?)?$"
    r"|副本|旧版|^旧[-_ ]|作废|[-_.]bak$|备份"
    r"|[-_ ]final[-_ ]final)\s*[)\uff09]*\s*"
)
_DATE = re.compile(r"[-_ (]*(?:19|20)\d\d[-_.]?(?:0[1-9]|1[0-2])[-_.]?(?:0[1-9]|[12]\d|3[01])\)?$")
_ORDER = re.compile(
    r"^(?:\d{1,3}(?:\.\d{1,3})*[.、)\uff0e\uff09]?[\s_-]+|\d{1,2}(?=[\u4e00-\u9fff])|[(\uff08]\d{1,3}[)\uff09]\s*)"
)
_PLACEHOLDER = re.compile(r"\s*<[^<>]{1,60}>\s*|\s*\[(?:enter|insert|your|company|请)[^\]]{0,60}\]\s*")
_MARKS = re.compile(r"(\*\*|__|`|~~|^#{1,6}\s+|^>\s+)|!?\[([^\]]*)\]\([^)]*\)")
_EMPTY_BRACKETS = re.compile(r"[(\uff08\[]\s*[)\uff09\]]")
_EDGES = re.compile(r"^[\s\-_.,:;/\u2013\u2014\uff1a\uff0c、]+|[\s\-_.,:;/\u2013\u2014\uff1a\uff0c、]+$")
_ABBREVIATIONS = {
    "sop",
    "wi",
    "capa",
    "qms",
    "iso",
    "iec",
    "hr",
    "fmea",
    "prrc",
    "kpi",
    "msa",
    "spc",
    "ppap",
    "mdr",
    "gdpr",
    "it",
    "rma",
}
LONGEST_TITLE = 200


@dataclass(frozen=True)
class Proposal:
    """`kind` is one of policy, manual, procedure, work_instruction, form, record, plan, report, external."""

    title: str
    kind: str
    number: str | None
    revision: str | None
    language: str


def propose(name: str, text: str, title: str | None, cover: Mapping[str, str]) -> Proposal:
    """What to propose for a file: `name` may be a path; `title` and `cover` are as extracted, None and {} if there are none."""
    stem = _stem(name)
    number = _number(stem, text, title, cover)
    revision = _revision(stem, number, cover)
    own = clean_title(title) if title else ""
    if not own or (number and own == number):
        own = _title_of_name(stem) or name.strip()
    kind = kind_of(own, stem, text, number, cover.get("kind", ""))
    return Proposal(own[:LONGEST_TITLE], kind, number, revision, language_of(text if text.strip() else own))


def stale_name(name: str) -> bool:
    """Whether a name says that the file is a copy or no longer valid: (old copy), copy of, 副本, 旧, _bak, final_final."""
    last = re.split(r"[/\\]", name)[-1]
    return _STALE.search(_stem(name)) is not None or last.casefold().endswith((".bak", ".old", ".orig"))


def clean_title(title: str) -> str:
    """A title without the marks of Markdown, placeholders, number, order, revision and ending."""
    text = _ENDING.sub("", " ".join(_MARKS.sub(r"\2", title.strip()).split()))
    text = _PLACEHOLDER.sub(" ", text).strip()
    number = number_in(text)
    if number and (number.start <= 1 or number.end >= len(text) - 1) and not is_standard(text):
        text = _without(text, number.start, number.end)
    revision = revision_in(text)
    if revision and revision.end >= len(text) - 1 and revision.start > 0:
        text = text[: revision.start] + text[revision.end :]
    return _tidy(_ORDER.sub("", text, count=1))


def language_of(text: str) -> str:
    """zh or en, by which there is more of; two characters weigh as much as one English word."""
    text = text[:100_000]
    return "zh" if len(_HAN.findall(text)) > 2 * len(_LATIN_WORD.findall(text)) else "en"


def _stem(name: str) -> str:
    last = re.split(r"[/\\]", name)[-1]
    return _ENDING.sub("", _ENDING.sub("", last)).strip() or last


def _number(stem: str, text: str, title: str | None, cover: Mapping[str, str]) -> str | None:
    if cover.get("number") and not is_standard(cover["number"]):
        return cover["number"]
    for source in (stem, title or ""):
        if (found := number_in(source)) is not None:
            return found.value
    for line in text[:2000].split("\n")[:10]:
        found = number_in(line.strip())
        if found is not None and len(found.value) == len(line.strip()) >= 4:
            return found.value
    return None


def _revision(stem: str, number: str | None, cover: Mapping[str, str]) -> str | None:
    if cover.get("revision"):
        return clean_revision(cover["revision"])
    found = number_in(stem)
    rest = _without(stem, found.start, found.end) if found and number else stem
    revision = revision_in(rest)
    return revision.value if revision else None


def _title_of_name(stem: str) -> str:
    number = number_in(stem)
    text = _without(stem, number.start, number.end) if number else stem
    text = _STALE_PARTS.sub(" ", text)
    revision = revision_in(text)
    if revision:
        text = text[: revision.start] + " " + text[revision.end :]
    text = _ORDER.sub("", _DATE.sub("", _tidy(text)), count=1)
    if " " not in text.strip():
        text = re.sub(r"(?<=[^\W\d])-(?=\w)|(?<=\d)-(?=[^\W\d])", " ", text)
    text = _tidy(text.replace("_", " "))
    if text == text.casefold():
        words = [word.upper() if word in _ABBREVIATIONS else word for word in text.split()]
        text = " ".join(words)
        text = text[:1].upper() + text[1:]
    return text or stem


def _without(text: str, start: int, end: int) -> str:
    return f"{text[:start].rstrip(' -_')} {text[end:].lstrip(' -_')}".strip()


def _tidy(text: str) -> str:
    return _EDGES.sub("", " ".join(_EMPTY_BRACKETS.sub(" ", text).split()))
