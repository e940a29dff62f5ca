"""What the run does or asks inside the installation: python -m fuzz.inside VERB, in its environment; prints JSON."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from typing import Any

import django

django.setup()

from django.db.models import Count  # noqa: E402
from django.db.models.functions import Upper  # noqa: E402
from django_tasks import TaskResultStatus  # noqa: E402
from django_tasks_db.models import DBTaskResult  # noqa: E402

from fuzz.world import ORGANIZATION, PERSON  # noqa: E402
from guiju.organizations import roles, services  # noqa: E402
from guiju.organizations.members import Member  # noqa: E402
from guiju.organizations.models import Membership, Organization, Person  # noqa: E402
from guiju.spine.acts import act, write  # noqa: E402
from guiju.spine.attachments import storage  # noqa: E402
from guiju.spine.attachments.models import Attachment  # noqa: E402
from guiju.spine.registers.declaration import registers  # noqa: E402
from guiju.spine.trail.models import Entry  # noqa: E402
from guiju.spine.trail.states import kind_of  # noqa: E402
from guiju.spine.trail.verify import trailed_models  # noqa: E402


def open_all_doors() -> dict[str, Any]:
    """Give the person of the run every role but the guest's, so that no operation is tried at a shut door only."""
    organization = Organization.everywhere.get(slug=ORGANIZATION)
    person = Person.everywhere.get(username=PERSON)
    with act(organization, Member(person, organization, frozenset({"*"}))):
        keys = [role.key for role in roles.in_order() if role.key and role.key != "guest"]
        write(lambda: services.set_roles(Membership.objects.get(person=person), keys))
    return {"roles": keys}


def half_written() -> list[str]:
    """What a write that was broken off, or done twice, would leave behind. `guiju trail verify` looks at the rest."""
    return [*_numbers_used_twice(), *_rows_nobody_entered(), *_files_that_are_not_there(), *_work_that_failed()]


def _numbers_used_twice() -> Iterator[str]:
    for register in registers():
        rows = register.model.everywhere.values("organization", spelled=Upper("number"))
        for row in rows.annotate(count=Count("pk")).filter(count__gt=1):
            yield f"{register.key}: {row['spelled']!r} stands {row['count']} times"


def _rows_nobody_entered() -> Iterator[str]:
    for model in trailed_models():
        entered = Entry.everywhere.filter(kind=kind_of(model)).values("record")
        rows = getattr(model, "everywhere", model._base_manager)
        for key in rows.exclude(pk__in=entered).values_list("pk", flat=True)[:5]:
            yield f"{kind_of(model)} {key} has no entry on the trail"


def _files_that_are_not_there() -> Iterator[str]:
    for row in Attachment.everywhere.filter(disposed_at=None):
        if not storage.place(row.organization_id, row.digest).exists():
            yield f"the file of attachment {row.pk} is not there"


def _work_that_failed() -> Iterator[str]:
    for row in DBTaskResult.objects.filter(status=TaskResultStatus.FAILED):
        yield f"{row.task_path} failed: {row.exception_class_path}"


VERBS: dict[str, Callable[[], Any]] = {"open_all_doors": open_all_doors, "half_written": half_written}

if __name__ == "__main__":
    print(json.dumps(VERBS[sys.argv[1]]()))
