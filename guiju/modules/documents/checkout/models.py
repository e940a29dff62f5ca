"""CheckOut: who has taken the file of a draft to work on it, and how that ended."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from guiju.spine.records.trailed import Kept


class End(models.TextChoices):
    BROUGHT_BACK = "brought_back", _("brought back")
    UNCHANGED = "unchanged", _("given back unchanged")
    ENDED = "ended", _("ended by another")


class CheckOut(Kept):
    """The file of a draft in one person's hands. `digest` is of what was taken."""

    called = _("check-out of a file")
    document = models.ForeignKey("documents.Document", models.PROTECT, related_name="+")
    digest = models.CharField(_("SHA-256 of the file"), max_length=64)
    taken_at = models.DateTimeField(_("taken at"))
    taken_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False)
    ended_at = models.DateTimeField(_("ended at"), null=True)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False)
    how = models.CharField(_("how it ended"), max_length=20, choices=End.choices, blank=True)

    class Meta(Kept.Meta):
        constraints = (
            models.UniqueConstraint(
                fields=("organization", "document"), condition=models.Q(ended_at=None), name="documents_one_checkout"
            ),
        )

    def __str__(self) -> str:
        return f"{self.taken_by_id}"
