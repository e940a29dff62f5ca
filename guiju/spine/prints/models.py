"""PrintRun: a print that takes long, on its way; the file can be fetched for some days."""

from pathlib import Path

from django.conf import settings
from django.db import models

from guiju.spine.jobs.runs import Run


class PrintRun(Run):
    """Who asked for which part of which record, in which language, and how far it has come."""

    not_on_trail_because = "It is a copy of what a record says; that it was printed is on the trail."

    record_kind = models.CharField(max_length=80)
    record = models.UUIDField()
    of = models.CharField(max_length=10, blank=True)  # the kind of print; empty for the record's own parts
    part = models.PositiveIntegerField()
    language = models.CharField(max_length=10)
    sealed = models.BooleanField(default=False)
    reason = models.CharField(max_length=200, blank=True)

    class Meta(Run.Meta):
        indexes = (models.Index(fields=("organization", "made_at"), name="prints_run_age"),)

    def __str__(self) -> str:
        return f"{self.record_kind} {self.part}"

    @property
    def path(self) -> Path:
        """Where its file lies: beside the organization's files, but none of them."""
        return Path(settings.FILES) / self.organization_id.hex / "prints" / f"{self.pk}.pdf"
