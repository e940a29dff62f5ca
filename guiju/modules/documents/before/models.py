"""What is said of a document that was in force before it came here; a statement, never a signature of ours."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

STATED = ("stated_since", "stated_by", "stated_on", "stated_place")


class Stated(models.Model):
    """Since when it was in force, who approved it and when, and where its original lies, as those who brought it in say."""

    stated_since = models.DateField(_("in force before Guiju since"), null=True, blank=True)
    stated_by = models.CharField(_("approved before Guiju by"), max_length=200, blank=True)
    stated_on = models.DateField(_("approved before Guiju on"), null=True, blank=True)
    stated_place = models.CharField(_("where the original is kept"), max_length=300, blank=True)

    class Meta:
        abstract = True

    def stated(self) -> dict[str, Any]:
        """What is said, by field."""
        return {name: getattr(self, name) for name in STATED}


class Brought(Stated):
    """A document, which knows whether it was brought in from elsewhere, and by whose word it was in force before."""

    came_in = models.BooleanField(_("brought in from elsewhere"), default=False, editable=False)
    stated_who = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("stated by"),
        db_index=False,
    )

    class Meta:
        abstract = True

    def state_before(self, values: Mapping[str, Any], person: UUID) -> None:
        """Lay over what is stated; whoever says something else than stood there is who stated it."""
        told = {name: values[name] for name in STATED if name in values and values[name] != getattr(self, name)}
        for name, value in told.items():
            setattr(self, name, value)
        if told:
            self.stated_who_id = person


class TakenOver(Stated):
    """A revision, which takes what is said of its document with it, under the signature of who takes it over."""

    taken_over_at = models.DateTimeField(_("taken over as in force at"), null=True)

    class Meta:
        abstract = True

    def taken_view(self) -> dict[str, Any]:
        """What the signature of the taking over stands for beside the content (law L9); nothing where there is none."""
        if self.taken_over_at is None:
            return {}
        return {
            "taken_over": {name: value.isoformat() if isinstance(value, date) else value for name, value in self.stated().items()}
        }
