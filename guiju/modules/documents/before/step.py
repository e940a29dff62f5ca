"""Taking over: a draft that says it was in force before Guiju becomes what people work by, by one person's signature.

Two people are in it: who stated since when it is in force, and who takes it over. Nobody's approval is made up: what was
approved elsewhere stands as it was stated, and who takes it over signs for that, with a reason (laws L9, L10).
Meant for the day on which an organization comes here, so it is a right of its own.
"""

from collections.abc import Mapping
from copy import copy
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy, pgettext
from django.utils.translation import gettext_noop as _

from guiju.modules.documents.approval import guards, one_person, steps
from guiju.modules.documents.before import closing, words
from guiju.modules.documents.before.models import STATED
from guiju.modules.documents.checkout import taking
from guiju.modules.documents.models import Document, Revision
from guiju.modules.documents.signals import approved
from guiju.modules.kinds import services as kinds
from guiju.spine.acts import Missing, current
from guiju.spine.registers import addresses
from guiju.spine.tasks import services as tasks
from guiju.spine.trail.states import field_of
from guiju.spine.workflow.perform import acting_people
from guiju.spine.workflow.table import Touch, Transition

NEEDED = ("stated_since", "stated_by", "stated_on")


def offered(document: Document) -> bool:
    """Whether it says that it was in force before; to what is written new the door is not shown."""
    return not document.standing_revision and any(document.stated().values())


def waiting() -> Q:
    """The drafts that wait for somebody to take them over."""
    return Q(state="draft", stated_since__isnull=False, standing_revision="")


def after_import() -> tuple[Any, str] | None:
    """Where what came as in force is taken over, for whoever may."""
    if (
        closing.closed() is not None
        or not current().actor.may("documents.take_over")
        or not Document.objects.filter(waiting()).exists()
    ):
        return None
    return gettext_lazy("Take over as in force"), f"{addresses.home()}batches/documents/?view=before"


def never_approved(document: Document) -> Missing | None:
    if not document.standing_revision:
        return None
    return Missing(_("A revision was approved here already; the next one is reviewed and approved"))


def wholly_stated(document: Document) -> Missing | None:
    lacking = [str(field_of(Document, name).verbose_name) for name in NEEDED if not getattr(document, name)]
    if not lacking:
        return None
    return Missing(_("Not said yet: %(names)s"), {"names": pgettext("list", ", ").join(lacking)}, link="change")


def another_stated_it(document: Document) -> Missing | None:
    """Nobody takes over what they stated themselves, as nobody approves what they wrote: ISO 9001 7.5.2."""
    if document.stated_who_id not in acting_people() or one_person.declared():
        return None
    link = "alone" if one_person.offered() else ""
    return Missing(_("You stated since when it is in force; another person has to take it over"), link=link)


def in_its_order(document: Document) -> Missing | None:
    """What was stated before it was judged, or in another way, is judged when it counts."""
    since, on = document.stated_since, document.stated_on
    if any(day is not None and day > current().today() for day in (since, on)):
        return Missing(_("A stated day is still to come"), link="change")
    if since is not None and on is not None and on > since:
        return Missing(_("It was approved later than it is said to be in force"), link="change")
    return None


def still_open(document: Document) -> Missing | None:
    """Once everything has come over, what is written goes through review and approval."""
    return closing.missing()


def something_to_read(document: Document) -> Missing | None:
    """Where the original is on paper, it is said where."""
    if document.newest().content or document.stated_place:
        return None
    return Missing(_("A text or a file is missing, or where the original is kept"), link="change")


def prepared(document: Document) -> Revision:
    """What is signed: the newest revision with what was stated; on a draft as it will be."""
    revision = document.newest()
    return _laid(document, copy(revision)) if document.state == "draft" else revision


def _laid(document: Document, revision: Revision) -> Revision:
    revision.number = document.number or ""
    for name in STATED:
        setattr(revision, name, getattr(document, name))
    revision.taken_over_at = current().now()
    return revision


def take_over(document: Document, inputs: Mapping[str, Any]) -> dict[str, str | None]:
    """The revision is in force since the stated day; the next review is as it came, or after the interval of its kind."""
    since = document.stated_since
    assert since is not None
    revision = _laid(document, document.newest())
    revision.approved_at, revision.effective_on = revision.taken_over_at, since
    revision.save(action="take_over")
    document.effective_on = since
    months = kinds.rule(document.kind).review_months
    if document.due_on is None and months:
        document.due_on = max(steps.after_months(since, months), current().today())
    tasks.drop(document)
    approved.send(Document, document=document, revision=revision)
    return {"revision": revision.label, "since": since.isoformat()}


TAKE_OVER = Transition(
    "take_over",
    gettext_lazy("Take over as in force"),
    "draft",
    "approved",
    gettext_lazy("%(who)s took over revision %(revision)s as in force since %(since)s, before Guiju, and signed."),
    explains=gettext_lazy(
        "It was in force before it came to Guiju. With your signature you take it over as that: who approved it then stays as it"
        " was stated, and is no signature of this system."
    ),
    needs=(
        still_open,
        something_to_read,
        wholly_stated,
        in_its_order,
        another_stated_it,
        never_approved,
        taking.not_taken,
        guards.remarks_answered,
    ),
    asks_reason=True,
    meaning=gettext_lazy("Taken over as in force"),
    signs=prepared,
    effect=take_over,
    touches=lambda document: [Touch(one) for one in words.statements(document)],
    offered=offered,
    icon="shield-check",
)
