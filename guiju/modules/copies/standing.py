"""Which copies are out, and which of them are to be called back: read by date, never stored (law L16)."""

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import BooleanField, Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet, UUIDField
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from guiju.modules.copies.models import PaperCopy
from guiju.modules.documents.models import ENDED, Document, Insider
from guiju.organizations.members import not_expired, people_who_may
from guiju.organizations.models import Membership
from guiju.spine.acts import current
from guiju.spine.acts.prepared import Param, Prepared
from guiju.spine.registers.declaration import CONFIDENTIAL, by_key


def out() -> QuerySet[PaperCopy]:
    """The copies that are not ended."""
    return PaperCopy.objects.filter(ended_at=None)


def seen() -> QuerySet[PaperCopy]:
    """The copies of the documents that whoever acts may see."""
    register = by_key("documents")
    assert register is not None
    actor = current().actor
    rows = PaperCopy.objects.all()
    return rows if register.sees_all(actor) else rows.filter(document__in=register.rows(actor).values("pk"))


_OUT_OF = Prepared(
    lambda: PaperCopy.objects.filter(document_id=Param("document", UUIDField()), ended_at=None).values_list("pk")[:1]
)


def any_out(document: Document) -> bool:
    """Whether a copy of a document is out: told at once, since most have none."""
    return next(_OUT_OF.rows(document=document.pk), None) is not None


def judged(rows: QuerySet[PaperCopy], document: Document | None = None, in_force: str | None = None) -> QuerySet[PaperCopy]:
    """Copies, each with `outdated` (its revision is not in force), `left` (its holder is no member any more), `shut_out`
    (its holder may not see the confidential document) and `recall`: it is out, and one of these holds.

    With `document` the copies of this one, as it stands here, written or not; `in_force` is then the label to go by.
    """
    today = current().today()
    if document is None:
        now = _in_force(today)
    else:
        rows = rows.filter(document=document.pk)
        now = Q(revision__label=document.in_force(today) if in_force is None else in_force)
    hides = document is None or document.confidential
    flags = {"outdated": ~now, "left": _left(today), "shut_out": _shut_out() if hides else Q(pk__in=[])}
    marked = rows.annotate(**{name: ExpressionWrapper(found, BooleanField()) for name, found in flags.items()})
    recall = Q(ended_at=None) & (Q(outdated=True) | Q(left=True) | Q(shut_out=True))
    whether: dict[str, Any] = {"recall": ExpressionWrapper(recall, BooleanField())}
    return marked.annotate(**whether).select_related("document", "revision", "person")


def _in_force(today: date) -> Q:
    """What `Document.in_force` says, as a condition on a copy's revision."""
    newest = Q(document__state="approved", document__effective_on__isnull=False, document__effective_on__lte=today)
    before = Q(document__standing_on__isnull=False, document__standing_on__lte=today) & ~Q(document__state__in=ENDED)
    return (newest & Q(revision__label=F("document__revision"))) | (
        before & ~newest & Q(revision__label=F("document__standing_revision"))
    )


def _left(today: date) -> Q:
    there = Membership.objects.filter(not_expired(today), person=OuterRef("person"), active=True, person__is_active=True)
    return Q(~Exists(there), person__isnull=False)


def _shut_out() -> Q:
    inside = Insider.objects.filter(document=OuterRef("document"), person=OuterRef("person"), ended=False)
    may_see_all = [person.pk for person in people_who_may(f"documents.{CONFIDENTIAL}")]
    owns = Q(document__owner__isnull=False, document__owner=F("person"))
    seen = owns | Q(person__in=may_see_all) | Q(Exists(inside))
    return Q(~seen, document__confidential=True, person__isnull=False)


def why(copy: PaperCopy) -> str:
    """Why a judged copy is to be called back, in words; empty for one that is not."""
    if not copy.recall:
        return ""
    name = {"name": copy.holder}
    found = [_outdated(copy)] if copy.outdated else []
    found += [_("%(name)s is not a member any more") % name] if copy.left else []
    found += [_("%(name)s may not see the document any more") % name] if copy.shut_out and not copy.left else []
    return pgettext("list", "; ").join(found)


def _outdated(copy: PaperCopy) -> str:
    label = copy.document.in_force(current().today())
    if label:
        return _("revision %(label)s is in force") % {"label": label}
    return _("the document is withdrawn") if copy.document.state in ENDED else _("no revision is in force")


def out_of(documents: Iterable[Document]) -> dict[UUID, list[int]]:
    """By document the numbers of its copies that are out; none for one without."""
    rows = out().filter(document__in=[document.pk for document in documents]).order_by("number")
    found: dict[UUID, list[int]] = {}
    for document, number in rows.values_list("document", "number"):
        found.setdefault(document, []).append(number)
    return found


def present(people: Iterable[UUID | None]) -> set[UUID]:
    """Those of some people (by id) who are members today."""
    rows = Membership.objects.filter(not_expired(current().today()), active=True, person__is_active=True)
    return set(rows.filter(person__in=[pk for pk in people if pk is not None]).values_list("person", flat=True))
