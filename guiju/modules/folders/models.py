"""FolderRun and its items: what was read, what a person decided, how far it has come."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from guiju.lib.uuid7 import uuid7
from guiju.spine.acts import ScopedManager


class RunState(models.TextChoices):
    READING = "reading", _("being read")
    READ = "read", _("read, waits for your word")
    BRINGING = "bringing", _("being brought in")
    DONE = "done", _("done")
    FAILED = "failed", _("stopped by an error")


class FolderRun(models.Model):
    """One bringing in. Resumable: each item says whether it is done."""

    not_on_trail_because = "It is the work of an import; the documents that come of it are on the trail."

    id = models.UUIDField(primary_key=True, default=uuid7)
    organization = models.ForeignKey("organizations.Organization", models.PROTECT, related_name="+", db_index=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False)
    name = models.CharField(max_length=255)
    state = models.CharField(max_length=10, choices=RunState.choices, default=RunState.READING)
    made_at = models.DateTimeField()
    error = models.TextField(blank=True)
    uploads = models.JSONField(default=list)  # what the browser sent: path, digest, size, or why it was refused

    objects = ScopedManager()
    everywhere = models.Manager()

    class Meta:
        base_manager_name = "objects"
        default_manager_name = "objects"
        indexes = (models.Index(fields=("organization", "-id"), name="folders_run_page"),)

    def __str__(self) -> str:
        return self.name


class FolderItem(models.Model):
    """One file of a run: where it is stored, what is proposed, what became of it."""

    not_on_trail_because = "It is the work of an import; the document that comes of it is on the trail."

    id = models.UUIDField(primary_key=True, default=uuid7)
    organization = models.ForeignKey("organizations.Organization", models.PROTECT, related_name="+", db_index=False)
    run = models.ForeignKey(FolderRun, models.PROTECT, related_name="items")
    path = models.CharField(max_length=1000)
    size = models.BigIntegerField()
    digest = models.CharField(max_length=64, blank=True)
    outcome = models.CharField(max_length=10)  # document, left_out
    title = models.CharField(max_length=300, blank=True)
    kind = models.CharField(max_length=20, blank=True)
    number = models.CharField(max_length=60, blank=True)
    revision = models.CharField(max_length=20, blank=True)
    language = models.CharField(max_length=10, blank=True)
    stated_since = models.DateField(null=True)
    stated_by = models.CharField(max_length=200, blank=True)
    stated_on = models.DateField(null=True)
    notes = models.JSONField(default=list)
    document = models.ForeignKey("documents.Document", models.PROTECT, null=True, related_name="+")

    objects = ScopedManager()
    everywhere = models.Manager()

    class Meta:
        base_manager_name = "objects"
        default_manager_name = "objects"
        indexes = (models.Index(fields=("run", "path"), name="folders_item_path"),)

    def __str__(self) -> str:
        return self.path
