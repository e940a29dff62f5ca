"""Head, Entry, Payload: a chain's end, its links, and the values they commit to (laws L2, L3, L5). PublicKey, SignedHead,
Block, Stamp, Origin: what proves to a stranger that they are those (law L7). Verification: when they were last compared with
the rest of the database."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from guiju.lib.uuid7 import uuid7
from guiju.spine.acts import ScopedManager


class ChainManager(ScopedManager):
    scope = "chain"


class Written(models.Model):
    """Rows that are written once by `append` and by nothing else."""

    class Meta:
        abstract = True

    def save(self, *args: object, **kwargs: object) -> None:
        raise RuntimeError("The trail is written by trail.append and by nothing else.")

    def delete(self, *args: object, **kwargs: object) -> tuple[int, dict[str, int]]:
        raise RuntimeError("Nothing is taken from the trail.")


class Head(models.Model):
    """The end of one chain; its row is locked while entries are appended.

    How often the clock was behind is counted here too, since nobody can look for it in a hundred thousand texts.
    """

    chain = models.UUIDField(primary_key=True)
    length = models.BigIntegerField(default=0)
    digest = models.CharField(max_length=64)
    at = models.DateTimeField(null=True)
    behind = models.BigIntegerField(default=0, help_text="entries that were written while the clock was behind")
    behind_at = models.DateTimeField(null=True, help_text="the instant of the last of them")
    behind_clock = models.DateTimeField(null=True, help_text="what the clock said then")

    everywhere = models.Manager()

    class Meta:
        base_manager_name = "everywhere"

    def __str__(self) -> str:
        return f"{self.chain} {self.length}"


class Entry(Written):
    """One link. `text` is the canonical text that was hashed, kept as it was; the columns repeat it for queries."""

    called = _("entry of the audit trail")

    id = models.UUIDField(primary_key=True, default=uuid7)
    chain = models.UUIDField()
    sequence = models.BigIntegerField()
    at = models.DateTimeField()
    actor = models.UUIDField(null=True)
    on_behalf_of = models.UUIDField(null=True)
    kind = models.CharField(max_length=80)
    record = models.UUIDField()
    action = models.CharField(max_length=60)
    stateful = models.BooleanField()
    text = models.TextField()
    digest = models.CharField(max_length=64)

    objects = ChainManager()
    everywhere = models.Manager()

    class Meta:
        base_manager_name = "objects"
        constraints = (models.UniqueConstraint(fields=("chain", "sequence"), name="trail_entry_sequence"),)
        indexes = (
            models.Index(fields=("chain", "kind", "record", "sequence"), name="trail_entry_record"),
            models.Index(fields=("chain", "at", "sequence"), name="trail_entry_at"),
            models.Index(fields=("chain", "actor", "sequence"), name="trail_entry_actor"),
            models.Index(fields=("chain", "kind", "sequence"), name="trail_entry_kind"),
        )

    def __str__(self) -> str:
        return f"{self.sequence} {self.kind} {self.action}"


class Payload(Written):
    """The salt and the values behind an entry's commitments, by class; nulled together by an erasure (law L3)."""

    ORDINARY, PERSONAL = "ordinary", "personal"

    id = models.UUIDField(primary_key=True, default=uuid7)
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="payloads")
    holds = models.CharField(max_length=10)
    salt = models.CharField(max_length=64, null=True)  # noqa: DJ001 (null is the erased state, "" would be a value)
    values = models.TextField(null=True)  # noqa: DJ001

    everywhere = models.Manager()

    class Meta:
        base_manager_name = "everywhere"
        constraints = (models.UniqueConstraint(fields=("entry", "holds"), name="trail_payload_entry"),)

    def __str__(self) -> str:
        return f"{self.holds} of {self.entry_id}"


