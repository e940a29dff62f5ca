"""PrintRun: a print that takes long, on its way; the file can be fetched for some days."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from guiju.lib.uuid7 import uuid7
from guiju.spine.acts import ScopedManager


class RunState(models.TextChoices):
    WAITING = "waiting", _("waiting")
    RUNNING = "running", _("on its way")
    FINISHED = "finished", _("finished")
    FAILED = "failed", _("stopped by an error")


class PrintRun(models.Model):
    """Who asked for which part of which record, in which language, and how far it has come."""

    not_on_trail_because = "It is a copy of what a record says; that it was printed is on the trail."

    id = models.UUIDField(primary_key=True, default=uuid7)
    organization = models.ForeignKey("organizations.Organization", models.PROTECT, related_name="+", db_index=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False)
    record_kind = models.CharField(max_length=80)
    record = models.UUIDField()
    of = models.CharField(max_length=10, blank=True)  # the kind of print; empty for the record's own parts
    part = models.PositiveIntegerField()
    language = models.CharField(max_length=10)
    sealed = models.BooleanField(default=False)
    reason = models.CharField(max_length=200, blank=True)
    state = models.CharField(max_length=10, choices=RunState.choices, default=RunState.WAITING)
    message = models.TextField(blank=True)  # a message key, rendered with `params` when it is read (law L15)
    params = models.JSONField(default=dict)
    made_at = models.DateTimeField()

    objects = ScopedManager()
    everywhere = models.Manager()

    class Meta:
        base_manager_name = "objects"
        default_manager_name = "objects"
        indexes = (models.Index(fields=("organization", "made_at"), name="prints_run_age"),)

    def __str__(self) -> str:
        return f"{self.record_kind} {self.part}"

    @property
    def path(self) -> Path:
        """Where its file lies: beside the organization's files, but none of them."""
        return Path(settings.FILES) / self.organization_id.hex / "prints" / f"{self.pk}.pdf"

    @property
    def said(self) -> str:
        """The message in the reader's language."""
        return gettext(self.message) % self.params if self.message else ""

    def failed(self, key: str, params: dict[str, Any] | None = None) -> None:
        """Set what stopped it; the caller saves."""
        self.state, self.message, self.params = RunState.FAILED, key, dict(params or {})
