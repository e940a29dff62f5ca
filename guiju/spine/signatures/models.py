"""Signature: the canonical bytes of what was signed, kept with who signed it and what it meant."""

from dataclasses import dataclass

from django.conf import settings
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from guiju.spine.records.trailed import Kept
from guiju.spine.trail.states import personal


@dataclass(frozen=True)
class NameThen:
    """A person's name as it was when they signed (21 CFR 11.50 a: the printed name of the signer)."""

    name: str
    name_zh: str

    def __str__(self) -> str:
        return self.name_zh if self.name_zh and (get_language() or "").startswith("zh") else self.name


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
    signer_name = personal(models.CharField(max_length=120))
    signer_name_zh = personal(models.CharField(max_length=60, blank=True))
    absent_name = personal(models.CharField(max_length=120, blank=True))
    absent_name_zh = personal(models.CharField(max_length=60, blank=True))
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
    def signer_then(self) -> NameThen:
        """Who signed, by the name of then: whoever is called otherwise later did not sign under that name."""
        return NameThen(self.signer_name, self.signer_name_zh)

    @property
    def absent_then(self) -> NameThen | None:
        """In whose place it was signed, by the name of then."""
        return NameThen(self.absent_name, self.absent_name_zh) if self.on_behalf_of_id else None

    @property
    def erased(self) -> bool:
        """Whether what was signed has been erased since: who signed when, its meaning and its digest are what is left."""
        return not self.view