class PublicKey(Written):
    """A key of the installation, the first at place 1; `text` is the signed text that names it and the one before it."""

    append_only = True
    not_on_trail_because = "An entry of the installation names it, and each key is signed by itself and the one before it."

    id = models.UUIDField(primary_key=True, default=uuid7)
    place = models.PositiveIntegerField(unique=True)
    public = models.CharField(max_length=64, unique=True, help_text="the raw key in hexadecimal")
    at = models.DateTimeField()
    text = models.TextField()

    everywhere = models.Manager()

    class Meta:
        base_manager_name = "everywhere"

    def __str__(self) -> str:
        return self.public


class Origin(Written):
    """Where a chain was before it was restored here: up to `size` its heads are signed by keys of that installation."""

    append_only = True
    not_on_trail_because = "The entry of the installation that says the chain was restored names it and its last key."

    id = models.UUIDField(primary_key=True, default=uuid7)
    chain = models.UUIDField()
    size = models.BigIntegerField()
    keys = models.TextField(help_text="the signed texts that name the keys, one a line, the last last")

    everywhere = models.Manager()

    class Meta:
        base_manager_name = "everywhere"
        constraints = (models.UniqueConstraint(fields=("chain", "size"), name="trail_origin_size"),)

    def __str__(self) -> str:
        return f"{self.chain} {self.size}"

    def texts(self) -> list[str]:
        return self.keys.splitlines()


class SignedHead(Written):
    """A chain as it was at an instant: `text` is what was signed, with its signature, `peaks` what the tree goes on from."""

    append_only = True
    not_on_trail_because = "It stands above the trail: it is signed, and says what the trail was."

    id = models.UUIDField(primary_key=True, default=uuid7)
    chain = models.UUIDField()
    size = models.BigIntegerField()
    at = models.DateTimeField()
    text = models.TextField()
    peaks = models.TextField()

    everywhere = models.Manager()

    class Meta:
        base_manager_name = "everywhere"
        constraints = (models.UniqueConstraint(fields=("chain", "size"), name="trail_signedhead_size"),)

    def __str__(self) -> str:
        return f"{self.chain} {self.size}"


class Block(Written):
    """The root over 256 entries of a chain, so that a proof need not read all of them."""

    append_only = True
    not_on_trail_because = "It is computed from the entries, and a proof made with a wrong one leads to no signed root."

    id = models.BigAutoField(primary_key=True)
    chain = models.UUIDField()
    place = models.BigIntegerField(help_text="from 0")
    root = models.CharField(max_length=64)

    everywhere = models.Manager()

    class Meta:
        base_manager_name = "everywhere"
        constraints = (models.UniqueConstraint(fields=("chain", "place"), name="trail_block_place"),)

    def __str__(self) -> str:
        return f"{self.chain} {self.place}"


class Stamp(Written):
    """What a time-stamping authority answered for a signed head: that it was there at this instant (RFC 3161)."""

    append_only = True
    not_on_trail_because = "It is signed by an authority elsewhere, over the signed head."

    id = models.UUIDField(primary_key=True, default=uuid7)
    head = models.ForeignKey(SignedHead, models.PROTECT, related_name="stamps")
    at = models.DateTimeField()
    authority = models.CharField(max_length=200)
    token = models.TextField(help_text="the whole answer, DER in base64")

    everywhere = models.Manager()

    class Meta:
        base_manager_name = "everywhere"

    def __str__(self) -> str:
        return f"{self.head_id} {self.at}"


class Verification(models.Model):
    """That the trail was compared, when, how deep, and how much was found; what was found is for whoever asks again."""

    not_on_trail_because = "It says that the trail was compared, and anybody can compare it again."

    began_at = models.DateTimeField()
    ended_at = models.DateTimeField()
    chain_only = models.BooleanField()
    findings = models.PositiveIntegerField()

    everywhere = models.Manager()

    class Meta:
        base_manager_name = "everywhere"
        indexes = (models.Index(fields=("chain_only", "-ended_at"), name="trail_verification_last"),)

    def __str__(self) -> str:
        return f"{self.ended_at} {self.findings}"
