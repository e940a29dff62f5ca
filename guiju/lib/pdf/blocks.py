"""Markdown as data for the templates: blocks of inline pieces, each a small mapping whose `t` says what it is.

blocks: h (level, c), p (c), list (ordered, start, items), quote (c), code (s), table (align, widths, head, rows), rule
inline: s (s), strong (c), em (c), dots (s: Chinese emphasis), strike (c), code (s), link (c, href, shown), picture (name,
alt), absent (alt: a picture that may not be shown), note (s), break
"""

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from markdown_it.token import Token

from guiju.lib import markdown
from guiju.lib.words import HAN

Data = dict[str, Any]
Picture = Callable[[str], str | None]  # the name of a picture's file by the src of the text; None: not to be shown

_HAN = re.compile(f"([{HAN}]+)")
_LONG = re.compile(r"[^\s\u2e80-\uffef]{24,}")
_AFTER = re.compile(r"([/\\._\-&?=,;:@])(?=\w)")
_PIECES = re.compile(r".{16}(?=.{4})")
_ALIGNED = {"text-start": "left", "text-center": "center", "text-end": "right"}
SPACE = "\u200b"  # where a line may end within a word


def blocks(text: str, *, picture: Picture | None = None, notes: dict[str, str] | None = None) -> list[Data]:
    """The blocks of a text. `notes` are foot notes for characters: each is taken out and set where its character first stands."""
    reader = _Reader(markdown.tokens(text), picture or (lambda src: None), notes if notes is not None else {})
    return _in_order(reader.blocks(""))


def plain_blocks(text: str, *, notes: dict[str, str] | None = None) -> list[Data]:
    """The blocks of a text without marks: a paragraph for each that an empty line parts."""
    reader = _Reader([], lambda src: None, notes if notes is not None else {})
    made = []
    for part in re.split(r"\n\s*\n", text.strip()):
        lines = [reader.text(line) for line in part.splitlines()]
        made.append({"t": "p", "c": [piece for n, line in enumerate(lines) for piece in ([{"t": "break"}] * (n > 0) + line)]})
    return made


def breakable(text: str) -> str:
    """The text with places in its long words (addresses, digests) where a line may end."""
    return _LONG.sub(lambda found: _broken(found[0]), text)


def _broken(word: str) -> str:
    marked = _AFTER.sub(rf"\1{SPACE}", word)
    return SPACE.join(_PIECES.sub(lambda found: found[0] + SPACE, part) for part in marked.split(SPACE))


def _in_order(made: list[Data]) -> list[Data]:
    """Headings from level 2 on (1 is the document's title), none skipped, as readers of tagged PDFs need them."""
    headings = [block for block in made if block["t"] == "h"]
    highest = min((block["level"] for block in headings), default=1)
    before = 1
    for block in headings:
        before = block["level"] = min(block["level"] - highest + 2, before + 1, 6)
    return made


