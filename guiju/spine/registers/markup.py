"""Small pieces of page, written in Python because a list draws hundreds of them and a template each would be slow.

Every function returns a SafeString; text that is not already safe is escaped. Shapes and tones follow the design's rule
that a state is never shown by colour alone: a mark always stands beside its word.
"""

import html
import re
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from typing import Any, cast

from django.templatetags.static import static
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

__all__ = [
    "avatar",
    "count",
    "dash",
    "facts",
    "icon",
    "link",
    "logo",
    "mark",
    "marked",
    "menu",
    "quarter",
    "row",
    "seal",
    "seal_characters",
    "seal_missing",
    "section",
    "state_badge",
    "tags",
    "title_link",
]

# It takes whatever has a str(); its stub knows only text.
_escaped = cast(Callable[[object], str], conditional_escape)

TONES = ("done", "shown", "due", "late", "none", "person", "na")

_SHAPES = {
    "done": '<circle cx="8" cy="8" r="7" fill="currentColor"/><path class="gj-mark-cut" stroke-width="1.9" stroke-linecap="round"'
    ' stroke-linejoin="round" d="m4.9 8.3 2.1 2.1 4.1-4.5"/>',
    "shown": '<circle cx="8" cy="8" r="6.2" fill="none" stroke="currentColor" stroke-width="1.6"/><path fill="none"'
    ' stroke="currentColor" stroke-width="1.7" stroke-linecap="round" stroke-linejoin="round"'
    ' d="m5.1 8.2 2 2 3.8-4.1"/>',
    "due": '<circle cx="8" cy="8" r="6.1" fill="none" stroke="currentColor" stroke-width="1.8"/>'
    '<path fill="currentColor" d="M8 1.9a6.1 6.1 0 0 1 0 12.2z"/>',
    "late": '<path fill="currentColor" d="M8 .6 15.4 8 8 15.4.6 8z"/><path class="gj-mark-cut" stroke-width="1.9"'
    ' stroke-linecap="round" d="M8 4.7v3.6M8 11.1v.1"/>',
    "none": '<circle cx="8" cy="8" r="6.1" fill="none" stroke="currentColor" stroke-width="1.6" stroke-dasharray="2.4 2.4"/>',
    "person": '<circle cx="8" cy="5" r="2.6" fill="none" stroke="currentColor" stroke-width="1.6"/><path fill="none"'
    ' stroke="currentColor" stroke-width="1.6" stroke-linecap="round"'
    ' d="M2.8 14c.4-3 2.4-4.6 5.2-4.6s4.8 1.6 5.2 4.6"/>',
    "na": '<path stroke="currentColor" stroke-width="1.8" stroke-linecap="round" d="M3.5 8h9"/>',
}
_COLOURS = {"done": "done", "shown": "done", "due": "due", "late": "late", "none": "none", "person": "none", "na": "none"}
_MARKS = {
    tone: mark_safe(f'<svg class="gj-mark gj-tone-{_COLOURS[tone]}" viewBox="0 0 16 16" aria-hidden="true">{shape}</svg>')
    for tone, shape in _SHAPES.items()
}

_QUARTERS = {
    "plan": "M8 8V1.5A6.5 6.5 0 0 1 14.5 8z",
    "do": "M8 8h6.5A6.5 6.5 0 0 1 8 14.5z",
    "check": "M8 8v6.5A6.5 6.5 0 0 1 1.5 8z",
    "act": "M8 8H1.5A6.5 6.5 0 0 1 8 1.5z",
}

_LOGO = mark_safe(
    '<svg class="gj-logo" viewBox="0 0 32 32" fill="none" stroke="currentColor" stroke-width="3" stroke-linecap="round"'
    ' stroke-linejoin="round" aria-hidden="true"><path d="M17.5 3v4.5M9.5 23.5l8-16 8 16"/><path d="M4 14v14.5h24"/></svg>'
)
_DASH = mark_safe('<span class="gj-muted">–</span>')

_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003fffd]")
_ICON_NAME = re.compile(r"[a-z0-9-]+")


def escaped(text: Any) -> str:
    """Text as HTML; what is HTML already stays. Django's own does the same and costs six times as much for plain text."""
    return html.escape(text) if type(text) is str else conditional_escape(text)


def mark(tone: str) -> SafeString:
    """The shape of a tone (one of TONES), hidden from screen readers: its word stands beside it. Unknown tones raise KeyError."""
    return _MARKS[tone]


@cache
def _sprite() -> str:
    return static("vendor/icons.svg")


