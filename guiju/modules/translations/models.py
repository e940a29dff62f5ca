"""Translation: a revision's text in another language."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from guiju.modules.documents.models import Document, Language, Revision
from guiju.spine.attachments.models import Attachment
from guiju.spine.records.trailed import Kept


class Translation(Kept):
    """One language of one revision. The revision stays the source: a translation is made of it, never of a translation.

    It is stale from the moment on when its document is read in a later revision.
    """

    called = _("translation")
    document = models.ForeignKey(Document, models.PROTECT, related_name="+")
    source = models.ForeignKey(Revision, models.PROTECT, related_name="+", verbose_name=_("translated from"))
    language = models.CharField(_("language"), max_length=10, choices=Language.choices)
    title = models.CharField(_("title"), max_length=300)
    text = models.TextField(_("text"), blank=True)
    file = models.ForeignKey(Attachment, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("file"))
    file_name = models.CharField(_("file name"), max_length=255, blank=True)
    file_digest = models.CharField(_("SHA-256 of the file"), max_length=64, blank=True)
    made_at = models.DateTimeField(_("translated at"))
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("translated by"), db_index=False
    )
    checked_at = models.DateTimeField(_("checked at"), null=True)
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("checked by"), db_index=False
    )

    class Meta(Kept.Meta):
        constraints = (models.UniqueConstraint(fields=("organization", "source", "language"), name="translations_once"),)

    def __str__(self) -> str:
        return f"{self.get_language_display()}: {self.title}"
