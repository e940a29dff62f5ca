"""The second factor's rows belong to django-allauth; what happens to them is on the installation's chain all the same.

After each change an event says the digests of a person's factors as they are then. `trail verify` compares.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from hashlib import sha256
from typing import TypeVar
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.utils.translation import gettext_noop

from guiju.organizations.models import Person
from guiju.spine.acts import INSTALLATION, write
from guiju.spine.trail.append import note
from guiju.spine.trail.models import Entry, Payload
from guiju.spine.trail.states import kind_of
from guiju.spine.trail.verify import Finding

T = TypeVar("T")
# Facts of use, not of what the factor is: the counter of the last code or answer, and when the codes were looked at.
NOT_EVIDENCE = ("counter", "viewed_at")
ACTIONS = ("change_factors", "use_recovery_code", "reset_factors", "add_passkey", "remove_passkey")


def digests(person: UUID) -> dict[str, str]:
    """Factor type to the SHA-256 of what makes it up. There may be several passkeys; theirs is over the sorted digests."""
    found: dict[str, list[str]] = {}
    for authenticator in Authenticator.objects.filter(user_id=person):
        found.setdefault(authenticator.type, []).append(digest(authenticator))
    return {kind: one[0] if kind != Authenticator.Type.WEBAUTHN else _joined(one) for kind, one in found.items()}


def _joined(digests: list[str]) -> str:
    return sha256("".join(sorted(digests)).encode()).hexdigest()


def digest(authenticator: Authenticator) -> str:
    """Secrets are random and long, so that their digest gives nothing away."""
    data = {name: value for name, value in authenticator.data.items() if name not in NOT_EVIDENCE}
    text = json.dumps([authenticator.type, data], ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return sha256(text.encode()).hexdigest()


def remembered(person: Person, action: str, fn: Callable[[], T], personal: Mapping[str, str] | None = None) -> T:
    """Run `fn` in a write and note what it has done to the person's factors; nothing is noted when that is nothing.

    `personal` is noted beside it, to be erased with the person: what a passkey is called.
    """

    def changing() -> T:
        Person.locked(person.pk)  # of two passkeys added at once each entry would say only its own
        before = digests(person.pk)
        result = fn()
        after = digests(person.pk)
        if after != before:
            says = {kind: after.get(kind) for kind in Authenticator.Type.values}
            note(kind_of(Person), person.pk, action, chain=INSTALLATION, says=says, personal=personal)
        return result

    return write(changing)


def reset(person: Person) -> None:
    """Take the second factor away from whoever has lost it. What that means for signing is said in `identity`."""
    remembered(person, "reset_factors", lambda: Authenticator.objects.filter(user=person).delete())


def verification(of: UUID | None = None) -> Iterator[Finding]:
    """Part of `trail verify`: every factor is as the trail last said, none was added or taken behind its back.

    Factors are the installation's, so that of one organization there is nothing to say.
    """
    if of is not None:
        return
    said = _last_said()
    for person in {*said, *Authenticator.objects.values_list("user_id", flat=True)}:
        there, told = digests(person), said.get(person, {})
        for kind in sorted(there.keys() | told.keys()):
            if there.get(kind) == told.get(kind):
                continue
            if kind not in told:
                says = gettext_noop("was not added through the product")
            elif kind not in there:
                says = gettext_noop("is gone, though no entry says so")
            else:
                says = gettext_noop("is not the one that was set up")
            yield Finding(kind_of(Person), str(person), kind, says)


def _last_said() -> dict[UUID, dict[str, str]]:
    """Of each person the factors after their last entry."""
    entries = Entry.everywhere.filter(chain=INSTALLATION, kind=kind_of(Person), action__in=ACTIONS).order_by("sequence")
    newest = dict(entries.values_list("record", "pk"))  # the last of each person stays
    wanted = {pk: person for person, pk in newest.items()}
    said: dict[UUID, dict[str, str]] = {}
    ids = list(wanted)
    for start in range(0, len(ids), 500):
        query = Payload.everywhere.filter(entry__in=ids[start : start + 500], holds=Payload.ORDINARY)
        for entry, text in query.values_list("entry_id", "values"):
            values = json.loads(text or "{}")
            said[wanted[entry]] = {kind: values[f"@{kind}"] for kind in Authenticator.Type.values if values.get(f"@{kind}")}
    return said
