"""Which changes of a rule ask less than before: these are kept with a reason, those that ask more need none."""

from collections.abc import Callable, Mapping
from typing import Any

from guiju.modules.kinds.models import Kind, KindRule

ENDLESS = 10**6  # what 0 stands for where it means "never" or "for good"
# How strict a rule is by each of its fields: the higher, the more it asks.
STRICT: Mapping[str, Callable[[Any], int]] = {
    "reviewers": int,
    "approvers": int,
    "lead_days": int,
    "review_months": lambda months: -(months or ENDLESS),
    "retain_years": lambda years: years or ENDLESS,
    "confidential": int,
}


def lowered(before: KindRule, values: Mapping[str, Any]) -> list[str]:
    """The names of what is lowered, in the reader's language."""
    names = [name for name, strict in STRICT.items() if name in values and strict(values[name]) < strict(getattr(before, name))]
    return [str(KindRule._meta.get_field(name).verbose_name) for name in names]  # type: ignore[union-attr]


def never_looked_at(rule: KindRule) -> bool:
    """Whether its documents stay in force with nobody asked to look again; records say what was, and are not reviewed."""
    return not rule.review_months and rule.kind != Kind.RECORD
