"""Record, and the side rows all records share: number counters and links."""

from uuid import UUID

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from guiju.spine.acts import current
from guiju.spine.records.scheme import Scheme
from guiju.spine.records.trailed import Kept


class Record(Kept):
    """A numbered record of an organization. Fields and a guarded `save()`; everything else stands beside it.

    `number` is null only between the first save and the end of its act (law L12).
    """

    number = models.CharField(_("number"), max_length=60, null=True, editable=False)  # noqa: DJ001
    title = models.CharField(_("title"), max_length=300)
    state = models.CharField(_("state"), max_length=30, editable=False)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("owner"), db_index=False
    )
    due_on = models.DateField(_("due on"), null=True, blank=True)
    created_at = models.DateTimeField(_("created at"), editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("created by"),
        db_index=False,
    )

    class Meta(Kept.Meta):
        abstract = True
        constraints = (models.UniqueConstraint(fields=("organization", "number"), name="%(app_label)s_%(class)s_number"),)
        indexes = (models.Index(fields=("organization", "-id"), name="%(app_label)s_%(class)s_page"),)

    def __str__(self) -> str:
        return f"{self.number} {self.title}"

    def numbering(self) -> Scheme:
        """How a new record of this kind is numbered; a model names its prefix, or overrides this."""
        raise NotImplementedError(f"{type(self).__name__} has no numbering")

    def lesser_right(self, action: str, person: UUID) -> str:
        """The right that suffices to a person (by id) for an action on this record instead of its own; empty where none does."""
        return ""

    def further_right(self, action: str, people: frozenset[UUID]) -> str:
        """The right that whoever stands for these people (by id) needs besides that of an action, since this record is not
        theirs; empty where its own right suffices."""
        return ""

    def check_writable(self) -> None:
        super().check_writable()
        if self._state.adding and self.created_at is None:
            acting = current()
            self.created_at = acting.now()
            self.created_by_id = self.created_by_id or acting.actor.id


class Counter(models.Model):
    """The last number given for one prefix of one organization; its row is locked while numbers are given.

    Not on the trail: it can be found again from the numbers that were given.
    """

    organization = models.ForeignKey("organizations.Organization", models.PROTECT, related_name="+", db_index=False)
    prefix = models.CharField(max_length=60)
    last = models.BigIntegerField(default=0)
    width = models.PositiveSmallIntegerField(default=0)  # digits with leading zeros, where people write more than the scheme

    everywhere = models.Manager()

    class Meta:
        base_manager_name = "everywhere"
        constraints = (models.UniqueConstraint(fields=("organization", "prefix"), name="records_counter_prefix"),)

    def __str__(self) -> str:
        return f"{self.prefix}{self.last}"


class Relation(models.TextChoices):
    RAISED_FROM = "raised_from", _("raised from")
    CORRECTS = "corrects", _("corrects")
    SUPERSEDES = "supersedes", _("supersedes")
    EVIDENCES = "evidences", _("evidences")


class Link(Kept):
    """One record's relation to another, each named by (kind, id)."""

    called = _("link between records")
    source_kind = models.CharField(max_length=80)
    source = models.UUIDField()
    target_kind = models.CharField(max_length=80)
    target = models.UUIDField()
    relation = models.CharField(max_length=20, choices=Relation.choices)

    class Meta(Kept.Meta):
        constraints = (
            models.UniqueConstraint(
                fields=("organization", "source_kind", "source", "target_kind", "target", "relation"), name="records_link_once"
            ),
        )
        indexes = (
            models.Index(fields=("organization", "source_kind", "source"), name="records_link_source"),
            models.Index(fields=("organization", "target_kind", "target"), name="records_link_target"),
        )

    def __str__(self) -> str:
        return f"{self.source} {self.relation} {self.target}"


class Comment(Kept):
    """A remark of a person about a record; kept, never changed."""

    called = _("comment")
    record_kind = models.CharField(max_length=80)
    record = models.UUIDField()
    text = models.TextField(_("comment"))
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False)

    class Meta(Kept.Meta):
        indexes = (models.Index(fields=("organization", "record_kind", "record"), name="records_comment_record"),)

    def __str__(self) -> str:
        return self.text[:60]
