"""Letterbox, Letter: which letters a person wants, and that each goes once."""

from django.conf import settings
from django.db import models

from guiju.lib.uuid7 import uuid7
from guiju.spine.acts import ScopedManager

HOUR = 7  # of a person's day, where they chose no other


class Letterbox(models.Model):
    """What a person chose, and the address that a mail server refused; whoever has no row has the defaults.

    The refusal names the address, so that it ends by itself when the person gets another one.
    """

    not_on_trail_because = "It is one person's choice of letters, and an address that takes none; what letters tell is here too."

    person = models.OneToOneField(settings.AUTH_USER_MODEL, models.PROTECT, primary_key=True, related_name="+")
    daily = models.BooleanField(default=True)
    hour = models.PositiveSmallIntegerField(default=HOUR)
    at_once = models.BooleanField(default=True)
    refused_address = models.EmailField(blank=True)
    refused_at = models.DateTimeField(null=True)
    refused_words = models.CharField(max_length=200, blank=True)

    objects = models.Manager()

    def __str__(self) -> str:
        return f"letterbox of {self.person_id}"


class Outcome(models.TextChoices):
    """How a letter ended; blank while it waits."""

    SENT = "sent"
    NEEDLESS = "needless"  # nothing to say, or nobody any more to say it to
    REFUSED = "refused"


class Letter(models.Model):
    """One letter to one person: the digest of one of their days, or an urgent notice.

    The row is there before the letter goes (section 10), and its id is the letter's Message-ID.
    """

    not_on_trail_because = "It keeps a letter from being sent twice; what the letter tells is on the trail."

    id = models.UUIDField(primary_key=True, default=uuid7)
    organization = models.ForeignKey("organizations.Organization", models.PROTECT, related_name="+", db_index=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False)
    day = models.DateField()  # the person's, where they are
    notice = models.UUIDField(null=True)  # the urgent one; None: a digest
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=10, choices=Outcome.choices, blank=True)

    objects = ScopedManager()
    everywhere = models.Manager()

    class Meta:
        base_manager_name = "objects"
        default_manager_name = "objects"
        constraints = (
            models.UniqueConstraint(
                fields=("organization", "person", "day"), condition=models.Q(notice=None), name="letters_digest_once"
            ),
            models.UniqueConstraint(
                fields=("organization", "notice"), condition=~models.Q(notice=None), name="letters_notice_once"
            ),
        )
        indexes = (models.Index(fields=("person", "made_at"), name="letters_of_person"),)

    def __str__(self) -> str:
        return f"letter of {self.day} to {self.person_id}"
