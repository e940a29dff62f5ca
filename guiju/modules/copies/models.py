"""PaperCopy: one numbered copy on paper, from the day it is given out to the day it is gone."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from guiju.modules.documents.models import Document, Revision
from guiju.spine.records.trailed import Kept

LONGEST_PLACE = 60  # it stands in a strip of every printed page


class How(models.TextChoices):
    RETURNED = "returned", pgettext_lazy("paper copy", "came back")
    DESTROYED = "destroyed", pgettext_lazy("paper copy", "destroyed at its place")
    LOST = "lost", pgettext_lazy("paper copy", "lost")


class PaperCopy(Kept):
    """A copy of one revision, held by a member or at a place. Its number is one of its document's, never given again.

    Whether it is to be called back is read by date (law L16, `standing`); `called_at` is when somebody was asked to.
    """

    called = _("paper copy")

    # Said of rows that come from `standing.judged`: why a copy that is out is to be called back, and whether.
    outdated: bool
    left: bool
    shut_out: bool
    recall: bool

    document = models.ForeignKey(Document, models.PROTECT, related_name="+")
    revision = models.ForeignKey(Revision, models.PROTECT, related_name="+")
    number = models.PositiveIntegerField(_("copy number"))
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("holder"), db_index=False
    )
    place = models.CharField(_("place"), max_length=LONGEST_PLACE, blank=True)
    reason = models.TextField(_("needed for"), blank=True)
    instead_of = models.ForeignKey("self", models.PROTECT, null=True, related_name="+", verbose_name=_("in the place of"))
    issued_at = models.DateTimeField(_("given out at"))
    issued_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False)
    prints = models.PositiveIntegerField(_("times printed"), default=0)
    printed_at = models.DateTimeField(_("last printed at"), null=True)
    printed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False)
    called_at = models.DateTimeField(_("called back at"), null=True)
    ended_at = models.DateTimeField(_("ended at"), null=True)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False)
    how = models.CharField(_("how it ended"), max_length=10, choices=How.choices, blank=True)
    words = models.TextField(_("what is known of it"), blank=True)

    class Meta(Kept.Meta):
        constraints = (models.UniqueConstraint(fields=("organization", "document", "number"), name="copies_number_once"),)
        indexes = (
            models.Index(fields=("organization", "ended_at", "document"), name="copies_out"),
            models.Index(fields=("organization", "person", "ended_at"), name="copies_of_person"),
        )

    def __str__(self) -> str:
        return f"{self.number}"

    @property
    def holder(self) -> str:
        """Who or what holds it, in the reader's words."""
        return str(self.person) if self.person_id else self.place or gettext("(erased)")
