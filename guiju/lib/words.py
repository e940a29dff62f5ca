"""Words of a text for full-text search, Chinese and others alike, and the queries that find them.

One pure rule serves SQLite's FTS5 and PostgreSQL's tsvector, so that both find the same: words of letters and
digits stay words; a run of Chinese characters (or kana) becomes its overlapping pairs and its last character
(风险管理 -> 风险 险管 管理 理). A run in a query becomes the phrase of its pairs, which stand one after the other
exactly where the text contains the run; a single character or a word becomes a prefix.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

# Marks are part of words (Hindi, Thai, Arabic); without the categories FTS5 would cut words at them.
FTS5_TOKENIZE = "unicode61 remove_diacritics 0 categories 'L* M* N* Co Cn'"

LONGEST_WORD = 200  # characters: PostgreSQL refuses a lexeme above 2,046 bytes
LONGEST_PHRASE = 64  # tokens: the overlap of two parts, so that no phrase falls between them
MOST_PHRASES = 32  # of one query: FTS5 limits the depth of an expression
LAST_POSITION = 16383  # of a tsvector
MOST_PLACES = 250  # of one lexeme in a tsvector: PostgreSQL keeps 255 and silently drops the rest
MOST_BYTES = 500_000  # of one part: a tsvector is refused above 1 MB

HAN = (
    "\u3005-\u3007\u3021-\u3029\u3031-\u3035\u3038-\u303b\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\u31f0-\u31ff"
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U0001aff0-\U0001afff\U0001b000-\U0001b16f\U00020000-\U0003fffd"
)
_RUN = re.compile(f"(?P<han>[{HAN}]+)|[^ {HAN}]+")
_IS_HAN = re.compile(f"[{HAN}]")
_CLUSTER = re.compile(r".[\u0300-\u036f\u3099\u309a\ufe00-\ufe0f]*", re.DOTALL)

# Radicals that fonts of Chinese PDF files put in place of characters and NFKC leaves alone.
_RADICALS = str.maketrans(
    "⺠⻁⻄⻅⻆⻉⻋⻓⻔⻘⻚⻛⻜⻝⻢⻣⻤⻥⻦⻨⻩⻬⻮⻰⻳",
    "民虎西见角贝车长门青页风飞食马骨鬼鱼鸟麦黄齐齿龙龟",
)


@dataclass(frozen=True)
class Phrase:
    """Tokens that must follow one another; with `prefix` the last one may be only a word's beginning."""

    tokens: tuple[str, ...]
    prefix: bool


class _Kinds(dict[int, str]):
    """Translation table filled as characters are met: a separator becomes a space, an invisible mark nothing."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        if code == 0xAD or 0xFE00 <= code <= 0xFE0F or 0xE0100 <= code <= 0xE01EF:
            kind = ""  # soft hyphen and variation selectors: the word is the same without them
        elif unicodedata.category(character)[0] in "LMN" or _IS_HAN.match(character):
            kind = character
        else:
            kind = " "
        self[code] = kind
        return kind


_kinds = _Kinds()


def fold(text: str) -> str:
    """The text as it is compared: compatibility forms and case folded, all that separates words a space."""
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    return folded.translate(_RADICALS).translate(_kinds)


# Clusters of a text are folded one by one to know where a hit stands; most are the same few letters.
_fold_cluster = lru_cache(maxsize=8192)(fold)


def words(text: str) -> list[str]:
    """The tokens of a text in their order."""
    return _tokens(fold(text))


def index_text(text: str) -> str:
    """The tokens joined by spaces, for a tokenizer that splits at spaces (FTS5, see FTS5_TOKENIZE)."""
    return " ".join(words(text))


def phrases(query: str) -> list[Phrase]:
    """What a text must contain to answer the query, each phrase once; empty if nothing can be searched for."""
    found: dict[Phrase, None] = {}
    for run in _RUN.finditer(fold(query)):
        if not run["han"]:
            found[Phrase((run[0][:LONGEST_WORD],), True)] = None
        elif len(run[0]) == 1:
            found[Phrase((run[0],), True)] = None
        else:
            for piece in _pieces(run[0]):
                found[Phrase(_pairs(piece), False)] = None
    return list(found)[:MOST_PHRASES]


def fts5_query(query: str) -> str:
    """The right side of FTS5's MATCH; empty if nothing can be searched for."""
    return " AND ".join(f'"{" ".join(phrase.tokens)}"{"*" if phrase.prefix else ""}' for phrase in phrases(query))


def tsquery(query: str) -> str:
    """Text to be cast to PostgreSQL's tsquery; empty if nothing can be searched for."""
    return " & ".join(
        " <-> ".join(_lexeme(token) for token in phrase.tokens) + (":*" if phrase.prefix else "") for phrase in phrases(query)
    )


def tsvector(text: str) -> str:
    """Text to be cast to PostgreSQL's tsvector, with positions. Long texts go through `parts` first."""
    places: dict[str, list[int]] = {}
    for position, token in enumerate(words(text), start=1):
        places.setdefault(token, []).append(min(position, LAST_POSITION))
    return " ".join(f"{_lexeme(token)}:{','.join(map(str, dict.fromkeys(at)))}" for token, at in places.items())


