"""Distribution, Briefing, Reading: who gets a document, what its revision means for them, and who has read it."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from guiju.modules.documents.models import Document, Language, Revision
from guiju.organizations.models import Department, Role
from guiju.spine.records.trailed import Kept


class Distribution(Kept):
    """A document goes to a role, a department with those below it, or a person; with none of them to all members."""

    called = _("distribution")
    document = models.ForeignKey(Document, models.PROTECT, related_name="+")
    role = models.ForeignKey(Role, models.PROTECT, null=True, blank=True, related_name="+")
    department = models.ForeignKey(Department, models.PROTECT, null=True, blank=True, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", db_index=False)
    ended = models.BooleanField(_("ended"), default=False)

    untold = ("ended",)  # the sentence says it

    class Meta(Kept.Meta):
        pass

    def __str__(self) -> str:
        return str(self.role or self.department or self.person or _("all members"))


class Weight(models.TextChoices):
    MATERIAL = "material", _("Material: those concerned read it and confirm")
    MINOR = "minor", _("Minor: those who know the document are only told")


class Briefing(Kept):
    """What a revision means for its readers, said by its author before it is approved."""

    called = _("briefing of the readers")
    revision = models.ForeignKey(Revision, models.PROTECT, related_name="+")
    weight = models.CharField(_("weight of the change"), max_length=10, choices=Weight.choices, default=Weight.MATERIAL)
    reason = models.TextField(_("why it was changed"), blank=True)
    days = models.PositiveSmallIntegerField(_("days to read it"), default=14)
    question = models.TextField(_("question"), blank=True)
    choices = models.JSONField(_("possible answers"), default=list, blank=True)
    right = models.PositiveSmallIntegerField(_("right answer"), default=0)

    untold = ("choices", "right")  # whoever is still to answer reads the history too

    class Meta(Kept.Meta):
        constraints = (models.UniqueConstraint(fields=("organization", "revision"), name="readings_briefing_once"),)

    def __str__(self) -> str:
        return str(self.get_weight_display())


class How(models.TextChoices):
    SIGNED_IN = "signed_in", _("signed in")
    TERMINAL = "terminal", _("at a shared terminal, with number and PIN")
    TOOK_PART = "took_part", _("wrote, reviewed or approved it")
    TOLD = "told", _("was told of a minor change")


class Reading(Kept):
    """One person's reading of one revision: asked, and confirmed with what was shown."""

    called = _("reading")
    revision = models.ForeignKey(Revision, models.PROTECT, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False)
    # The revision this person had read before, against which the changes are shown; none for who reads all of it.
    since = models.ForeignKey(Revision, models.PROTECT, null=True, related_name="+")
    asked_at = models.DateTimeField(_("asked at"))
    due_on = models.DateField(_("due on"), null=True)
    tries = models.PositiveSmallIntegerField(_("answers given"), default=0)
    shown = models.JSONField(_("passages shown"), default=list)
    confirmed_at = models.DateTimeField(_("confirmed at"), null=True)
    language = models.CharField(_("read in a translation into"), max_length=10, choices=Language.choices, blank=True)
    how = models.CharField(_("way of confirming"), max_length=10, choices=How.choices, blank=True)
    ended_at = models.DateTimeField(_("no longer asked since"), null=True)

    untold = ("tries", "confirmed_at")  # the entries and their times say both

    class Meta(Kept.Meta):
        constraints = (models.UniqueConstraint(fields=("organization", "revision", "person"), name="readings_reading_once"),)
        indexes = (models.Index(fields=("organization", "person", "confirmed_at"), name="readings_of_person"),)

    def __str__(self) -> str:
        return f"{self.person_id} {self.revision_id}"