@cache
def icon(name: str, small: bool = False) -> SafeString:
    """An outline icon of the sprite by its name at @tabler/icons; decoration only, hidden from screen readers."""
    if not _ICON_NAME.fullmatch(name):
        raise ValueError(f"not an icon's name: {name!r}")
    css = "gj-ic gj-ic--sm" if small else "gj-ic"
    return mark_safe(f'<svg class="{css}" aria-hidden="true"><use href="{_sprite()}#{name}"/></svg>')


def logo() -> SafeString:
    """Compass over set square, in the text's own blue."""
    return _LOGO


def quarter(phase: str) -> SafeString:
    """A circle with the quarter of the cycle filled: plan, do, check or act. Anything else is an empty circle."""
    filled = _QUARTERS.get(phase, "")
    path = f'<path d="{filled}" fill="currentColor"/>' if filled else ""
    return mark_safe(
        '<svg class="gj-quarter" viewBox="0 0 16 16" aria-hidden="true">'
        f'<circle cx="8" cy="8" r="6.5" fill="none" stroke="currentColor" stroke-width="1"/>{path}</svg>'
    )


def state_badge(tone: str, word: str, bare: bool = False) -> SafeString:
    """A state: shape and word on a soft ground; `bare` leaves the ground away."""
    css = f"gj-state gj-state--{tone if tone == 'shown' else _COLOURS[tone]}{' gj-state--bare' if bare else ''}"
    return mark_safe(f'<span class="{css}">{_MARKS[tone]}{escaped(word)}</span>')


def count(n: int, late: bool = False) -> SafeString:
    """How many wait, with the word for those who do not see colour; nothing at all for zero."""
    if not n:
        return mark_safe("")
    word = gettext("waiting, some overdue") if late else gettext("waiting")
    css = "gj-count gj-count--late" if late else "gj-count"
    said = escaped(word)
    return mark_safe(f'<span class="{css}" title="{said}">{n}<span class="visually-hidden"> {said}</span></span>')


def avatar(initials: str, name: str) -> SafeString:
    """A person's initials in a disc; the name is its title and what a screen reader says."""
    said = escaped(name)
    return mark_safe(
        f'<span class="gj-avatar" title="{said}"><span class="visually-hidden">{said}</span>'
        f'<span aria-hidden="true">{escaped(initials)}</span></span>'
    )


def seal_characters(name: str, initials: str = "") -> str:
    """What is cut into a person's seal.

    Chinese names of two characters take 之印, of three 印, longer ones the first four characters; other names
    their initials, at most three letters.
    """
    han = "".join(_HAN.findall(name))
    if len(han) == 2:
        return f"{han}之印"
    if len(han) == 3:
        return f"{han}印"
    if len(han) == 1:
        return f"{han}印"
    if han:
        return han[:4]
    return (initials or "".join(word[0] for word in name.split() if word))[:3].upper()


def _seal(stamp: str, css: str, name: str, meaning: str, when: str) -> SafeString:
    below = "<br>".join(escaped(line) for line in (meaning, when) if line)
    return mark_safe(f'<figure class="gj-seal{css}">{stamp}<figcaption><b>{escaped(name)}</b>{below}</figcaption></figure>')


def seal(text: str, name: str, meaning: str, when: str, solid: bool = False) -> SafeString:
    """A signature: the stamp with `text` (see seal_characters), beside it who, with which meaning, when.

    `solid` (white on red) is for approved and issued; red characters for prepared, reviewed, confirmed.
    """
    han = bool(_HAN.search(text))
    css = (" gj-seal--solid" if solid else "") + ("" if han else " gj-seal--latin")
    language = ' lang="zh-CN"' if han else ""
    stamp = f'<span class="gj-seal-stamp"{language} aria-hidden="true"><span>{escaped(text)}</span></span>'
    return _seal(stamp, css, name, meaning, when)


def seal_missing(name: str, meaning: str, when: str = "") -> SafeString:
    """A signature that is still awaited: a dashed square, and who is asked for it."""
    return _seal('<span class="gj-seal-stamp" aria-hidden="true"></span>', " gj-seal--open", name, meaning, when)


def dash() -> SafeString:
    """What stands where there is no value."""
    return _DASH


def link(url: str, text: str, css: str = "") -> SafeString:
    """A link; `url` is ours, `text` is escaped."""
    classes = f' class="{css}"' if css else ""
    return mark_safe(f'<a{classes} href="{escaped(url)}">{escaped(text)}</a>')


