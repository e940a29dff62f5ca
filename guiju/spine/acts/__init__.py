"""Who acts, for which organization, and why: the one context that reading and writing need (laws L11, L17)."""

from guiju.spine.acts.act import INSTALLATION, SYSTEM, Act, NoAct, ReadOnly, act, current, current_or_none
from guiju.spine.acts.hooks import NamedList, before_commit, verifications
from guiju.spine.acts.refusals import Conflict, Missing, NotFound, NotPermitted, Refused, Stale
from guiju.spine.acts.scope import ActiveOrganization, ScopedManager
from guiju.spine.acts.writing import after_commit, write

__all__ = [
    "INSTALLATION",
    "SYSTEM",
    "Act",
    "ActiveOrganization",
    "Conflict",
    "Missing",
    "NamedList",
    "NoAct",
    "NotFound",
    "NotPermitted",
    "ReadOnly",
    "Refused",
    "ScopedManager",
    "Stale",
    "act",
    "after_commit",
    "before_commit",
    "current",
    "current_or_none",
    "verifications",
    "write",
]
