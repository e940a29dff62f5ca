"""Canonical JSON (RFC 8785), narrowed to what the trail writes: text, truth, nothing, lists and objects.

Numbers and dates are written as text by those who know their type, since two programs agree on text
more surely than on floating point.
"""

from json.encoder import encode_basestring
from typing import Any


def canonical(value: Any) -> str:
    """The one text of `value`, whoever writes it.

    Raises TypeError for a number or any other type, ValueError for text that is not Unicode (a lone surrogate).
    """
    if isinstance(value, str):
        if not value.isascii():
            _refuse_surrogates(value)
        return encode_basestring(value)
    if value is None or value is True or value is False:
        return "null" if value is None else "true" if value else "false"
    if isinstance(value, list | tuple):
        return f"[{','.join([canonical(item) for item in value])}]"
    if isinstance(value, dict):
        if not all(isinstance(key, str) for key in value):
            raise TypeError("the keys of an object are text")
        # RFC 8785, 3.2.3: sorted by UTF-16 code units, which differs from code points beyond U+FFFF.
        plain = "".join(value).isascii()
        keys = sorted(value) if plain else sorted(value, key=lambda key: key.encode("utf-16-be", "surrogatepass"))
        return "{" + ",".join([f"{canonical(key)}:{canonical(value[key])}" for key in keys]) + "}"
    raise TypeError(f"{type(value).__name__} has no canonical form here")


def _refuse_surrogates(value: str) -> None:
    try:
        value.encode("utf-8")
    except UnicodeEncodeError as error:
        raise ValueError("text with a lone surrogate has no canonical form") from error
