"""Notice: something a person is told. Not evidence: what it tells of is on the trail."""

from django.conf import settings
from django.db import models

from guiju.lib.uuid7 import uuid7
from guiju.spine.acts import ScopedManager
from guiju.spine.acts.words import said


class Notice(models.Model):
    """A message key with parameters, and the record it speaks of."""

    not_on_trail_because = "It repeats to one person what the trail already says."

    id = models.UUIDField(primary_key=True, default=uuid7)
    organization = models.ForeignKey("organizations.Organization", models.PROTECT, related_name="+", db_index=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False)
    key = models.CharField(max_length=200)
    params = models.JSONField(default=dict)
    record_kind = models.CharField(max_length=80, blank=True)
    record = models.UUIDField(null=True)
    made_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    urgent = models.BooleanField(default=False)
    mailed_at = models.DateTimeField(null=True)  # when a letter told it, which none does again

    objects = ScopedManager()
    everywhere = models.Manager()

    class Meta:
        base_manager_name = "objects"
        default_manager_name = "objects"
        indexes = (models.Index(fields=("organization", "person", "read_at", "-id"), name="notices_of_person"),)

    def __str__(self) -> str:
        return said(self.key, self.params)
