"""Once: a write that was asked for twice is done once. SavedView: a list as one person wants it again. ImportRun, ExportRun:
spreadsheets on their way in and out."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from guiju.lib.uuid7 import uuid7
from guiju.spine.acts import ScopedManager
from guiju.spine.attachments.models import Attachment
from guiju.spine.jobs.runs import Run


class Once(models.Model):
    """A page form's one-time token, or the API's Idempotency-Key, with the record that came of it."""

    not_on_trail_because = "It keeps a double click from being done twice; what was done is on the trail."

    id = models.UUIDField(primary_key=True, default=uuid7)
    organization = models.ForeignKey("organizations.Organization", models.PROTECT, related_name="+", db_index=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False)
    key = models.CharField(max_length=100)
    asked = models.CharField(max_length=64)  # SHA-256 of what was asked for
    record = models.UUIDField(null=True)
    made_at = models.DateTimeField(auto_now_add=True)

    objects = ScopedManager()
    everywhere = models.Manager()

    class Meta:
        base_manager_name = "objects"
        default_manager_name = "objects"
        constraints = (models.UniqueConstraint(fields=("organization", "person", "key"), name="registers_once_key"),)

    def __str__(self) -> str:
        return self.key


class SavedView(models.Model):
    """A list as one person wants to see it again: its words of the address, under a name of their own."""

    not_on_trail_because = "It is a preference of one person: what it leads to is on the trail, and can be reached without it."

    id = models.UUIDField(primary_key=True, default=uuid7)
    organization = models.ForeignKey("organizations.Organization", models.PROTECT, related_name="+", db_index=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False)
    register = models.CharField(max_length=40)
    name = models.CharField(_("name"), max_length=60)
    query = models.TextField()  # filters, view, q and sort, as `saved.words` orders them

    objects = ScopedManager()
    everywhere = models.Manager()

    class Meta:
        base_manager_name = "objects"
        default_manager_name = "objects"
        constraints = (
            models.UniqueConstraint(fields=("organization", "person", "register", "name"), name="registers_saved_view_name"),
        )

    def __str__(self) -> str:
        return self.name


class ListRun(Run):
    """What importing and exporting have in common: which register, and how many rows."""

    register = models.CharField(max_length=40)
    total = models.PositiveIntegerField(default=0)  # rows in all

    class Meta(Run.Meta):
        abstract = True

    def __str__(self) -> str:
        return f"{self.register} {self.made_at}"


class ImportRun(ListRun):
    """A spreadsheet being brought in. `line` is written with the rows up to it, so that it can go on after any stop."""

    not_on_trail_because = "It is the work of an import; its file and the records that come of it are on the trail."

    ALL, GOOD = "all", "good"

    file = models.ForeignKey(Attachment, models.PROTECT, related_name="+", db_index=False)
    columns = models.JSONField(default=list)  # [{heading, sample, to}] in the order of the file; `to` may be empty
    mode = models.CharField(max_length=4, default=ALL)  # all or nothing, or good rows only
    line = models.PositiveIntegerField(default=0)  # the last line that is done
    new = models.PositiveIntegerField(default=0)
    same = models.PositiveIntegerField(default=0)
    refused = models.PositiveIntegerField(default=0)  # rows; each may have several reasons
    reasons = models.JSONField(default=list)  # [{line, column, value, key, params}], as many as are kept

    class Meta(ListRun.Meta):
        indexes = (models.Index(fields=("organization", "register", "-id"), name="registers_import_page"),)


class ExportRun(ListRun):
    """A large list being written to a file, which can be fetched for some days."""

    not_on_trail_because = "It is a copy of what the records say; nothing is changed by it."

    format = models.CharField(max_length=4)
    query = models.TextField(blank=True)
    language = models.CharField(max_length=10)
    done = models.PositiveIntegerField(default=0)

    class Meta(ListRun.Meta):
        indexes = (models.Index(fields=("organization", "register", "-id"), name="registers_export_page"),)
