"""What the worker does for people: letters, and what is swept away each day."""

from uuid import UUID

from django.conf import settings
from django.contrib.auth.tokens import default_token_generator
from django.contrib.sessions.models import Session
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_noop as _

from guiju.organizations import invitations, mail, throttle, verifying
from guiju.organizations.credentials import find_person
from guiju.spine.acts import write
from guiju.spine.jobs.job import enqueue, every, job

LETTERS = "notices"


@job(queue=LETTERS, name=_("letter with an invitation"))
def send_invitation(invitation: str) -> None:
    """Send an invitation with a code that is made here, so that none lies in the queue; run again, the last one holds."""
    code = invitations.recode(UUID(invitation))
    if code is not None:
        mail.mail_invitation(UUID(invitation), code)


@job(queue=LETTERS, name=_("letter for a new password"))
def send_reset(email: str) -> None:
    """Send the link for a new password, if the address belongs to somebody who can sign in."""
    person = find_person(email)
    if person is None or not person.is_active or not person.has_usable_password():
        return
    key = f"{person.pk.hex}-{default_token_generator.make_token(person)}"
    mail.mail_reset(person, f"{settings.BASE_URL}{reverse('account_reset_password_from_key', args=[key])}")


def mail_invitation(invitation: UUID) -> None:
    """Ask for the letter of an invitation, in the transaction of what asks (law L13)."""
    write(lambda: enqueue(send_invitation, str(invitation)))


def mail_reset(email: str) -> None:
    """Ask for the letter with which a password is chosen anew; the same work whether somebody has the address."""
    write(lambda: enqueue(send_reset, email))


@every("day", at="03:20", name=_("sweeping away of old web sessions"))
def sweep() -> None:
    """Forget counts of failures and web sessions that nothing asks for any more."""
    throttle.forget_old()
    Session.objects.filter(expire_date__lt=timezone.now()).delete()


# At night in eastern Asia and after work in Europe; it reads only, and holds up nobody.
@every("day", at="19:00", name=_("verification of the audit trail"))
def verify_trail() -> None:
    """Walk the chains each night, and once a week compare with them all that they speak of."""
    verifying.verify_and_tell(chain_only=not verifying.is_time_for_all())
