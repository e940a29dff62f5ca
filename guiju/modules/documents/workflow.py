"""From draft to withdrawal. ISO 9001 7.5.2 (review and approval) and 7.5.3 (control)."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop, pgettext

from guiju.modules.documents import one_person, revisions
from guiju.modules.documents.models import Document
from guiju.organizations.choices import MembersField
from guiju.spine.acts import Missing, Refused, current
from guiju.spine.notices.services import tell
from guiju.spine.signatures.services import holds
from guiju.spine.signatures.services import of as signatures_of
from guiju.spine.tasks import services as tasks
from guiju.spine.workflow.perform import acting_people
from guiju.spine.workflow.table import State, Transition, Workflow


class SubmitForm(forms.Form):
    """Who is asked to review."""

    reviewers = MembersField(
        right="documents.review", label=_("Reviewers"), help_text=_("People other than the author; each is asked.")
    )
    due_on = forms.DateField(label=_("Review until"), required=False, widget=forms.DateInput(attrs={"type": "date"}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Whoever sends it is hardly ever another than the author; a review by the author is refused in any case.
        reviewers = self.fields["reviewers"]
        reviewers.queryset = reviewers.queryset.exclude(pk__in=acting_people())  # type: ignore[attr-defined]
        reviewers.required = not one_person.declared()


class ApproveForm(forms.Form):
    """From when the revision is in force."""

    effective_on = forms.DateField(
        label=_("Effective on"),
        required=False,
        help_text=_("Empty: from today."),
        widget=forms.DateInput(attrs={"type": "date"}),
    )


class ReviseForm(forms.Form):
    """What the new revision is called and why it is made."""

    revision = forms.CharField(
        label=_("New revision"), max_length=20, required=False, help_text=_("Empty: the next after the present one.")
    )


# --- Guards ---------------------------------------------------------------------------------------------------------


def has_content(document: Document) -> Missing | None:
    return None if document.newest().content else Missing(gettext_noop("A text or a file is missing"), link="change")


def not_the_author(document: Document) -> Missing | None:
    """ISO 9001 7.5.2: a check by another; also held against a deputy of the author."""
    revision = document.newest()
    if revision.author_id not in acting_people() or one_person.declared():
        return None
    link = "alone" if one_person.offered() else ""
    return Missing(gettext_noop("You wrote this revision; another person has to do this"), link=link)


def reviewed_by_another(document: Document) -> Missing | None:
    """At least one review by another than the author stands under the content as it is now."""
    if one_person.declared() or tasks.of(document).filter(door="review").exists():
        return None  # or it is said already that reviews are waiting
    newest = document.newest()
    reviews = [s for s in signatures_of([newest]) if s.meaning == "review" and s.signer_id != newest.author_id]
    if any(holds(s, newest) for s in reviews):
        return None
    return Missing(gettext_noop("Nobody other than the author has reviewed this text yet"))


def every_review_done(document: Document) -> Missing | None:
    waiting = list(tasks.of(document).filter(door="review").select_related("who"))
    if not waiting:
        return None
    names = pgettext("list", ", ").join(task.who.shown_name for task in waiting)
    return Missing(gettext_noop("%(names)s: not reviewed yet"), {"names": names})


def asked_to_review(document: Document) -> Missing | None:
    acting = current()
    if tasks.of(document).filter(door="review", who__in=acting_people()).exists() or acting.actor.id is None:
        return None
    newest = document.newest()
    if any(s.meaning == "review" and s.signer_id in acting_people() and holds(s, newest) for s in signatures_of([newest])):
        return Missing(gettext_noop("You have reviewed this text"))
    return Missing(gettext_noop("You were not asked to review this"))


# --- Effects --------------------------------------------------------------------------------------------------------


def submit(document: Document, inputs: Mapping[str, Any]) -> Mapping[str, str | None]:
    revision = document.newest()
    reviewers = [person for person in inputs.get("reviewers", ()) if person.pk != revision.author_id]
    if not reviewers and not one_person.declared():
        raise Refused(
            gettext_noop("Choose at least one reviewer other than the author."),
            errors={"reviewers": [gettext_noop("Choose at least one reviewer other than the author.")]},
        )
    revisions.seal_facts(document, revision)
    for person in reviewers:
        tasks.ask(
            document,
            person.pk,
            gettext_noop("Review %(title)s"),
            params={"title": document.title},
            due_on=inputs.get("due_on"),
            door="review",
        )
    tell(
        [p.pk for p in reviewers],
        gettext_noop("You are asked to review %(number)s %(title)s."),
        revisions.words(document),
        document,
    )
    return {"reviewers": ",".join(str(person.pk) for person in reviewers), "revision": revision.label}


def review(document: Document, inputs: Mapping[str, Any]) -> Mapping[str, str | None]:
    revision = document.newest()
    waiting = tasks.of(document).filter(door="review").exclude(who__in=acting_people())
    if not waiting.exists():
        tell(
            [revision.author_id],
            gettext_noop("%(number)s %(title)s has been reviewed by all."),
            revisions.words(document),
            document,
        )
    return {"revision": revision.label}


def give_back(document: Document, inputs: Mapping[str, Any]) -> Mapping[str, str | None]:
    revision = document.newest()
    tasks.drop(document)
    tasks.ask(document, revision.author_id, gettext_noop("Rework %(title)s"), params={"title": document.title}, door="submit")
    tell([revision.author_id], gettext_noop("%(number)s %(title)s came back to you."), revisions.words(document), document)
    return {"revision": revision.label}


def approve(document: Document, inputs: Mapping[str, Any]) -> Mapping[str, str | None]:
    today = current().today()
    on: date = inputs.get("effective_on") or today
    if on < today:
        raise Refused(
            gettext_noop("A revision cannot have been in force before it was approved."),
            errors={"effective_on": [gettext_noop("Choose today or a later day.")]},
        )
    revision = document.newest()
    revisions.put_into_force(document, revision, on)
    tasks.drop(document)
    told = [person for person in (revision.author_id, document.owner_id) if person]
    tell(told, gettext_noop("%(number)s %(title)s has been approved."), revisions.words(document), document)
    return {"revision": revision.label, "effective_on": on.isoformat()}


def revise(document: Document, inputs: Mapping[str, Any]) -> Mapping[str, str | None]:
    made = revisions.begin(document, inputs.get("revision") or "")
    return {"revision": made.label}


def withdraw(document: Document, inputs: Mapping[str, Any]) -> Mapping[str, str | None]:
    revision = document.newest()
    revision.withdrawn_on = current().today()
    revision.save(action="withdraw")
    tasks.drop(document)
    return {"revision": revision.label}


def newest(document: Document) -> Any:
    return document.newest()


document_workflow = Workflow(
    "documents",
    states=(
        State("draft", _("Draft")),
        State("in_review", _("In review"), "due"),
        State("approved", _("Approved"), "due"),
        State("effective", _("Effective"), "done", follows=("approved", "effective_on")),
        State("withdrawn", _("Withdrawn"), final=True),
    ),
    transitions=(
        Transition(
            "submit",
            _("Send to review"),
            "draft",
            "in_review",
            _("%(who)s sent revision %(revision)s to review."),
            explains=_("Those you choose are asked to review it. The text then stands still."),
            needs=(has_content,),
            form=SubmitForm,
            effect=submit,
            icon="send",
        ),
        Transition(
            "review",
            _("Review"),
            "in_review",
            "in_review",
            _("%(who)s reviewed revision %(revision)s and signed."),
            explains=_("With your signature you say that you have read it and find it fit."),
            needs=(not_the_author, asked_to_review),
            meaning=_("Reviewed"),
            signs=newest,
            effect=review,
            icon="eye-check",
        ),
        Transition(
            "approve",
            _("Approve"),
            "in_review",
            "approved",
            _("%(who)s approved revision %(revision)s and signed."),
            explains=_("With your signature this revision comes into force on the day you choose."),
            needs=(not_the_author, every_review_done, reviewed_by_another),
            form=ApproveForm,
            meaning=_("Approved"),
            signs=newest,
            effect=approve,
            icon="rubber-stamp",
        ),
        Transition(
            "return",
            _("Return to draft"),
            "in_review",
            "draft",
            _("%(who)s returned revision %(revision)s to its author."),
            explains=_("The author gets it back with your reason. The reviews made so far are kept."),
            asks_reason=True,
            effect=give_back,
            icon="arrow-back-up",
        ),
        Transition(
            "revise",
            _("Begin a new revision"),
            ("approved", "effective"),
            "draft",
            _("%(who)s began revision %(revision)s."),
            explains=_("The present revision stays in force until the new one is effective."),
            form=ReviseForm,
            asks_reason=True,
            effect=revise,
            icon="pencil",
        ),
        Transition(
            "withdraw",
            _("Withdraw"),
            ("approved", "effective"),
            "withdrawn",
            _("%(who)s withdrew the document."),
            explains=_("Nobody works by it any more. It stays readable, marked as withdrawn."),
            asks_reason=True,
            meaning=_("Withdrawn"),
            signs=newest,
            effect=withdraw,
            icon="archive",
        ),
    ),
)
