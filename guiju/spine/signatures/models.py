"""Signature: the canonical bytes of what was signed, kept with who signed it and what it meant."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from guiju.spine.records.trailed import Kept


class Method(models.TextChoices):
    PASSWORD = "password", _("password")
    PASSWORD_AND_CODE = "password_and_code", _("password and one-time code")
    PASSKEY = "passkey", _("passkey, which has verified the person")
    SAMPLE = "sample", _("sample signature, without proof")


class Signature(Kept):
    """One person's signature under one row, which need not be a Record (a revision is signed, not its document)."""

    called = _("signature")
    append_only = True  # held by the database as well
    erasable = ("view",)  # the content goes with what was signed; that it was signed stays

    record_kind = models.CharField(max_length=80)
    record = models.UUIDField()
    meaning = models.CharField(_("meaning"), max_length=60)
    signer = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("signer"), db_index=False
    )
    on_behalf_of = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("as deputy for"), db_index=False
    )
    signed_at = models.DateTimeField(_("signed at"))
    method = models.CharField(_("proof"), max_length=20, choices=Method.choices)
    schema = models.PositiveIntegerField()
    view = models.TextField()
    digest = models.CharField(max_length=64)

    class Meta(Kept.Meta):
        indexes = (models.Index(fields=("organization", "record_kind", "record"), name="signatures_of_record"),)

    def __str__(self) -> str:
        return f"{self.meaning} {self.digest[:12]}"

    @property
    def erased(self) -> bool:
        """Whether what was signed has been erased since: who signed when, its meaning and its digest are what is left."""
        return not self.view