def parts(text: str, size: int = 6000, overlap: int = LONGEST_PHRASE) -> Iterator[str]:
    """A long text in pieces for `index_text` and `tsvector`, each within PostgreSQL's limits.

    Neighbours share `overlap` words, so that a phrase across the border of two is whole in one of them.
    The pieces are folded text; a text without words has none.
    """
    if size <= overlap:
        raise ValueError("size must be above overlap")
    units = _units(fold(text))
    start = 0
    while start < len(units):
        end = _end_of_part(units, start, size, overlap)
        yield "".join(unit if _IS_HAN.match(unit) else f" {unit} " for unit in units[start:end]).strip()
        if end == len(units):
            return
        start = end - overlap


def _tokens(folded: str) -> list[str]:
    tokens: list[str] = []
    for run in _RUN.finditer(folded):
        if run["han"]:
            tokens.extend(_pairs(run[0]))
            tokens.append(run[0][-1])
        else:
            tokens.append(run[0][:LONGEST_WORD])
    return tokens


def _pairs(run: str) -> tuple[str, ...]:
    return tuple(map(str.__add__, run, run[1:]))


def _pieces(run: str) -> Iterator[str]:
    """A very long run as overlapping pieces, each short enough to be whole in one part."""
    longest = LONGEST_PHRASE + 1
    for start in range(0, max(len(run) - 1, 1), longest - 1):
        piece = run[start : start + longest]
        yield piece if len(piece) > 1 else run[-2:]


def _lexeme(token: str) -> str:
    return "'" + token.replace("\\", "\\\\").replace("'", "''") + "'"


def _units(folded: str) -> list[str]:
    """What a part may be cut between: words, single Chinese characters, and the ends of their runs."""
    units: list[str] = []
    for run in _RUN.finditer(folded):
        if run["han"]:
            units.extend(run[0])
            units.append(" ")  # stands for the run's last character, which is a token of its own
        else:
            units.append(run[0][:LONGEST_WORD])
    return units


def _end_of_part(units: list[str], start: int, size: int, overlap: int) -> int:
    counts: dict[str, int] = {}
    weight = 0
    for index in range(start, min(start + size, len(units))):
        unit, following = units[index], units[index + 1] if index + 1 < len(units) else " "
        if unit == " ":
            continue
        token = unit + following if _IS_HAN.match(unit) and following != " " else unit
        counts[token] = counts.get(token, 0) + 1
        weight += len(token.encode()) + 12
        if index - start > overlap and (counts[token] >= MOST_PLACES or weight > MOST_BYTES):
            return index
    return min(start + size, len(units))


def snippet(text: str, query: str, width: int = 120) -> tuple[str, list[tuple[int, int]]]:
    """The part of a text around its first hit, and where in that part the hits stand (start, end).

    White space is one space, what is left out is "…". Without a hit it is the beginning, with nothing to mark.
    """
    flat = " ".join(unicodedata.normalize("NFC", text).split())
    pattern = _hit_pattern(query)
    hit = _first_hit(flat, pattern) if pattern else None
    start, end = _window(flat, hit or 0, width)
    lead = "…" if start else ""
    excerpt = lead + flat[start:end] + ("…" if end < len(flat) else "")
    if pattern is None or hit is None:
        return excerpt, []
    shift = len(lead) - start
    return excerpt, [(a + shift, b + shift) for a, b in _hits(flat, pattern, start, end) if b <= end]


def _hit_pattern(query: str) -> re.Pattern[str] | None:
    needles = []
    for phrase in phrases(query):
        run = phrase.tokens[0] + "".join(token[-1] for token in phrase.tokens[1:])
        needles.append(re.escape(run) if _IS_HAN.match(run) else f"(?<![^ {HAN}]){re.escape(run)}")
    return re.compile("|".join(sorted(needles, key=len, reverse=True))) if needles else None


def _first_hit(flat: str, pattern: re.Pattern[str], step: int = 4000, longest: int = 400) -> int | None:
    for start in range(0, len(flat), step):
        end = min(start + step + longest, len(flat))
        if pattern.search(fold(flat[max(0, start - longest) : end])):  # quick, without positions
            hits = _hits(flat, pattern, start, end)
            if hits:
                return hits[0][0]
    return None


def _hits(flat: str, pattern: re.Pattern[str], start: int, end: int, before: int = 100) -> list[tuple[int, int]]:
    """Where the pattern hits between two places; what stands before is looked at to see where a word begins."""
    origin = max(0, start - before)
    folded, clusters = _fold_with_places(flat[origin:end])
    places = ((origin + clusters[hit.start()][0], origin + clusters[hit.end() - 1][1]) for hit in pattern.finditer(folded))
    return [(a, b) for a, b in places if a >= start]


def _fold_with_places(text: str) -> tuple[str, list[tuple[int, int]]]:
    """Folded text and, for each of its characters, start and end of what it was folded from."""
    pieces: list[str] = []
    places: list[tuple[int, int]] = []
    for cluster in _CLUSTER.finditer(text):
        piece = _fold_cluster(cluster[0])
        pieces.append(piece)
        places.extend([cluster.span()] * len(piece))
    return "".join(pieces), places


def _window(flat: str, hit: int, width: int) -> tuple[int, int]:
    start = max(0, min(hit - width // 3, len(flat) - width))
    end = min(len(flat), start + width)
    if start and (space := flat.find(" ", start, min(start + 15, hit))) >= 0:
        start = space + 1
    if end < len(flat) and (space := flat.rfind(" ", max(end - 15, hit + 15), end)) >= 0:
        end = space
    return start, end
