"""Similar past cases: what has happened before is shown while a case is graded. ISO 9001 10.2.1 d)."""

from collections.abc import Iterable
from dataclasses import dataclass

from guiju.lib.words import words as words_of
from guiju.modules.nonconformities.models import Nonconformity

LOOKED_AT = 3000  # past cases, the newest
SHOWN = 3
LEAST = 0.12  # of what two texts share; less is chance
SAME = {"product": 0.15, "process_id": 0.1, "supplier": 0.1, "kind": 0.05}  # what being alike in a field adds


@dataclass(frozen=True)
class Similar:
    """A past case and how alike it is, from 0 to about 1.4."""

    case: Nonconformity
    alike: float


def to(case: Nonconformity, most: int = SHOWN) -> list[Similar]:
    """The past cases most like this one, the most alike first."""
    own = _words(case)
    if not own:
        return []
    past = Nonconformity.objects.exclude(pk=case.pk).exclude(state="dismissed").order_by("-id")[:LOOKED_AT]
    found = [Similar(one, alike) for one in past if (alike := _alike(case, own, one)) is not None]
    return sorted(found, key=lambda one: (-one.alike, one.case.number or ""))[:most]


def _alike(case: Nonconformity, own: frozenset[str], other: Nonconformity) -> float | None:
    theirs = _words(other)
    shared = len(own & theirs) / min(len(own), len(theirs)) if theirs else 0.0
    if shared < LEAST:
        return None
    return shared + sum(
        more for name, more in SAME.items() if getattr(case, name) and getattr(case, name) == getattr(other, name)
    )


def _words(case: Nonconformity) -> frozenset[str]:
    return _grams((case.title, case.description))


def _grams(texts: Iterable[str]) -> frozenset[str]:
    """The words of a text without those that stand in every text; a run of Chinese as its pairs."""
    return frozenset(word for text in texts for word in words_of(text) if len(word) > 1 and word not in EVERYWHERE)


EVERYWHERE = frozenset("a an and are as at be by for from has have in is it not of on or the this to was were with".split())
