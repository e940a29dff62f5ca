"""Document, its revisions, and the remarks that were made on them."""

from datetime import date
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from guiju.modules.documents.approval import own
from guiju.modules.documents.before.models import Brought, TakenOver
from guiju.modules.documents.checkout.models import CheckOut
from guiju.modules.documents.standing.dates import ENDED, in_force_of
from guiju.modules.kinds import services as kinds
from guiju.modules.kinds.models import Kind
from guiju.modules.processes.models import OfProcess
from guiju.organizations.models import Department
from guiju.spine.acts import current
from guiju.spine.attachments.models import Attachment
from guiju.spine.records.models import Record
from guiju.spine.records.scheme import Scheme
from guiju.spine.records.trailed import Kept

__all__ = ["ENDED", "CheckOut", "Document", "Insider", "Language", "Remark", "Revision"]


class Language(models.TextChoices):
    ENGLISH = "en", _("English")
    CHINESE = "zh-hans", _("Chinese")
    OTHER = "other", _("another")


class Document(Brought, OfProcess, Record):
    """Documented information that is maintained. Its state is that of its newest revision.

    `revision` and `effective_on` repeat the newest revision's; `standing_*` are those of the revision approved
    before it, which stays in force until the newest is effective. All are read by date (law L16).
    """

    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices, default=Kind.PROCEDURE)
    language = models.CharField(_("language"), max_length=10, choices=Language.choices, default=Language.ENGLISH)
    department = models.ForeignKey(
        Department, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("department"), db_index=False
    )
    confidential = models.BooleanField(_("confidential"), default=False, editable=False)
    more = models.JSONField(_("further fields"), default=dict, blank=True)
    made_with = models.ForeignKey(
        "documents.Revision",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("made with the form"),
        db_index=False,
    )
    due_on = models.DateField(_("review again by"), null=True, blank=True)
    revision = models.CharField(_("revision"), max_length=20, editable=False)
    effective_on = models.DateField(_("effective on"), null=True, editable=False)
    standing_revision = models.CharField(_("revision in force before"), max_length=20, blank=True, editable=False)
    standing_on = models.DateField(_("effective since, before"), null=True, editable=False)

    untold = ("standing_revision", "standing_on", "came_in", "stated_who")  # told of the revision, or by who brought it in
    told_in_parts = {"more": kinds.told}

    class Meta(Record.Meta):
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        indexes = (  # type: ignore[assignment]
            *Record.Meta.indexes,
            models.Index(fields=("organization", "number", "id"), name="documents_by_number"),
            models.Index(fields=("organization", "title", "id"), name="documents_by_title"),
            models.Index(fields=("organization", "due_on", "id"), name="documents_by_due"),
            models.Index(fields=("organization", "effective_on", "id"), name="documents_by_effective"),
            models.Index(fields=("organization", "state", "effective_on", "-id"), name="documents_by_state"),
            models.Index(fields=("organization", "kind", "-id"), name="documents_by_kind"),
            models.Index(fields=("organization", "process", "-id"), name="documents_by_process"),
            models.Index(fields=("organization", "owner", "-id"), name="documents_by_owner"),
            models.Index(
                fields=("organization", "made_with", "-id"),
                condition=models.Q(made_with__isnull=False),
                name="documents_by_form",
            ),
        )

    def numbering(self) -> Scheme:
        return kinds.scheme(self.kind, self.department_id)

    def newest(self) -> "Revision":
        """The revision that is being worked on, or was last, of those not given up; read once in an act that only reads."""
        acting = current()
        if not acting.writing and ("revisions", self.pk) in acting.known:
            return next(revision for revision in self.all_revisions() if revision.given_up_on is None)
        if acting.writing or (Revision, self.pk) not in acting.known:
            rows = Revision.objects.filter(document=self, given_up_on=None)
            acting.known[Revision, self.pk] = rows.order_by("-position")[0]
        found: Revision = acting.known[Revision, self.pk]
        return found

    def all_revisions(self) -> list["Revision"]:
        """Every revision, also those given up, the newest first; read once in an act that only reads."""
        acting = current()
        if acting.writing or ("revisions", self.pk) not in acting.known:
            rows = Revision.objects.filter(document=self).select_related("author")
            acting.known["revisions", self.pk] = list(rows.order_by("-position"))
        found: list[Revision] = acting.known["revisions", self.pk]
        return found

    def lesser_right(self, action: str, person: UUID) -> str:
        """Whoever has filled in a form corrects what came of it and sends it to review, as long as it is a draft."""
        if action not in ("documents.change", "documents.submit") or self.state != "draft" or self.made_with_id is None:
            return ""
        own = self.kind == Kind.RECORD and self.newest().author_id == person
        return "documents.fill" if own else ""

    def further_right(self, action: str, people: frozenset[UUID]) -> str:
        """Whoever may write works on their own documents; on others' only with the right to all of them (ISO 9001 5.3)."""
        return own.ANY if action in own.WORK and not own.concerns(self, people) else ""

    def in_force(self, today: date) -> str:
        """The label of the revision that is in force on a date; empty when none is."""
        return in_force_of(vars(self), today)