class _Reader:
    """Walks the flat line of tokens; `_at` is the next."""

    def __init__(self, tokens: Sequence[Token], picture: Picture, notes: dict[str, str]) -> None:
        self._tokens, self._at, self._picture, self._notes = tokens, 0, picture, notes

    def blocks(self, until: str) -> list[Data]:
        made: list[Data] = []
        while self._at < len(self._tokens):
            token = self._tokens[self._at]
            self._at += 1
            if token.type == until:
                break
            if (block := self._block(token)) is not None:
                made.append(block)
        return made

    def _block(self, token: Token) -> Data | None:
        match token.type:
            case "heading_open":
                return {"t": "h", "level": int(token.tag[1]), "c": self._content("heading_close")}
            case "paragraph_open":
                return {"t": "p", "c": self._content("paragraph_close")}
            case "bullet_list_open" | "ordered_list_open":
                return self._list(token)
            case "blockquote_open":
                return {"t": "quote", "c": self.blocks("blockquote_close")}
            case "fence" | "code_block":
                return {"t": "code", "s": token.content.rstrip("\n")}
            case "table_open":
                return self._table()
            case "hr":
                return {"t": "rule"}
        return None

    def _content(self, until: str) -> list[Data]:
        made: list[Data] = []
        while (token := self._tokens[self._at]).type != until:
            made += self._inline(token.children or [])
            self._at += 1
        self._at += 1
        return made

    def _list(self, opening: Token) -> Data:
        ordered = opening.type.startswith("ordered")
        close = opening.type.replace("_open", "_close")
        items = []
        while self._tokens[self._at].type != close:
            self._at += 1  # list_item_open
            items.append(self.blocks("list_item_close"))
        self._at += 1
        return {"t": "list", "ordered": ordered, "start": int(opening.attrGet("start") or 1), "items": items}

    def _table(self) -> Data:
        rows: list[list[list[Data]]] = []
        align: list[str] = []
        while (token := self._tokens[self._at]).type != "table_close":
            self._at += 1
            if token.type == "tr_open":
                rows.append([])
            elif token.type in ("th_open", "td_open"):
                if len(rows) == 1:
                    align.append(_ALIGNED.get(str(token.attrGet("class") or ""), "left"))
                rows[-1].append(self._content(token.type.replace("_open", "_close")))
        self._at += 1
        return {"t": "table", "align": align, "widths": _widths(rows), "head": rows[0], "rows": rows[1:]}

    def _inline(self, tokens: Sequence[Token]) -> list[Data]:
        return list(self._pieces(iter(tokens), "", dotted=False))

    def _pieces(self, tokens: Iterator[Token], until: str, *, dotted: bool) -> Iterator[Data]:
        for token in tokens:
            if token.type == until:
                return
            match token.type:
                case "text" | "text_special" | "html_inline":
                    yield from self._dotted(token.content) if dotted else self.text(token.content)
                case "softbreak":
                    yield {"t": "s", "s": " "}
                case "hardbreak":
                    yield {"t": "break"}
                case "code_inline":
                    yield {"t": "code", "s": breakable(token.content)}
                case "image":
                    yield self._shown(token)
                case "strong_open":
                    yield {"t": "strong", "c": list(self._pieces(tokens, "strong_close", dotted=dotted))}
                case "em_open":
                    yield {"t": "em", "c": list(self._pieces(tokens, "em_close", dotted=True))}
                case "s_open":
                    yield {"t": "strike", "c": list(self._pieces(tokens, "s_close", dotted=dotted))}
                case "link_open":
                    yield self._link(token, list(self._pieces(tokens, "link_close", dotted=dotted)))

    def _link(self, token: Token, content: list[Data]) -> Data:
        """On paper a link is its address; where the text is not the address itself, a foot note says it."""
        href = str(token.attrGet("href") or "")
        said = "".join(piece.get("s", "") for piece in content).replace(SPACE, "")
        outside = href.lower().startswith(("http://", "https://", "mailto:"))
        written = said.removesuffix("/") in (href.removesuffix("/"), href.removeprefix("mailto:"))
        return {
            "t": "link",
            "c": content,
            "href": href if outside else "",
            "shown": breakable(href) if outside and not written else "",
        }

    def _shown(self, token: Token) -> Data:
        alternative = "".join(child.content for child in token.children or [])
        name = self._picture(str(token.attrGet("src") or ""))
        return {"t": "picture", "name": name, "alt": alternative} if name else {"t": "absent", "alt": alternative}

    def text(self, text: str) -> list[Data]:
        """Pieces of a text, with the foot notes that its characters bring when they are met first."""
        made, rest = [], text
        for character in [c for c in dict.fromkeys(text) if c in self._notes]:
            before, _it, rest = rest.partition(character) if character in rest else (rest, "", "")
            made += [{"t": "s", "s": breakable(before + character)}, {"t": "note", "s": self._notes.pop(character)}]
        return [*made, {"t": "s", "s": breakable(rest)}] if rest else made

    def _dotted(self, text: str) -> Iterator[Data]:
        for number, part in enumerate(_HAN.split(text)):
            if part and number % 2:
                yield {"t": "dots", "s": part}
            elif part:
                yield from self.text(part)


def _widths(rows: list[list[list[Data]]]) -> list[float]:
    """How wide each column wants to be, in characters; empty for a small table, which takes what it needs."""
    columns = range(len(rows[0]))
    lengths = [[_length(row[column]) for row in rows if column < len(row)] for column in columns]
    widest = [max(of_column, default=1) for of_column in lengths]
    if sum(widest) < 64:
        return []
    return [round(max(6.0, min(longest, 12 + longest**0.62 * 2)), 1) for longest in widest]


def _length(content: list[Data]) -> int:
    return sum(_length(one["c"]) if "c" in one else sum(1 + (c > "\u2e80") for c in one.get("s", "")) for one in content)
