"""ApiToken, Invitation, FailedSignIn: ways in, and knocks at the door."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from guiju.organizations.models.membership import Membership
from guiju.organizations.models.person import Person
from guiju.spine.records.trailed import Kept
from guiju.spine.trail.states import SECRET_LENGTH, personal, secret


class ApiToken(Kept):
    """A program's way in, in the name of a person; only its SHA-256 is kept. Its right: scope and the person's own."""

    called = _("token for a program")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    name = models.CharField(_("name"), max_length=80)
    digest = secret(models.CharField(max_length=SECRET_LENGTH))
    scope = models.JSONField(_("scope"), default=list)
    expires_on = models.DateField(_("until"), null=True, blank=True)
    revoked_at = models.DateTimeField(_("revoked at"), null=True)
    made_at = models.DateTimeField(_("made at"))

    class Meta(Kept.Meta):
        constraints = (models.UniqueConstraint(fields=("organization", "digest"), name="organizations_token_digest"),)
        indexes = (models.Index(fields=("digest",), name="organizations_token_found"),)

    def __str__(self) -> str:
        return self.name


class Invitation(Kept):
    """A code by mail or on paper with which a person makes an account, or proves to be the one expected."""

    called = _("invitation")
    membership = models.ForeignKey(Membership, models.PROTECT, related_name="+")
    digest = secret(models.CharField(max_length=SECRET_LENGTH))
    resets = models.BooleanField(default=False)  # a new code for an account that is in use: closes signing (law L10)
    made_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", verbose_name=_("made by"))
    email = personal(models.EmailField(_("e-mail"), blank=True))
    expires_at = models.DateTimeField(_("valid until"))
    used_at = models.DateTimeField(_("used at"), null=True)
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True)

    class Meta(Kept.Meta):
        indexes = (models.Index(fields=("digest",), name="organizations_invitation_code"),)

    def __str__(self) -> str:
        return f"invitation of {self.membership_id}"


class FailedSignIn(models.Model):
    """Failures per account, network and hour: one row however often a robot knocks (law L5)."""

    not_on_trail_because = "The first failure of an hour is an entry; this counts the others."

    account = models.CharField(max_length=64)
    network = models.CharField(max_length=64)
    hour = models.DateTimeField()
    count = models.PositiveIntegerField(default=0)
    last_at = models.DateTimeField()
    told = models.BooleanField(default=False)  # whether its entry is on the trail

    objects = models.Manager()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("account", "network", "hour"), name="organizations_failure_hour"),)
        indexes = (models.Index(fields=("network", "hour"), name="organizations_failure_network"),)

    def __str__(self) -> str:
        return f"{self.account} {self.hour} {self.count}"
