"""Invitations: a code by mail or on paper, single use, for seven days; many people at machines have no address.

The code of a new account lets its holder choose a password. Somebody who has an account already joins signed in. A new
code for an account that is in use is a reset, which closes signing (law L10).
"""

import secrets
from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import IntegrityError
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_noop as _

from guiju.organizations import accounts, identity, services, throttle
from guiju.organizations.credentials import find_person
from guiju.organizations.members import Member, member_elsewhere, require
from guiju.organizations.models import Invitation, Membership, Person, Role
from guiju.organizations.roles import refuse_ungrantable
from guiju.spine.acts import Conflict, NotFound, NotPermitted, Refused, act, current, write

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # without what is mistaken for something else on paper: 0 O 1 I L
LENGTH = 10  # 49 bits, behind the limits of `throttle` and a key
VALID = timedelta(days=7)
ACCOUNT = "invitation"  # how tries of codes are counted


def new_code() -> str:
    return "".join(secrets.choice(ALPHABET) for _place in range(LENGTH))


def in_groups(code: str) -> str:
    """As it is printed: ABCDE-FGHJK."""
    return f"{code[:5]}-{code[5:]}"


def address(code: str) -> str:
    """The address that brings the code along, for a mail or to scan."""
    return f"{settings.BASE_URL}/invitation/{code}/"


def digest(code: str) -> str:
    """What is kept of a code; keyed, since a code is short enough to be tried out against a stolen database."""
    plain = "".join(letter for letter in code.upper() if letter.isalnum())
    return salted_hmac("guiju.organizations.invitations", plain, algorithm="sha256").hexdigest()


def invite(
    *, username: str = "", name: str = "", email: str = "", roles: Sequence[Role] = (), **facts: Any
) -> tuple[Invitation, str]:
    """Invite somebody into the acting organization: a new account, or by its address one that is there.

    Answers the invitation and its code, which is kept nowhere. Needs people.invite, and for the roles no less than
    their rights. Refused where a name is taken or the person is a member already. `facts` as in `services.join`.
    """
    require("people.invite")
    refuse_ungrantable(roles)
    person = find_person(email) if email else None

    def inviting() -> tuple[Invitation, str]:
        who = person or services.add_person(username, name, email=email, **_of_person(facts))
        # Who has an account already becomes a member by saying yes, signed in.
        membership = services.join(who, [role.key for role in roles], active=person is None, **_of_membership(facts))
        return _make(membership, email=email, resets=False)

    return write(inviting)


def _of_person(facts: dict[str, Any]) -> dict[str, Any]:
    return {name: facts[name] for name in ("name_zh", "language") if name in facts}


def _of_membership(facts: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in facts.items() if name not in ("name_zh", "language")}


def renew(membership: Membership) -> tuple[Invitation, str]:
    """A new code in place of all earlier ones: for whoever has lost it, or, for an account in use, the password.

    Needs people.invite, for a reset people.change. NotPermitted for the account of another organization's member too.
    """
    person = membership.person
    joining = not membership.active
    resets = not joining and person.has_usable_password()
    require("people.change" if resets else "people.invite")
    if resets and not identity.may_reset(person):
        raise NotPermitted(_("This account belongs to another organization as well; only the person can change it."))
    if resets and person.pk == current().actor.id:
        raise NotPermitted(_("Change your own password on your account's page."))

    def renewing() -> tuple[Invitation, str]:
        withdraw_all(membership)
        return _make(membership, email=person.email, resets=resets)

    return write(renewing)


def _make(membership: Membership, *, email: str, resets: bool) -> tuple[Invitation, str]:
    code = new_code()
    made = Invitation(
        membership=membership,
        digest=digest(code),
        email=email,
        resets=resets,
        expires_at=timezone.now() + VALID,
        made_by_id=current().actor.id,
    )
    made.save(action="invite")
    return made, code


def recode(invitation: UUID) -> str | None:
    """A new code for an open invitation, in place of the one it has; None when it was used or withdrawn meanwhile.

    For the letter that carries it: so a code lies in no queue.
    """

    def recoding() -> str | None:
        row = Invitation.locked(invitation)
        if row.used_at or row.withdrawn_at or not row.email:
            return None
        code = new_code()
        row.digest = digest(code)
        row.save(action="send")
        return code

    return write(recoding)


