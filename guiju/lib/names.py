"""People's names in small: the letters in a disc."""

import re

HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003fffd]")


def initials(name: str) -> str:
    """What stands for a name in a disc: the last character of a Chinese name (陈玮 -> 玮), else up to two initials."""
    han = HAN.findall(name)
    if han:
        return han[-1]
    words = name.split()
    return "".join(word[0] for word in (words[:1] + words[-1:] if len(words) > 1 else words)).upper()
