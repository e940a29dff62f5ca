"""Terminal, Badge: a device that belongs to a place, and the number and PIN by which it recognizes people."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from guiju.organizations.models import Department, Membership
from guiju.spine.records.trailed import Kept
from guiju.spine.trail.states import SECRET_LENGTH, secret


class Terminal(Kept):
    """A device at which nobody signs in. Its secret lies in the device's cookie; only its SHA-256 is kept."""

    called = _("terminal")
    name = models.CharField(_("name"), max_length=80)
    department = models.ForeignKey(
        Department, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("department")
    )
    digest = secret(models.CharField(max_length=SECRET_LENGTH))
    made_at = models.DateTimeField(_("made at"))
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False)
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True)

    class Meta(Kept.Meta):
        constraints = (models.UniqueConstraint(fields=("organization", "digest"), name="terminals_terminal_digest"),)
        indexes = (models.Index(fields=("digest",), name="terminals_terminal_found"),)

    def __str__(self) -> str:
        return self.name


class Badge(Kept):
    """A member's number, and the PIN that only the member knows. It confirms readings and signs nothing."""

    called = _("number at the terminals")
    membership = models.ForeignKey(Membership, models.PROTECT, related_name="+")
    number = models.CharField(_("personnel number"), max_length=20)
    pin = secret(models.CharField(max_length=128, blank=True))
    pin_set_at = models.DateTimeField(_("PIN set at"), null=True)

    class Meta(Kept.Meta):
        constraints = (
            models.UniqueConstraint(fields=("organization", "membership"), name="terminals_badge_of_member"),
            models.UniqueConstraint(fields=("organization", "number"), name="terminals_badge_number"),
        )

    def __str__(self) -> str:
        return self.number
