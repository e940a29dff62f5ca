"""How long the difference of two revisions of twenty pages takes, in English and in Chinese."""

from __future__ import annotations

import random
import time
from collections.abc import Callable

from bench.report import Row
from guiju.lib import differences

PAGES, PARAGRAPHS = 20, 6  # of a page
ENGLISH = [
    f"{a}{b}" for a in ("lamp", "weld", "meas", "insp", "rele", "lot", "gauge") for b in ("", "ing", "ure", "er", "s", "ed")
]
CHINESE = "检验灯具批次记录合格不老化测量焊接供方文件版本生效批准评审过程控制放行标识贮存防护"
LIMIT = 1.0  # seconds


def english(chance: random.Random) -> str:
    return " ".join(chance.choice(ENGLISH) for _word in range(75)) + "."


def chinese(chance: random.Random) -> str:
    return "".join(chance.choice(CHINESE) for _character in range(130)) + "。"


def pair(paragraph: Callable[[random.Random], str]) -> tuple[str, str]:
    """A text of twenty pages, and the same with words changed in each fifth paragraph, some gone and some new."""
    chance = random.Random(7)
    old = [paragraph(chance) for _number in range(PAGES * PARAGRAPHS)]
    new: list[str] = []
    for number, text in enumerate(old):
        if number % 5 == 0:
            middle = len(text) // 2
            text = text[:middle] + paragraph(chance)[:12] + text[middle + 6 :]
        if number % 17 != 3:
            new.append(text)
        if number % 19 == 4:
            new.append(paragraph(chance))
    return tuple(
        "\n\n".join(f"## {at // 6}\n\n{one}" if at % 6 == 0 else one for at, one in enumerate(text)) for text in (old, new)
    )  # type: ignore[return-value]


def rows() -> list[Row]:
    """Seconds of processor time for each language, the median of five."""
    found = []
    for name, paragraph in (("english", english), ("chinese", chinese)):
        old, new = pair(paragraph)
        taken = []
        for _time in range(5):
            begun = time.process_time()
            differences.compare(differences.of_markdown(old), differences.of_markdown(new))
            taken.append(time.process_time() - begun)
        found.append(Row(f"differences.20-pages.{name}", round(sorted(taken)[2], 3), "s", limit=LIMIT))
    return found