def title_link(url: str, text: str) -> SafeString:
    """The link of a table row to its record; the whole card leads there on a phone."""
    # Isolated, so that a character that turns the direction of writing turns nothing beside it.
    return mark_safe(f'<a class="gj-table-title" href="{escaped(url)}"><bdi>{escaped(text)}</bdi></a>')


def row(cells: Iterable[tuple[object, str]], css: str = "") -> SafeString:
    """One <tr> of a register from (content, css) pairs.

    On a phone a row becomes a card: `is-first` (its number), `is-state` (top right), `is-wide` (a line of its own),
    `is-hidden` (left away). Others: gj-num, gj-right, gj-second, gj-low (left away below 1200 px). None shows a dash.
    """
    inside = "".join(
        f'<td class="{kind}">{_DASH if content is None or content == "" else _escaped(content)}</td>' for content, kind in cells
    )
    return mark_safe(f'<tr class="{css}">{inside}</tr>' if css else f"<tr>{inside}</tr>")


def tags(items: Iterable[tuple[str, str]]) -> SafeString:
    """Quiet tags, as for clauses, from (text, url) pairs; without url a tag is not a link."""
    drawn = "".join(link(url, text, "gj-tag") if url else f'<span class="gj-tag">{escaped(text)}</span>' for text, url in items)
    return mark_safe(f'<div class="gj-tags">{drawn}</div>')


def facts(items: Iterable[tuple[str, object]], in_rows: bool = False) -> SafeString:
    """A list of (label, value); `in_rows` puts the label beside its value instead of above."""
    css = "gj-facts gj-facts--row" if in_rows else "gj-facts"
    drawn = "".join(
        f"<div><dt>{escaped(label)}</dt><dd>{_DASH if value is None or value == '' else _escaped(value)}</dd></div>"
        for label, value in items
    )
    return mark_safe(f'<dl class="{css}">{drawn}</dl>')


def section(title: str, body: object, url: str = "", link_label: str = "") -> SafeString:
    """A part of a record's page: heading, on its right a link where there is more, beneath it the body."""
    more = link(url, link_label, "gj-sm") if url else ""
    return mark_safe(
        f'<section class="gj-section"><div class="gj-section-head"><h2>{escaped(title)}</h2>{more}</div>'
        f"{_escaped(body)}</section>"
    )


def marked(pieces: Iterable[tuple[str, bool]]) -> SafeString:
    """An excerpt from (text, found) pieces: what was searched for is marked."""
    return mark_safe("".join(f"<mark>{escaped(text)}</mark>" if found else escaped(text) for text, found in pieces))


def filter_menu(label: str, chosen: str, options: Iterable[tuple[str, str, bool]]) -> SafeString:
    """A filter of a list as a menu of links that works without script.

    In: its name, the word of the value in force ("" when none is), and (word, URL, whether it is in force) of each value.
    """
    now = f": {escaped(chosen)}" if chosen else ""
    drawn = "".join(
        f'<a href="{escaped(url)}" aria-current="true"><span class="gj-grow">{escaped(word)}</span>{icon("check", True)}</a>'
        if selected
        else f'<a href="{escaped(url)}"><span class="gj-grow">{escaped(word)}</span></a>'
        for word, url, selected in options
    )
    return mark_safe(
        f'<details class="gj-drop" name="filter"><summary class="gj-chip{" gj-chip--on" if chosen else ""}">'
        f"{escaped(label)}{now}{icon('chevron-down', True)}</summary>"
        f'<div class="gj-drop-in">{drawn}</div></details>'
    )


def _menu_entry(before: str, title: str, url: str, after: str, current: str) -> str:
    here = ' aria-current="page"' if url == current else ""
    return f'<a href="{escaped(url)}"{here}><span class="gj-nav-clause">{before}</span><span>{escaped(title)}</span>{after}</a>'


def menu(
    groups: Iterable[tuple[str, str, Sequence[tuple[str, str, str, int, bool]]]], current: str, home_url: str = ""
) -> SafeString:
    """The inside of the menu.

    In: groups of (phase, title, entries of (clause, title, url, how many wait, whether one is late)), the URL of the
    page shown, and the URL of home (left away when empty). In the reader's language, so a cache needs the language in its key.
    """
    parts = []
    if home_url:
        parts.append(_menu_entry(icon("home", True), gettext("Home"), home_url, "", current))
    for phase, title, entries in groups:
        parts.append(f'<div class="gj-nav-title">{quarter(phase)}<span>{escaped(title)}</span></div>')
        for clause, name, url, waiting, late in entries:
            parts.append(_menu_entry(escaped(clause), name, url, count(waiting, late), current))
    return mark_safe("\n".join(parts))