def withdraw(membership: Membership) -> int:
    """Make a member's open codes worthless; answers how many. Needs people.invite."""
    require("people.invite")
    return write(lambda: withdraw_all(membership))


def withdraw_all(membership: Membership) -> int:
    """The same, as part of another `write` that has asked for the right."""
    found = list(open_of(membership).select_for_update(of=("self",)))
    for row in found:
        row.withdrawn_at = timezone.now()
        row.save(action="withdraw")
    return len(found)


def open_of(membership: Membership) -> Any:
    """A member's codes that can still be used."""
    return Invitation.objects.filter(membership=membership, used_at=None, withdrawn_at=None, expires_at__gt=timezone.now())


def waiting() -> set[UUID]:
    """The memberships of the acting organization with an open code of an invitation, not of a reset."""
    rows = Invitation.objects.filter(used_at=None, withdrawn_at=None, resets=False, expires_at__gt=timezone.now())
    return set(rows.values_list("membership_id", flat=True))


def find(code: str, network: str) -> Invitation:
    """The open invitation of a code, organization, membership and person loaded. NotFound; TooManyFailures."""
    attempt = throttle.begin(ACCOUNT, network, anywhere=False)
    rows = Invitation.everywhere.filter(digest=digest(code)).select_related("organization", "membership__person", "made_by")
    found = rows.first()
    if found is None:
        throttle.failed(attempt, action="fail_invitation")
    else:
        throttle.give_back(attempt)  # and no more: a valid code must not buy tries of others
    if found is None or found.used_at or found.withdrawn_at or found.expires_at <= timezone.now():
        raise NotFound(_("This code is not valid, or not any more. Ask whoever gave it to you for a new one."))
    return found


def has_account(invitation: Invitation) -> bool:
    """Whether the person has to sign in to accept, instead of choosing a password."""
    person = invitation.membership.person
    return not invitation.resets and (person.has_usable_password() or member_elsewhere(person, invitation.organization))


def accept(invitation: Invitation, *, password: str, username: str = "") -> Person:
    """The holder of the code chooses the password of the account. Refused when the user name is taken; Conflict when
    the code was used meanwhile; NotPermitted where the person has to sign in."""
    if has_account(invitation):
        raise NotPermitted(_("You have an account already. Sign in with it to accept."))
    person = invitation.membership.person
    hashed = make_password(password)
    with act(invitation.organization, Member(person, invitation.organization, frozenset())):
        if invitation.resets:
            _use(invitation, lambda: identity.reset(person, hashed, invitation.made_by_id))
        else:
            values = {"password": hashed} | ({"username": username} if username else {})
            _use(invitation, lambda: _begin(person, values))
    return person


def _begin(person: Person, values: dict[str, str]) -> None:
    if "@" in values.get("username", ""):
        raise Refused(_("A user name has no “@” in it."), errors={"username": [_("A user name has no “@” in it.")]})
    row = Person.locked(person.pk)
    for name, value in values.items():
        setattr(row, name, value)
    row.save(action="accept")


def join_signed_in(invitation: Invitation, person: Person) -> None:
    """Whoever has an account already accepts, signed in as the one who was invited. NotPermitted for anybody else."""
    if invitation.membership.person_id != person.pk:
        raise NotPermitted(_("This invitation is for somebody else. Sign in as the person it is for."))

    def joining() -> None:
        row = Membership.locked(invitation.membership_id)
        row.active = True
        row.save(action="join")

    with act(invitation.organization, Member(person, invitation.organization, frozenset())):
        _use(invitation, joining)


def _use(invitation: Invitation, fn: Any) -> None:
    def using() -> None:
        row = Invitation.locked(invitation.pk)
        if row.used_at or row.withdrawn_at:
            raise Conflict(_("This code was used already."))
        row.used_at = timezone.now()
        row.save(action="use")
        fn()

    try:
        write(using)
    except IntegrityError as error:
        raise accounts.taken(error) from error
    invitation.membership.person.refresh_from_db()
