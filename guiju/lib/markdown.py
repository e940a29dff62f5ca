"""Markdown to HTML that is safe to show, with emphasis that works in Chinese.

CommonMark with tables and strikethrough. Raw HTML stays text; links go to the web, to mail or within the page; pictures
are attachments of our own. There is no inline style, since the pages' policy forbids it.
"""

import re
from collections.abc import Callable, Iterator, MutableMapping, Sequence
from typing import Any

import nh3
from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml, isMdAsciiPunct, isPunctChar, isWhiteSpace
from markdown_it.parser_inline import ParserInline
from markdown_it.renderer import RendererHTML
from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline.state_inline import Scanned
from markdown_it.token import Token

from guiju.lib.words import HAN

Picture = Callable[[str], str | None]
Reference = Callable[[str], tuple[str, str] | None]

_CHINESE = re.compile(f"[{HAN}\u3000-\u303f\uff00-\uffef]")
_LINK = re.compile(r"^(?:https?://|mailto:|#)", re.IGNORECASE)
_ATTACHMENT = re.compile(r"^attachment:([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$", re.IGNORECASE)
_TAGS = set(
    re.findall(r"\w+", "p br hr h1 h2 h3 h4 h5 h6 ul ol li blockquote pre code em strong s a img table thead tbody tr th td span")
)
_ATTRIBUTES = {"a": {"href", "title"}, "img": {"src", "alt", "title", "loading"}, "ol": {"start"}} | {
    f"h{level}": {"id"} for level in range(1, 7)
}
_REFERENCE = re.compile(r"\[\[([^\[\]\n]{1,60})\]\]")
_CELLS = {"text-align:left": "text-start", "text-align:center": "text-center", "text-align:right": "text-end"}


def to_html(text: str, picture: Picture | None = None, reference: Reference | None = None) -> str:
    """The text as HTML. `picture` gives the address of an attachment by its id, None if it is not to be shown;
    `reference` the address and title of a record that is named in [[ ]] by its number, None for one that is not there; where the
    address is empty the number stands as it is."""
    env: dict[str, Any] = {"picture": picture, "reference": reference}
    html = _MARKDOWN.renderer.render(_prepared(text, env), _MARKDOWN.options, env)
    return nh3.clean(
        html,
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        allowed_classes={
            "th": set(_CELLS.values()),
            "td": set(_CELLS.values()),
            "span": {"gj-picture-missing", "gj-reference-missing"},
        },
        url_schemes={"http", "https", "mailto"},
        link_rel="noopener",
    )


def tokens(text: str) -> list[Token]:
    """The text taken apart, for those who set it otherwise than as HTML: by the same rules, Chinese emphasis too."""
    return _prepared(text, {})


def references(text: str) -> list[str]:
    """The numbers of the records that a text refers to, each once, in their order; not what stands in code."""
    found: dict[str, None] = {}
    _prepared(text, {"named": found})
    return list(found)


def pictures(text: str) -> list[str]:
    """The ids of the attachments that stand in a text as pictures, each once, in their order, in lower case."""
    found: dict[str, None] = {}
    for token in _prepared(text, {}):
        for child in token.children or []:
            attachment = _ATTACHMENT.match(str(child.attrGet("src"))) if child.type == "image" else None
            if attachment:
                found[attachment[1].lower()] = None
    return list(found)


def headings(text: str) -> list[tuple[int, str, str]]:
    """Level, id and text of each heading, for a table of contents; the ids are those in the HTML."""
    tokens = _prepared(text, {})
    return [
        (int(token.tag[1]), str(token.attrGet("id")), _plain_inline(tokens[place + 1]))
        for place, token in enumerate(tokens)
        if token.type == "heading_open"
    ]


def plain(text: str) -> str:
    """The text without marks: a line for each paragraph, heading, item and row; cells are parted by tabs."""
    return "\n".join(line for line, _heading in _lines(text) if line)


def paragraphs(text: str) -> list[tuple[str, str]]:
    """The same lines, each with the heading under which it stands; a code block is taken apart line by line."""
    found: list[tuple[str, str]] = []
    under = ""
    for line, is_heading in _lines(text):
        under = line if is_heading else under
        found += [(part, under) for part in line.split("\n") if part.strip()]
    return found


def _lines(text: str) -> Iterator[tuple[str, bool]]:
    """Each paragraph, heading, item and row, and whether it is a heading."""
    row: list[str] | None = None
    heading = False
    for token in _prepared(text, {}):
        if token.type in ("heading_open", "heading_close"):
            heading = token.type == "heading_open"
        elif token.type == "tr_open":
            row = []
        elif token.type == "tr_close" and row is not None:
            yield "\t".join(row), False
            row = None
        elif token.type == "inline":
            if row is None:
                yield _plain_inline(token), heading
            else:
                row.append(_plain_inline(token))
        elif token.type in {"fence", "code_block"}:
            yield token.content.rstrip("\n"), False


