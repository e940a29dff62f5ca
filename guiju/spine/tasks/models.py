"""Task: one thing one person has to do with one record."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from guiju.spine.acts.words import said
from guiju.spine.records.trailed import Kept


class Task(Kept):
    """`what` is a message key with `params` (law L15); `door` names the transition that it asks for, if any.

    Several tasks of one door may be asked in turn: those of a later `turn` have no `asked_at` until it is theirs.
    """

    called = _("task")
    record_kind = models.CharField(max_length=80)
    record = models.UUIDField()
    who = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("who"), db_index=False)
    what = models.CharField(_("what"), max_length=200)
    params = models.JSONField(default=dict, blank=True)
    door = models.CharField(max_length=40, blank=True)
    due_on = models.DateField(_("due on"), null=True, blank=True)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("asked by"), db_index=False
    )
    asked_at = models.DateTimeField(_("asked at"), null=True)
    turn = models.PositiveSmallIntegerField(_("turn"), default=0)
    done_at = models.DateTimeField(_("done at"), null=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("done by"), db_index=False
    )
    # Nobody can do it in the person's place, so that it is not handed over either.
    own = models.BooleanField(_("for this person alone"), default=False)
    dropped = models.BooleanField(_("no longer needed"), default=False)

    class Meta(Kept.Meta):
        indexes = (
            models.Index(fields=("organization", "who", "done_at", "due_on"), name="tasks_of_person"),
            models.Index(fields=("organization", "record_kind", "record"), name="tasks_of_record"),
        )

    def __str__(self) -> str:
        return said(self.what, self.params)
