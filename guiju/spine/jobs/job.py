"""@job and @every: work for later, in the name of who asked for it (section 10).

The only place that knows Django's task interface: from Django 6.0 on it is in core.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django_tasks import task
from django_tasks.base import Task

from guiju.spine.acts import SYSTEM, Refused, act, current
from guiju.spine.acts.hooks import acting_for


class NoLonger(Refused):
    """Whoever asked for the work may not do it any more."""


called: dict[str, str] = {}  # what each kind of work is called, as a message key, by the path of its function


def job(queue: str = "default", *, name: str) -> Callable[[Callable[..., None]], Task]:
    """Make a function work for later. It gets ids, reads again, and may run twice.

    It runs in an act of the organization and person that asked, whose right to be there is asked again. `name` is what
    people call it, as a message key.
    """

    def declare(fn: Callable[..., None]) -> Task:
        called[_path(fn)] = name

        @wraps(fn)
        def run(context: dict[str, str], *args: Any) -> None:
            with opened(context):
                fn(*args)

        return task(queue_name=queue)(run)

    return declare


def enqueue(work: Task, *args: Any, by_itself: bool = False) -> None:
    """Ask for work, in the transaction of what asks (law L13): it is there when that is, and not when not.

    With `by_itself` the installation does it for the acting organization, whoever asked and whatever they may then.
    """
    acting = current()
    actor = None if by_itself else acting.actor.id
    context = {
        "organization": str(acting.organization.pk) if acting.organization is not None else "",
        "actor": str(actor) if actor else "",
        "reason": acting.reason,
    }
    work.enqueue(context, *args)


@contextmanager
def opened(context: dict[str, str]) -> Iterator[None]:
    """The act in which work runs. NoLonger when the person is no member any more."""
    organization, actor = None, SYSTEM
    for resolve in acting_for:
        organization, actor = resolve(context["organization"], context["actor"])
    with act(organization, actor, context.get("reason", "")):
        yield


@dataclass(frozen=True)
class Scheduled:
    """Work that any worker begins once in each period."""

    name: str  # the path of its function; what people call it stands in `called`
    period: str  # strftime pattern of the UTC instant: "%Y-%m-%d" is daily
    at: str  # not before this UTC time of day, "02:00"
    run: Callable[[], None]


scheduled: dict[str, Scheduled] = {}


def every(period: str, at: str = "00:00", *, name: str) -> Callable[[Callable[[], None]], Callable[[], None]]:
    """Declare a function without arguments to run once a "day" or "hour", for the installation. `name` as of a job."""
    patterns = {"day": "%Y-%m-%d", "hour": "%Y-%m-%dT%H"}

    def declare(fn: Callable[[], None]) -> Callable[[], None]:
        path = _path(fn)
        called[path] = name
        scheduled[path] = Scheduled(path, patterns[period], at, fn)
        return fn

    return declare


def _path(fn: Callable[..., None]) -> str:
    return f"{fn.__module__}.{fn.__qualname__}"
