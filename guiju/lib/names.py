"""People's names in small: the letters in a disc, the characters of a seal."""

import re
import unicodedata

from guiju.lib.words import HAN

_HAN = re.compile(f"[{HAN}]")
_WORD = re.compile(r"[^\W\d_][\w'\u2019.-]*")


def initials(name: str) -> str:
    """What stands for a name in a disc: the last character of a Chinese name (陈玮 -> 玮), else the first letters of the
    first and the last word (Chen Wei -> CW); empty if the name has neither."""
    han = _HAN.findall(name)
    if han:
        return han[-1]
    letters = _first_letters(name)
    return "".join(letters[:1] + letters[1:][-1:])


def seal_text(name: str) -> str:
    """What is cut into a person's seal: four characters, of a Chinese name of two with 之印 and of three with 印; else
    the first letters of up to four words; empty if the name has neither."""
    han = "".join(_HAN.findall(name))
    if han:
        return {1: f"{han}印", 2: f"{han}之印", 3: f"{han}印"}.get(len(han), han[:4])
    return "".join(_first_letters(name)[:4])


def _first_letters(name: str) -> list[str]:
    return [word[0].upper()[:1] for word in _WORD.findall(unicodedata.normalize("NFC", name))]
