"""Letters to people about their accounts, each in the reader's language; sent by jobs, so that no page waits for a server."""

from uuid import UUID

from django.conf import settings
from django.core.mail import send_mail
from django.utils.translation import gettext as _
from django.utils.translation import override

from guiju.organizations import invitations
from guiju.organizations.models import Invitation, Person


def can_mail() -> bool:
    """Whether this installation can send letters."""
    return bool(settings.EMAIL_URL)


def mail_invitation(invitation: UUID, code: str) -> None:
    """Send the code of an invitation of the acting organization to its address."""
    found = Invitation.objects.select_related("organization", "membership__person").get(pk=invitation)
    person = found.membership.person
    with override(person.language):
        words = {
            "name": person.shown_name,
            "organization": found.organization,
            "address": invitations.address(code),
            "username": person.username,
        }
        subject = _("%(organization)s invites you to Guiju") % words
        text = _(
            "%(name)s,\n\n%(organization)s invites you to its management system. Please open this address within seven days;"
            " it works once:\n\n%(address)s\n\nYour user name is %(username)s.\n"
        )
        send_mail(" ".join(subject.split()), text % words, settings.DEFAULT_FROM_EMAIL, [found.email])


def mail_reset(person: Person, address: str) -> None:
    """Send the address at which a password can be chosen anew."""
    with override(person.language):
        words = {"name": person.shown_name, "address": address, "username": person.username}
        text = _(
            "%(name)s,\n\nsomebody, perhaps you, asked for a new password. To choose one, open this address:\n\n%(address)s\n\n"
            "Your user name is %(username)s. If you did not ask, do nothing: your password stays.\n"
        )
        send_mail(_("A new password for Guiju"), text % words, settings.DEFAULT_FROM_EMAIL, [person.email])
