"""Watch: who looks for newer editions of an external document, where and how often. Check: what was found once."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from guiju.modules.documents.models import Document, Revision
from guiju.spine.records.trailed import Kept


class Decision(models.TextChoices):
    TAKE_OVER = "take_over", _("We take it over, in a new revision of this document")
    NOT_APPLICABLE = "not_applicable", _("It does not apply to us")


class Watch(Kept):
    """One document's. `edition` is the one that is held here; `ended_at` is empty while it is watched."""

    called = _("watch of editions")
    document = models.ForeignKey(Document, models.PROTECT, related_name="+")
    edition = models.CharField(_("edition held"), max_length=120)
    source = models.CharField(_("published at"), max_length=500)
    watcher = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("watched by"), db_index=False
    )
    months = models.PositiveSmallIntegerField(_("checked every so many months"))
    checked_on = models.DateField(_("last checked on"), null=True)
    next_on = models.DateField(_("next check on"))
    ended_at = models.DateTimeField(_("watched until"), null=True)

    class Meta(Kept.Meta):
        constraints = (models.UniqueConstraint(fields=("organization", "document"), name="editions_watch_once"),)
        indexes = (
            models.Index(fields=("organization", "ended_at", "next_on", "id"), name="editions_watch_due"),
            models.Index(fields=("organization", "watcher"), name="editions_watch_watcher"),
        )

    def __str__(self) -> str:
        return self.edition


class Check(Kept):
    """Somebody looked. `held` is the edition that was held then, `edition` the newer one that was found, or empty.

    What is taken over is open until a revision that was sent to review later has been approved.
    """

    called = _("check of an edition")
    watch = models.ForeignKey(Watch, models.PROTECT, related_name="checks")
    held = models.CharField(_("edition held"), max_length=120)
    checked_on = models.DateField(_("checked on"))
    note = models.TextField(_("what was looked at"), blank=True)
    edition = models.CharField(_("newer edition"), max_length=120, blank=True)
    applies_on = models.DateField(_("applies from"), null=True)
    impact = models.TextField(_("what it means for us"), blank=True)
    decision = models.CharField(_("decision"), max_length=20, choices=Decision.choices, blank=True)
    reason = models.TextField(_("why it does not apply"), blank=True)
    made_at = models.DateTimeField(_("recorded at"))
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False)
    on_behalf_of = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False)
    settled_at = models.DateTimeField(_("taken over at"), null=True)
    settled_with = models.ForeignKey(
        Revision, models.PROTECT, null=True, related_name="+", verbose_name=_("taken over with revision"), db_index=False
    )

    class Meta(Kept.Meta):
        indexes = (models.Index(fields=("organization", "decision", "settled_at"), name="editions_check_open"),)

    def __str__(self) -> str:
        return self.edition or self.held

    @property
    def is_open(self) -> bool:
        """Whether the newer edition is to be taken over and is not yet."""
        return self.decision == Decision.TAKE_OVER and self.settled_at is None