def _refer(state: StateInline, silent: bool) -> bool:
    """[[QP-01]]: a link where the page can give its address, else the number as it stands."""
    found = _REFERENCE.match(state.src, state.pos)
    if found is None or state.linkLevel:
        return False
    number = found[1].strip()
    if not silent:
        state.env.setdefault("named", {})[number] = None
        reference: Reference | None = state.env.get("reference")
        target = reference(number) if reference else None
        if target is not None and target[0]:
            opening = state.push("link_open", "a", 1)
            opening.attrs = {"href": target[0], "title": target[1]}
            state.push("text", "", 0).content = number
            state.push("link_close", "a", -1)
        else:
            state.push("reference_missing" if reference and target is None else "text", "", 0).content = number
    state.pos = found.end()
    return True


def _missing_reference(renderer: RendererHTML, tokens: Sequence[Token], place: int, options: Any, env: Any) -> str:
    return f'<span class="gj-reference-missing">{escapeHtml(tokens[place].content)}</span>'


class _State(StateInline):
    """CommonMark's rule asks for a space or a letter beside emphasis that begins or ends with punctuation, and so
    fails in `**强调。**后文`. Where Chinese stands at either side, that condition is dropped."""

    def scanDelims(self, start: int, canSplitWord: bool) -> Scanned:
        scanned = super().scanDelims(start, canSplitWord)
        if not canSplitWord:
            return scanned
        end = start + scanned.length
        last = self.src[start - 1] if start else " "
        following = self.src[end] if end < self.posMax else " "
        opens = not isWhiteSpace(ord(following)) and (not _parts_words(following) or _lets_go(last))
        closes = not isWhiteSpace(ord(last)) and (not _parts_words(last) or _lets_go(following))
        return Scanned(opens, closes, scanned.length)


class _Inline(ParserInline):
    def parse(self, src: str, md: MarkdownIt, env: MutableMapping[str, Any], tokens: list[Token]) -> list[Token]:
        state = _State(src, md, env, tokens)
        self.tokenize(state)
        for rule in self.ruler2.getRules(""):
            rule(state)
        return state.tokens


def _parts_words(character: str) -> bool:
    """Punctuation other than Chinese."""
    punctuation = isMdAsciiPunct(ord(character)) or isPunctChar(character)
    return punctuation and not _CHINESE.match(character)


def _lets_go(character: str) -> bool:
    return isWhiteSpace(ord(character)) or _parts_words(character) or _CHINESE.match(character) is not None


def _picture(renderer: RendererHTML, tokens: Sequence[Token], place: int, options: Any, env: MutableMapping[str, Any]) -> str:
    token = tokens[place]
    alternative = escapeHtml(renderer.renderInlineAsText(token.children, options, env)) if token.children else ""
    attachment = _ATTACHMENT.match(str(token.attrGet("src")))
    find: Picture | None = env.get("picture")
    address = find(attachment[1].lower()) if attachment and find else None
    if address is None:
        return f'<span class="gj-picture-missing">[{alternative}]</span>'
    return f'<img src="{escapeHtml(address)}" alt="{alternative}" loading="lazy">'


def _made() -> MarkdownIt:
    markdown = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])
    inline = _Inline()
    inline.ruler, inline.ruler2 = markdown.inline.ruler, markdown.inline.ruler2
    markdown.inline = inline
    markdown.validateLink = lambda url: bool(_LINK.match(url) or _ATTACHMENT.match(url))  # type: ignore[method-assign]
    markdown.inline.ruler.before("link", "reference", _refer)
    markdown.add_render_rule("image", _picture)
    markdown.add_render_rule("reference_missing", _missing_reference)
    return markdown


_MARKDOWN = _made()


def _prepared(text: str, env: dict[str, Any]) -> list[Token]:
    tokens = _MARKDOWN.parse(text, env)
    taken: set[str] = set()
    for place, token in enumerate(tokens):
        if token.type == "heading_open":
            token.attrSet("id", _own_id(_plain_inline(tokens[place + 1]), taken))
        elif token.type in {"th_open", "td_open"} and (style := token.attrs.pop("style", None)):
            token.attrSet("class", _CELLS.get(str(style), ""))
        elif token.type == "inline":
            _join_chinese_lines(token.children or [])
    return tokens


def _own_id(text: str, taken: set[str]) -> str:
    """An id that no other heading has; the prefix keeps it apart from the page's own."""
    stem = "s-" + (re.sub(r"[^\w]+", "-", text.casefold()).strip("-")[:80] or "section")
    own, number = stem, 1
    while own in taken:
        number += 1
        own = f"{stem}-{number}"
    taken.add(own)
    return own


def _join_chinese_lines(children: list[Token]) -> None:
    """A line break within Chinese is no space."""
    for before, token, after in zip(children, children[1:], children[2:], strict=False):
        if token.type == "softbreak" and _CHINESE.match(before.content[-1:]) and _CHINESE.match(after.content[:1]):
            token.type = "text"
            token.content = ""


def _plain_inline(token: Token) -> str:
    breaks = {"softbreak": " ", "hardbreak": " "}
    pieces = (_plain_inline(child) if child.children else breaks.get(child.type, child.content) for child in token.children or [])
    return "".join(pieces).strip()
