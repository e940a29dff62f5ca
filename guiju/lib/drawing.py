"""Pieces of SVG: text whose width is known well enough to place it, lines, and numbers in few digits."""

import unicodedata
from html import escape


def text_width(text: str, size: float) -> float:
    """About how wide a text is drawn, in the unit of its size: a Chinese character fills its square, a Latin one half of it."""
    return size * sum(1.0 if unicodedata.east_asian_width(c) in "WF" else 0.56 for c in text)


def cut(text: str, size: float, most: float) -> str:
    """A text that fits into `most`, with an ellipsis where something is left away."""
    if text_width(text, size) <= most:
        return text
    while text and text_width(text + "…", size) > most:
        text = text[:-1]
    return text.rstrip() + "…"


def wrapped(text: str, size: float, most: float, lines: int = 2) -> list[str]:
    """A text in at most `lines` lines of at most `most`, broken at blanks and between Chinese characters."""
    found: list[str] = []
    rest = text.strip()
    while rest and len(found) < lines - 1:
        line, rest = _first_line(rest, size, most)
        found.append(line)
    if rest:
        found.append(cut(rest, size, most))
    return found


def _first_line(text: str, size: float, most: float) -> tuple[str, str]:
    end, fits = 0, 0
    for place in range(1, len(text) + 1):
        if text_width(text[:place], size) > most:
            break
        fits = place
        if place == len(text) or text[place] == " " or _stands_alone(text[place - 1]) or _stands_alone(text[place]):
            end = place
    end = end or max(fits, 1)
    return text[:end].rstrip(), text[end:].lstrip()


def _stands_alone(character: str) -> bool:
    """Whether a line may be broken before and after a character."""
    return unicodedata.east_asian_width(character) in "WF" and character not in "，。、；：！？）》”’"


def number(value: float) -> str:
    """A coordinate."""
    return f"{value:.1f}".rstrip("0").rstrip(".")


def label(text: str, x: float, y: float, css: str = "gj-draw-text", anchor: str = "start") -> str:
    """A text at a place of its baseline."""
    placed = "" if anchor == "start" else f' text-anchor="{anchor}"'
    return f'<text class="{css}" x="{number(x)}" y="{number(y)}"{placed}>{escape(text)}</text>'


def line(x1: float, y1: float, x2: float, y2: float, css: str) -> str:
    return f'<line class="{css}" x1="{number(x1)}" y1="{number(y1)}" x2="{number(x2)}" y2="{number(y2)}"/>'


def whole(width: float, height: float, inside: str, title: str) -> str:
    """The picture with what it shows in words; it grows and shrinks with its place."""
    return (
        f'<svg class="gj-chart" viewBox="0 0 {number(width)} {number(height)}" role="img" xmlns="http://www.w3.org/2000/svg">'
        f"<title>{escape(title)}</title>{inside}</svg>"
    )
