"""Directory, one row per record, and the words under which it is found. An index: it can be made again from the records."""

from django.db import models

from guiju.spine.acts import ScopedManager


class Directory(models.Model):
    """What the search, "my work" and the link pickers read; never shown before it is read again through its register."""

    not_on_trail_because = "It is an index; `guiju reindex` makes it again."

    organization = models.ForeignKey("organizations.Organization", models.PROTECT, related_name="+", db_index=False)
    kind = models.CharField(max_length=80)
    record = models.UUIDField()
    number = models.CharField(max_length=60)
    title = models.CharField(max_length=300)
    state = models.CharField(max_length=30)
    owner = models.UUIDField(null=True)
    due_on = models.DateField(null=True)
    changed_at = models.DateTimeField()

    objects = ScopedManager()
    everywhere = models.Manager()

    class Meta:
        base_manager_name = "objects"
        default_manager_name = "objects"
        constraints = (models.UniqueConstraint(fields=("organization", "kind", "record"), name="search_directory_record"),)
        indexes = (models.Index(fields=("organization", "number"), name="search_directory_number"),)

    def __str__(self) -> str:
        return f"{self.number} {self.title}"


class Part(models.Model):
    """Words of a record: part 0 its own fields, the further ones the texts of its files.

    The first word names the organization, so that the index itself separates them. On SQLite an FTS5 table
    mirrors `words`, on PostgreSQL the column `vector` does (migration 0002). The id is made of the directory's and of
    the part's number (`engines`).
    """

    not_on_trail_because = "It is an index; `guiju reindex` makes it again."

    organization = models.ForeignKey("organizations.Organization", models.PROTECT, related_name="+", db_index=False)
    directory = models.ForeignKey(Directory, models.PROTECT, related_name="parts")
    part = models.PositiveIntegerField()
    words = models.TextField()

    objects = ScopedManager()
    everywhere = models.Manager()

    class Meta:
        base_manager_name = "objects"
        default_manager_name = "objects"

    def __str__(self) -> str:
        return f"{self.directory_id}/{self.part}"
