"""What is missing before a step of a document, in words. ISO 9001 7.5.2 (review and approval)."""

from django.db.models import QuerySet
from django.utils.translation import gettext_noop as _
from django.utils.translation import pgettext

from guiju.modules.documents.approval import one_person, remarks
from guiju.modules.documents.models import Document
from guiju.modules.kinds import services as kinds
from guiju.spine.acts import Missing, current
from guiju.spine.acts.hooks import unchanged_needs
from guiju.spine.registers import values
from guiju.spine.signatures.models import Signature
from guiju.spine.signatures.services import holds
from guiju.spine.signatures.services import of as signatures_of
from guiju.spine.tasks import services as tasks
from guiju.spine.tasks.models import Task
from guiju.spine.workflow.perform import acting_people


def has_content(document: Document) -> Missing | None:
    return None if document.newest().content else Missing(_("A text or a file is missing"), link="change")


def not_the_author(document: Document) -> Missing | None:
    """ISO 9001 7.5.2: a check by another; also held against a deputy of the author."""
    revision = document.newest()
    if revision.author_id not in acting_people() or one_person.declared():
        return None
    link = "alone" if one_person.offered() else ""
    return Missing(_("You wrote this revision; another person has to do this"), link=link)


def signed_in_round(document: Document, meaning: str) -> list[Signature]:
    """The signatures of a meaning in the present round that stand under the content as it is now, others' than the author's."""
    newest = document.newest()
    return [
        s
        for s in signatures_of([newest])
        if s.meaning == meaning
        and s.signer_id != newest.author_id
        and newest.submitted_at is not None
        and s.signed_at >= newest.submitted_at
        and holds(s, newest)
    ]


def asked(document: Document, door: str) -> QuerySet[Task]:
    """The open tasks of a step, in the order in which people are asked."""
    return tasks.of(document).filter(door=door).select_related("who").order_by("turn", "id")


def reviewed_by_another(document: Document) -> Missing | None:
    """As many reviews by others than the author as the kind asks stand under the content as it is now."""
    if one_person.declared() or asked(document, "review").exists():
        return None  # or it is said already that reviews are waiting
    wanted = kinds.rule(document.kind).reviewers
    done = len({s.signer_id for s in signed_in_round(document, "review")})
    if done >= wanted:
        return None
    if done == 0:
        return Missing(_("Nobody other than the author has reviewed this text yet"))
    return Missing(_("%(done)s of %(wanted)s reviews are done"), {"done": done, "wanted": wanted})


def every_review_done(document: Document) -> Missing | None:
    waiting = list(asked(document, "review"))
    if not waiting:
        return None
    return Missing(_("%(names)s: not reviewed yet"), {"names": _names(waiting)})


def asked_to_review(document: Document) -> Missing | None:
    return _turn(document, "review", _("You have reviewed this text"), _("You were not asked to review this"))


def asked_to_approve(document: Document) -> Missing | None:
    """Where approvers were named, they alone approve; where none was, whoever has the right."""
    if any(s.signer_id in acting_people() for s in signed_in_round(document, "approve")):
        return Missing(_("You have approved this text"))
    if not asked(document, "approve").exists():
        return None
    return _turn(document, "approve", "", _("Others were asked to approve this: %(names)s"))


def _turn(document: Document, door: str, done: str, not_asked: str) -> Missing | None:
    """What stands against the acting person's taking a door that people are asked to take."""
    waiting = list(asked(document, door))
    mine = [task for task in waiting if task.who_id in acting_people()]
    if any(task.asked_at is not None for task in mine) or current().actor.id is None:
        return None
    if mine:
        before = [task for task in waiting if task.asked_at is not None] or [
            task for task in asked(document, "review") if task.asked_at is not None
        ]
        if any(task.who_id in acting_people() for task in before):
            return Missing(_("Before your approval comes your own review"))
        return Missing(_("Before you, it is the turn of %(names)s"), {"names": _names(before)})
    if done and any(s.signer_id in acting_people() for s in signed_in_round(document, door)):
        return Missing(done)
    return Missing(not_asked, {"names": _names(waiting)}, others=True)


def _names(waiting: list[Task]) -> str:
    return pgettext("list", ", ").join(task.who.shown_name for task in waiting)


def remarks_answered(document: Document) -> Missing | None:
    """ISO 9001 7.5.2: what was found in the review is settled before the approval."""
    open_ones = remarks.open_ones(document.newest())
    return Missing(_("Remarks are not answered yet: %(count)s"), {"count": open_ones}, link="#remarks") if open_ones else None


def others_have_to(document: Document, door: str) -> bool:
    """Whether the acting person is not the last who has to take a step."""
    return asked(document, door).exclude(who__in=acting_people()).exists()


def others_have_to_approve(document: Document) -> bool:
    return others_have_to(document, "approve")


def still_in_force(document: Document) -> Missing | None:
    """What is not in force yet is not reviewed for whether it still holds."""
    if document.effective_on is not None and document.effective_on <= current().today():
        return None
    return Missing(_("It is not in force yet"))


def nothing_to_come(document: Document) -> Missing | None:
    """While an approved revision waits for its day, a next one would take its place and that of the one in force (law L16)."""
    if document.state != "approved" or document.effective_on is None or document.effective_on <= current().today():
        return None
    sentence = (
        _("Revision %(revision)s comes into force on %(day)s; begin the next one then, or take it back.")
        if document.standing_revision
        else _("Revision %(revision)s comes into force on %(day)s; begin the next one then.")
    )
    return Missing(sentence, {"revision": document.revision, "day": values.day(document.effective_on)})


def something_before(document: Document) -> Missing | None:
    """What is taken back leaves the revision before it; where there is none, nothing but its withdrawal is left."""
    return None if document.standing_revision else Missing(_("No revision stands before this one: withdraw the document instead"))


def nothing_newer(document: Document) -> Missing | None:
    """What others know of that has to be taken in first: it is not unchanged then."""
    return next((found for need in unchanged_needs if (found := need(document)) is not None), None)


def has_a_say(document: Document) -> Missing | None:
    """Whoever was asked, wrote it, or may approve can send a text back; nobody else stops others' work."""
    acting = current()
    waiting = tasks.of(document).filter(door__in=("review", "approve"), who__in=acting_people())
    if acting.actor.may("documents.approve", document) or waiting.exists() or document.newest().author_id in acting_people():
        return None
    return Missing(_("You were not asked to review this"), others=True)
