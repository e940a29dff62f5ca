"""Once: a write that was asked for twice is done once."""

from django.conf import settings
from django.db import models

from guiju.lib.uuid7 import uuid7
from guiju.spine.acts import ScopedManager


class Once(models.Model):
    """A page form's one-time token, or the API's Idempotency-Key, with the record that came of it."""

    not_on_trail_because = "It keeps a double click from being done twice; what was done is on the trail."

    id = models.UUIDField(primary_key=True, default=uuid7)
    organization = models.ForeignKey("organizations.Organization", models.PROTECT, related_name="+", db_index=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False)
    key = models.CharField(max_length=100)
    asked = models.CharField(max_length=64)  # SHA-256 of what was asked for
    record = models.UUIDField(null=True)
    made_at = models.DateTimeField(auto_now_add=True)

    objects = ScopedManager()
    everywhere = models.Manager()

    class Meta:
        base_manager_name = "objects"
        default_manager_name = "objects"
        constraints = (models.UniqueConstraint(fields=("organization", "person", "key"), name="registers_once_key"),)

    def __str__(self) -> str:
        return self.key
