"""Attachment: a file's name, digest and place at a record. FileText: the text found in it, which can be found again."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from guiju.lib.uuid7 import uuid7
from guiju.spine.acts import ScopedManager
from guiju.spine.records.trailed import Kept


class Attachment(Kept):
    """A stored file. It is uploaded first and belongs to a record once that refers to it.

    Of one that was disposed of, size, type and digest stay, so that a copy found later can be recognized.
    """

    called = _("file")
    record_kind = models.CharField(max_length=80, blank=True, editable=False)
    record = models.UUIDField(null=True, editable=False)
    name = models.CharField(_("name"), max_length=255)
    media_type = models.CharField(_("type"), max_length=120)
    size = models.BigIntegerField(_("size"))
    digest = models.CharField(_("SHA-256"), max_length=64)
    added_at = models.DateTimeField(_("added at"))
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("added by"), db_index=False
    )
    disposed_at = models.DateTimeField(_("disposed of at"), null=True, editable=False)

    class Meta(Kept.Meta):
        indexes = (
            models.Index(fields=("organization", "record_kind", "record"), name="attachments_of_record"),
            models.Index(fields=("organization", "digest"), name="attachments_digest"),
        )

    def __str__(self) -> str:
        return self.name


class FileText(models.Model):
    """The text found in a file, by its digest."""

    not_on_trail_because = "It is read from the file and can be read again."

    id = models.UUIDField(primary_key=True, default=uuid7)
    organization = models.ForeignKey("organizations.Organization", models.PROTECT, related_name="+", db_index=False)
    digest = models.CharField(max_length=64)
    text = models.TextField(blank=True)
    problems = models.JSONField(default=list)

    objects = ScopedManager()
    everywhere = models.Manager()

    class Meta:
        base_manager_name = "objects"
        default_manager_name = "objects"
        constraints = (models.UniqueConstraint(fields=("organization", "digest"), name="attachments_text_digest"),)

    def __str__(self) -> str:
        return self.digest
