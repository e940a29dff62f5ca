"""HTML from outside as it may stand on a page of ours: text, tables, and pictures that we drew; nothing that acts or loads."""

import re

import nh3

PICTURE = re.compile(r"data:image/webp;base64,[A-Za-z0-9+/=]+")
_TAGS = set("p br h1 h2 h3 h4 h5 h6 ul ol li blockquote em strong sup sub s u table thead tbody tr td th img a".split())
_ATTRIBUTES = {"img": {"src", "alt"}, "td": {"colspan", "rowspan"}, "th": {"colspan", "rowspan"}, "a": {"href"}}


def _attribute(tag: str, name: str, value: str) -> str | None:
    if tag == "img" and name == "src":
        return value if PICTURE.fullmatch(value) else None
    if tag == "a" and name == "href":
        return value if value.lower().startswith(("https://", "http://", "mailto:")) else None
    return value


def safe_html(html: str) -> str:
    """The HTML without all that is not named above; cleaned again it is the same."""
    return nh3.clean(
        html,
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        attribute_filter=_attribute,
        url_schemes={"http", "https", "mailto", "data"},
        link_rel="noopener",
    )


def below_the_page(html: str) -> str:
    """Headings begin at the third level, below those of the page; anchors that nothing leads to are gone."""
    lowered = re.sub(r"<(/?)h([1-4])>", lambda found: f"<{found[1]}h{int(found[2]) + 2}>", html)
    return lowered.replace('<a rel="noopener"></a>', "")
