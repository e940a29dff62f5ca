"""Organization, Site, Department, Parameter."""

import json
from uuid import UUID
from zoneinfo import available_timezones

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from guiju.spine.records.trailed import Everywhere, Kept, Trailed

LANGUAGES = (("en", "English"), ("zh-hans", "简体中文"))


def known_time_zone(name: str) -> None:
    if name not in available_timezones():
        raise ValidationError(_("There is no time zone “%(name)s”."), params={"name": name}, code="time_zone")


class Named(models.Model):
    """A name in each of the two languages; the second may be left out."""

    name = models.CharField(_("name"), max_length=200)
    name_zh = models.CharField(_("name in Chinese"), max_length=200, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name_zh if self.name_zh and (get_language() or "").startswith("zh") else self.name


class Organization(Named, Trailed):
    """One organization, the wall around everything it keeps. Whether it is a sample is fixed when it is made (law L4)."""

    called = _("organization")
    no_organization_because = "It is the organization."

    slug = models.CharField(
        _("short name in addresses"),
        max_length=40,
        unique=True,
        validators=[RegexValidator(r"^[a-z][a-z0-9-]*$", _("Small Latin letters, digits and hyphens, beginning with a letter."))],
    )
    time_zone = models.CharField(_("time zone"), max_length=60, default="UTC", validators=[known_time_zone])
    language = models.CharField(_("language"), max_length=10, choices=LANGUAGES, default="en")
    sample = models.BooleanField(_("sample"), default=False, editable=False)
    about = models.TextField(_("what it makes or does"), blank=True)
    about_zh = models.TextField(_("the same in Chinese"), blank=True)

    objects = Everywhere()
    everywhere = Everywhere()

    def trail_chain(self) -> UUID:
        return self.pk


class Site(Named, Kept):
    """A place where the organization works; dates there follow its time zone."""

    called = _("site")
    time_zone = models.CharField(_("time zone"), max_length=60, default="UTC", validators=[known_time_zone])
    closed = models.BooleanField(_("closed"), default=False)

    class Meta(Kept.Meta):
        constraints = (models.UniqueConstraint(fields=("organization", "name"), name="organizations_site_name"),)


class Department(Named, Kept):
    """A part of the organization to which people belong."""

    called = _("department")
    site = models.ForeignKey(Site, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("site"))
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("part of"))
    closed = models.BooleanField(_("closed"), default=False)

    class Meta(Kept.Meta):
        constraints = (models.UniqueConstraint(fields=("organization", "name"), name="organizations_department_name"),)


class Parameter(Kept):
    """One thing an organization has tuned: approvers, deadlines, minutes until log-off. Never a workflow's graph."""

    called = _("setting")
    name = models.CharField(max_length=80)
    value = models.JSONField()

    class Meta(Kept.Meta):
        constraints = (models.UniqueConstraint(fields=("organization", "name"), name="organizations_parameter_name"),)

    def __str__(self) -> str:
        return f"{self.name} = {self.value}"

    def signed_view(self, schema: int) -> dict[str, str]:
        """What a signature under a parameter stands for."""
        return {"name": self.name, "value": json.dumps(self.value, sort_keys=True)}
