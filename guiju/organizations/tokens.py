"""API tokens: a program's way in, never with more rights than its person has at the moment."""

from collections.abc import Sequence
from datetime import date
from hashlib import sha256
from secrets import token_urlsafe
from uuid import UUID

from django.db.models import CharField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from guiju.organizations.members import ORGANIZATION, Member, member, today_in
from guiju.organizations.models import ApiToken, Organization, Person
from guiju.spine.acts import NotFound, NotPermitted, Refused, current, write
from guiju.spine.acts.prepared import Param, Prepared
from guiju.spine.registers.declaration import Words, registers

PREFIX = "guiju_"
NO_RIGHT = gettext_noop("You do not have the right to make tokens, or act as a deputy or a token.")


def make(member: Member, name: str, scope: Sequence[str], expires_on: date | None = None) -> tuple[ApiToken, str]:
    """A token for a person in the acting organization, and its secret, which is kept nowhere.

    Needs tokens.create. NotPermitted for a deputy and for another token; Refused for an empty scope or a past day.
    """
    if not member.may("tokens.create") or member.by_token or member.deputy_for or member.organization != current().organization:
        raise NotPermitted(NO_RIGHT)
    return issue(member.person, name, scope, expires_on)


def issue(person: Person, name: str, scope: Sequence[str], expires_on: date | None = None) -> tuple[ApiToken, str]:
    """The same without asking for the right: for whoever has the machine, from the command line."""
    if not scope or set(scope) - {name for name, label in scopes()}:
        sentence = gettext_noop("Choose what the token may do.")
        raise Refused(sentence, errors={"scope": [sentence]})
    acting = current()
    if expires_on is not None and expires_on < acting.today():
        sentence = gettext_noop("The last day lies in the past.")
        raise Refused(sentence, errors={"expires_on": [sentence]})
    secret = PREFIX + token_urlsafe(32)
    token = ApiToken(
        person=person,
        name=name.strip(),
        digest=_digest(secret),
        scope=sorted(set(scope)),
        expires_on=expires_on,
        made_at=acting.now(),
    )
    write(token.save)
    return token, secret


def scopes() -> list[tuple[str, Words]]:
    """What a token can be made for: all that its person may do, reading or all of one register, or reading who there is."""
    made: list[tuple[str, Words]] = []
    for register in registers():
        made.append((f"{register.key}.view", _("%(register)s: read") % {"register": register.label}))
        made.append((f"{register.key}.*", _("%(register)s: read and write") % {"register": register.label}))
    made.append(("people.view", _("%(register)s: read") % {"register": _("People and roles")}))
    return [*made, ("*", _("everything I may do"))]


def find(secret: str, today: date | None = None) -> Member | None:
    """Who acts with a secret, in two statements: the person's rights of the day within the token's scope.

    None for an unknown, expired or revoked token, and for whoever is not an active member.
    """
    if not secret.startswith(PREFIX) or len(secret) != len(PREFIX) + 43:
        return None
    values = next(_LIVING.rows(digest=_digest(secret)), None)
    if values is None:
        return None
    (scope, expires_on), of = values[:2], values[2:]
    person = Person.from_db("default", PERSON, of[: len(PERSON)])
    organization = Organization.from_db("default", ORGANIZATION, of[len(PERSON) :])
    today = today or today_in(organization)
    if expires_on is not None and expires_on < today:
        return None
    return member(organization, person, today, scope=frozenset(scope))


PERSON = [field.attname for field in Person._meta.concrete_fields]
_LIVING = Prepared(
    lambda: ApiToken.everywhere.filter(digest=Param("digest", CharField()), revoked_at=None).values_list(
        "scope",
        "expires_on",
        *(f"person__{name}" for name in PERSON),
        *(f"organization__{name}" for name in ORGANIZATION),
    )
)


def of(person: Person) -> list[ApiToken]:
    """A person's tokens in all organizations, the newest first, those withdrawn long ago left out."""
    return list(ApiToken.everywhere.filter(person=person, revoked_at=None).select_related("organization").order_by("-made_at"))


def organization_of(person: Person, token: UUID) -> ApiToken:
    """One of a person's own tokens, wherever; NotFound."""
    found = ApiToken.everywhere.filter(person=person, pk=token).select_related("organization").first()
    if found is None:
        raise NotFound(gettext_noop("There is no such token."))
    return found


def revoke(token: UUID) -> ApiToken:
    """Withdraw a token of the acting organization: one's own, or with people.change anybody's. It ends at once."""
    acting = current()

    def revoking() -> ApiToken:
        row = ApiToken.objects.select_for_update(of=("self",)).filter(pk=token).first()
        if row is None or (row.person_id != acting.actor.id and not acting.actor.may("people.change")):
            raise NotFound(gettext_noop("There is no such token."))
        if row.revoked_at is None:
            row.revoked_at = acting.now()
            row.save(action="revoke")
        return row

    return write(revoking)


def _digest(secret: str) -> str:
    return sha256(secret.encode()).hexdigest()
