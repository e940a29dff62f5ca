"""Hold: a document that must stay whatever its retention says. Disposal and its lines: the list that two people sign."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from guiju.modules.documents.models import Document
from guiju.modules.kinds.models import Kind
from guiju.spine.records.models import Record
from guiju.spine.records.scheme import Scheme
from guiju.spine.records.trailed import Kept


class Hold(Kept):
    """Until it is released, its document is neither disposed of nor erased; a document may be under several."""

    called = _("hold")
    document = models.ForeignKey(Document, models.PROTECT, related_name="+")
    reason = models.TextField(_("reason"))
    put_at = models.DateTimeField(_("on hold since"))
    put_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False)
    released_at = models.DateTimeField(_("released at"), null=True)
    released_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False)
    release_reason = models.TextField(_("why it was released"), blank=True)

    class Meta(Kept.Meta):
        indexes = (models.Index(fields=("organization", "released_at", "document"), name="keeping_hold_open"),)

    def __str__(self) -> str:
        return self.reason[:60]


class Disposal(Record):
    """A list of documents to be disposed of; carried out it is the certificate of their destruction."""

    note = models.TextField(_("words to the list"), blank=True)
    carried_out_at = models.DateTimeField(_("carried out at"), null=True, editable=False)

    class Meta(Record.Meta):
        verbose_name = _("disposal")
        verbose_name_plural = _("disposals")

    def numbering(self) -> Scheme:
        return Scheme("DC", yearly=True)

    def signed_view(self, schema: int) -> dict[str, Any]:
        """What both people sign: which documents, by which rule, and what will tell a copy of them."""
        lines = DisposalLine.objects.filter(disposal=self, dropped=False).order_by("number", "id")
        return {"number": self.number, "title": self.title, "note": self.note, "lines": [line.signed() for line in lines]}


class DisposalLine(Kept):
    """One document on a list, as it was when it was listed. `stays` are digests of files that other records hold too."""

    called = _("line of a list for disposal")
    disposal = models.ForeignKey(Disposal, models.PROTECT, related_name="lines")
    document = models.ForeignKey(Document, models.PROTECT, related_name="+")
    seen = models.PositiveIntegerField()  # the document's version
    number = models.CharField(_("number"), max_length=60)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    out_of_force_on = models.DateField(_("out of force on"))
    retain_years = models.PositiveSmallIntegerField(_("kept for years"))
    kept_until = models.DateField(_("kept until"))
    revisions = models.JSONField(default=list)  # see lines.Facts
    stays = models.JSONField(default=list)
    dropped = models.BooleanField(_("not on the list any more"), default=False)

    class Meta(Kept.Meta):
        constraints = (models.UniqueConstraint(fields=("organization", "disposal", "document"), name="keeping_line_once"),)

    def __str__(self) -> str:
        return self.number

    def signed(self) -> dict[str, Any]:
        """What a signature under the list says of this document."""
        return {
            "document": str(self.document_id),
            "seen": str(self.seen),
            "number": self.number,
            "kind": self.kind,
            "out_of_force_on": self.out_of_force_on.isoformat(),
            "retain_years": str(self.retain_years),
            "kept_until": self.kept_until.isoformat(),
            "revisions": self.revisions,
        }
