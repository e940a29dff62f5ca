"""Membership, Role, Grant, Deputyship: who may do what, from when until when."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from guiju.organizations.models.organization import Department, Named, Site
from guiju.organizations.models.person import Person
from guiju.spine.records.trailed import Kept


class Membership(Kept):
    """One person's belonging to one organization; a guest's ends by itself."""

    called = _("membership")
    person = models.ForeignKey(Person, models.PROTECT, related_name="memberships", verbose_name=_("person"))
    position = models.CharField(_("position"), max_length=120, blank=True)
    position_zh = models.CharField(_("position in Chinese"), max_length=120, blank=True)
    department = models.ForeignKey(
        Department, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("department")
    )
    site = models.ForeignKey(Site, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("site"))
    top_management = models.BooleanField(_("top management"), default=False)
    expires_on = models.DateField(_("until"), null=True, blank=True)
    active = models.BooleanField(_("active"), default=True)

    class Meta(Kept.Meta):
        constraints = (models.UniqueConstraint(fields=("organization", "person"), name="organizations_member_once"),)

    def __str__(self) -> str:
        return str(self.person)


class Role(Named, Kept):
    """A set of actions under a name. "documents.*" means all of a subject, "*" all there is."""

    called = _("role")
    key = models.CharField(_("key"), max_length=40)
    actions = models.JSONField(_("actions"), default=list)

    class Meta(Kept.Meta):
        constraints = (models.UniqueConstraint(fields=("organization", "key"), name="organizations_role_key"),)


class Grant(Kept):
    """One role of one member; taken back, never deleted."""

    called = _("granted role")
    membership = models.ForeignKey(Membership, models.PROTECT, related_name="grants")
    role = models.ForeignKey(Role, models.PROTECT, related_name="grants")
    active = models.BooleanField(default=True)

    class Meta(Kept.Meta):
        constraints = (models.UniqueConstraint(fields=("organization", "membership", "role"), name="organizations_grant_once"),)

    def __str__(self) -> str:
        return f"{self.role_id} to {self.membership_id}"


class Deputyship(Kept):
    """Someone stands in for an absent person; what is done so is always said to be done as deputy."""

    called = _("deputyship")
    absent = models.ForeignKey(Membership, models.PROTECT, related_name="deputies", verbose_name=_("absent"))
    deputy = models.ForeignKey(Membership, models.PROTECT, related_name="deputy_for", verbose_name=_("deputy"))
    from_on = models.DateField(_("from"))
    until_on = models.DateField(_("until"))
    ended = models.BooleanField(_("ended early"), default=False)

    class Meta(Kept.Meta):
        constraints = (
            models.CheckConstraint(condition=models.Q(until_on__gte=models.F("from_on")), name="organizations_deputy_order"),
        )

    def __str__(self) -> str:
        return f"{self.deputy_id} for {self.absent_id}"


class HandOver(Kept):
    """What a person answered for went to others when they left, in one signed step; written once."""

    called = _("hand-over of work")
    append_only = True  # held by the database as well

    membership = models.ForeignKey(Membership, models.PROTECT, related_name="+", verbose_name=_("person"))
    items = models.JSONField(default=list)  # [{kind, record, number, to}], ids as text
    reason = models.TextField(_("reason"))
    made_at = models.DateTimeField(_("made at"))
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("made by"))

    def __str__(self) -> str:
        return f"hand-over of {self.membership_id}"

    def signed_view(self, schema: int) -> dict[str, Any]:
        """Whose things went to whom, and why (law L9)."""
        return {"membership": str(self.membership_id), "items": self.items, "reason": self.reason}
