"""Django's own i18n tags, with `translate` of plain words done once for each language.

Put in the place of `i18n` by the settings, so that every template has it. Django's node makes a lazy object and looks the
words up three times at each drawing; a page has some sixty of them, and they cost a sixth of it.
"""

from typing import Any

from django.template import Library, Node
from django.template.base import Parser, Token
from django.template.context import Context
from django.templatetags import i18n
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext

register = Library()
register.tags.update(i18n.register.tags)
register.filters.update(i18n.register.filters)


class Words(Node):
    """Words that stand in the template itself; their translation is as trusted as they are."""

    def __init__(self, words: str) -> None:
        self.words = words
        self.said: dict[str | None, SafeString] = {}

    def render(self, context: Context) -> SafeString:
        language = get_language()
        if language not in self.said:
            # A percent sign is doubled in catalogues of templates, as Django's own tag expects it there.
            self.said[language] = mark_safe(gettext(self.words.replace("%", "%%")).replace("%%", "%"))
        return self.said[language]


@register.tag("translate")
@register.tag("trans")
def translate(parser: Parser, token: Token) -> Any:
    """`{% translate "Words" %}`; anything more than words is Django's."""
    bits = token.split_contents()
    plain = len(bits) == 2 and len(bits[1]) > 2 and bits[1][0] == bits[1][-1] and bits[1][0] in "'\""
    if not plain or bits[1][0] in bits[1][1:-1] or "\\" in bits[1]:
        return i18n.do_translate(parser, token)
    return Words(bits[1][1:-1])