class Revision(TakenOver, Kept):
    """One revision's content, and the facts that its signatures stand under; complete in itself.

    A later draft that was given up keeps its label, since reviewers may have signed it; whoever looks for a label passes it over.
    """

    called = _("revision")
    document = models.ForeignKey(Document, models.PROTECT, related_name="revisions")
    position = models.PositiveIntegerField()
    label = models.CharField(_("revision"), max_length=20)
    number = models.CharField(_("number"), max_length=60, blank=True)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    title = models.CharField(_("title"), max_length=300)
    language = models.CharField(_("language"), max_length=10, choices=Language.choices)
    text = models.TextField(_("text"), blank=True)
    pictures = models.JSONField(_("SHA-256 of the pictures in the text"), default=list)
    file = models.ForeignKey(Attachment, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("file"))
    file_name = models.CharField(_("file name"), max_length=255, blank=True)
    file_digest = models.CharField(_("SHA-256 of the file"), max_length=64, blank=True)
    changes = models.TextField(_("what changed and why"), blank=True)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("written by"), db_index=False
    )
    submitted_at = models.DateTimeField(_("sent to review at"), null=True)
    planned_on = models.DateField(_("planned to be effective on"), null=True)
    approved_at = models.DateTimeField(_("approved at"), null=True)
    effective_on = models.DateField(_("effective on"), null=True)
    withdrawn_on = models.DateField(_("withdrawn on"), null=True)
    given_up_on = models.DateField(_("given up on"), null=True)
    given_up_because = models.TextField(_("why it was given up"), blank=True)
    confirmed_on = models.DateField(_("confirmed unchanged on"), null=True)  # by the last periodic review
    confirmed_with = models.TextField(_("what was looked at"), blank=True)

    untold = ("pictures", "number")  # the text names the pictures, the document its number

    class Meta(Kept.Meta):
        constraints = (
            models.UniqueConstraint(fields=("organization", "document", "position"), name="documents_revision_position"),
            # A draft that was given up was never issued: the next revision takes its label again.
            models.UniqueConstraint(
                fields=("organization", "document", "label"),
                condition=models.Q(given_up_on=None),
                name="documents_revision_label",
            ),
        )

    def __str__(self) -> str:
        return self.label

    @property
    def taken_back(self) -> bool:
        """Whether it had been approved when it was given up."""
        return self.given_up_on is not None and self.approved_at is not None

    @property
    def content(self) -> bool:
        """Whether there is anything to read."""
        return bool(self.text.strip() or self.file_digest)

    def signed_view(self, schema: int) -> dict[str, Any]:
        """What a signature under a revision stands for: its content, not its state, owner or dates (law L9)."""
        return {
            "document": str(self.document_id),
            "number": self.number,
            "label": self.label,
            "kind": self.kind,
            "title": self.title,
            "language": self.language,
            "text": self.text,
            "pictures": self.pictures,
            "file": self.file_digest,
            "changes": self.changes,
        } | self.taken_view()


class Insider(Kept):
    """Somebody who may see a confidential document, beside its owner."""

    called = _("person who may see a confidential document")
    document = models.ForeignKey(Document, models.PROTECT, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False)
    ended = models.BooleanField(default=False)

    class Meta(Kept.Meta):
        constraints = (models.UniqueConstraint(fields=("organization", "document", "person"), name="documents_insider_once"),)
        indexes = (models.Index(fields=("organization", "person"), name="documents_insider_person"),)

    def __str__(self) -> str:
        return f"{self.person_id}"


class Remark(Kept):
    """What somebody says of a passage of a revision under review; answered before approval, and kept.

    `quote` are the words of the passage, `before` and `after` those around it: the passage is found again by them, and
    where it is gone the remark still says what it spoke of.
    """

    called = _("remark")
    revision = models.ForeignKey(Revision, models.PROTECT, related_name="remarks")
    quote = models.TextField(_("passage"), blank=True)
    before = models.CharField(max_length=80, blank=True)
    after = models.CharField(max_length=80, blank=True)
    text = models.TextField(_("remark"))
    made_at = models.DateTimeField(_("made at"))
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False)
    answer = models.TextField(_("answer"), blank=True)
    resolved_at = models.DateTimeField(_("resolved at"), null=True)
    resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("answered by"), db_index=False
    )

    class Meta(Kept.Meta):
        pass

    def __str__(self) -> str:
        return self.text[:60]
