"""TrailCheck: one verification of an organization's trail that somebody asked for, and what came of it."""

from django.db import models

from guiju.spine.jobs.runs import Run, RunState


class TrailCheck(Run):
    """How far it is (`part` of `parts`, `doing` as a message key); then up to which entry it went, and what was found.

    `found` holds at most KEPT findings, without the values that stand in records: those are for whoever may see the record.
    """

    not_on_trail_because = "That it was asked for and how it ended are entries; anybody can have it done again."

    part = models.PositiveSmallIntegerField(default=0)
    parts = models.PositiveSmallIntegerField(default=0)
    doing = models.CharField(max_length=100, blank=True)
    began_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    entries = models.BigIntegerField(default=0)
    digest = models.CharField(max_length=64, blank=True)
    head_entries = models.BigIntegerField(default=0)
    head_digest = models.CharField(max_length=64, blank=True)
    head_at = models.DateTimeField(null=True)
    fingerprint = models.CharField(max_length=100, blank=True)
    findings = models.PositiveIntegerField(default=0)
    found = models.JSONField(default=list)

    class Meta(Run.Meta):
        indexes = (models.Index(fields=("organization", "-id"), name="trail_checks_page"),)

    def __str__(self) -> str:
        return f"{self.made_at} {self.state}"

    @property
    def going(self) -> bool:
        return self.state in (RunState.WAITING, RunState.RUNNING)
