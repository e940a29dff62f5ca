"""Guessing is slowed down by counts in the database, so that every process of the installation sees the same ones.

A try is counted before the secret is looked at and given back when it was right: however many processes are asked at
once, no more secrets are compared than the limits allow. A try that is turned away is not counted; waiting helps.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import IPv6Address, ip_address, ip_network
from uuid import UUID

from django.db import IntegrityError, models, transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_noop as _

from guiju.organizations.models import FailedSignIn
from guiju.spine.acts import INSTALLATION, Refused, write
from guiju.spine.trail.append import note

# One account from one network: five free tries, as people mistype, then one in a quarter of an hour.
ACCOUNT_TRIES, ACCOUNT_WAIT = 5, timedelta(minutes=15)
# A network as a whole: a company of a hundred people sits behind one address, and a Monday has many typing errors.
# Above that, names are being tried out; the wait is short, since it stops all who sit there.
NETWORK_TRIES, NETWORK_WAIT = 60, timedelta(minutes=5)
# One account from everywhere: a botnet gets no more than this in two hours. The fuse is long and never holds for the
# networks where the person is signed in, or whoever knows a name could lock its owner out.
ANYWHERE_TRIES, ANYWHERE_WAIT = 40, timedelta(minutes=30)
# Failures of this hour and the one before count.
HOURS_COUNTED = 1
KEPT = timedelta(days=7)

PERSON = "organizations.person"  # how the trail names a person


class TooManyFailures(Refused):
    """Too many wrong tries; `seconds` until the next one is heard."""

    status = 429
    code = "too_many_failures"

    def __init__(self, seconds: float) -> None:
        self.seconds = max(1, math.ceil(seconds))
        super().__init__(
            _("Too many wrong tries. Please wait %(minutes)s min, then try again."), {"minutes": math.ceil(self.seconds / 60)}
        )


@dataclass(frozen=True)
class Attempt:
    """One try that was let through and counted."""

    row: int
    account: str
    network: str


def network_of(address: str) -> str:
    """The network an address belongs to for counting: /24 of IPv4, /48 of IPv6 (what one customer is given)."""
    try:
        ip = ip_address(address)
    except ValueError:
        return "unknown"
    if isinstance(ip, IPv6Address):
        if ip.ipv4_mapped is None:
            return str(ip_network(f"{ip}/48", strict=False))
        ip = ip.ipv4_mapped
    return str(ip_network(f"{ip}/24", strict=False))


def unknown_account(login: str) -> str:
    """How tries of a name that nobody has are counted, without keeping what was typed: it may be a password."""
    return "?" + salted_hmac("guiju.organizations.throttle", login.strip().lower(), algorithm="sha256").hexdigest()[:40]


def begin(account: str, network: str, *, at_home: Iterable[str] = (), anywhere: bool = True) -> Attempt:
    """Count a try before its secret is looked at.

    `at_home` are networks in which the account is signed in: the limit for an account from everywhere does not hold
    there. Raises TooManyFailures when a limit is reached.
    """
    now = timezone.now()
    home = frozenset(at_home)

    def counting() -> Attempt:
        row = _locked(account, network, now)
        since = row.hour - timedelta(hours=HOURS_COUNTED)
        rows = FailedSignIn.objects.filter(hour__gte=since, count__gt=0)
        _refuse_beyond(rows.filter(account=account, network=network), ACCOUNT_TRIES, ACCOUNT_WAIT, now)
        _refuse_beyond(rows.filter(network=network), NETWORK_TRIES, NETWORK_WAIT, now)
        if anywhere and network not in home:
            _refuse_beyond(rows.filter(account=account), ANYWHERE_TRIES, ANYWHERE_WAIT, now)
        row.count += 1
        row.last_at = now
        row.save()
        return Attempt(row.pk, account, network)

    return write(counting)


def _locked(account: str, network: str, now: datetime) -> FailedSignIn:
    """This hour's row, locked, so that two tries at once are counted as two."""
    mine = {"account": account, "network": network, "hour": now.replace(minute=0, second=0, microsecond=0)}
    try:
        with transaction.atomic():
            FailedSignIn.objects.get_or_create(**mine, defaults={"last_at": now})
    except IntegrityError:
        pass  # another process made it meanwhile
    return FailedSignIn.objects.select_for_update().get(**mine)


def _refuse_beyond(rows: models.QuerySet, most: int, wait: timedelta, now: datetime) -> None:
    found = rows.aggregate(n=models.Sum("count"), last=models.Max("last_at"))
    if (found["n"] or 0) >= most and found["last"] + wait > now:
        raise TooManyFailures((found["last"] + wait - now).total_seconds())


def failed(attempt: Attempt, person: UUID | None = None, action: str = "fail_sign_in") -> None:
    """The secret was wrong. The first time in an hour is an entry on the installation's chain.

    Names that nobody has make one entry an hour and network between them: a robot cannot fill the trail.
    """

    def telling() -> None:
        row = FailedSignIn.objects.select_for_update().get(pk=attempt.row)
        if row.told:
            return
        row.told = True
        row.save()
        others = FailedSignIn.objects.filter(account__startswith="?", network=row.network, hour=row.hour, told=True)
        if person is None and others.exclude(pk=row.pk).exists():
            return
        note(PERSON, person or INSTALLATION, action, chain=INSTALLATION, personal={"network": row.network})

    write(telling)


def succeeded(attempt: Attempt) -> None:
    """The secret was right: what this account failed from this network is forgotten, what others failed there is not."""
    write(lambda: FailedSignIn.objects.filter(account=attempt.account, network=attempt.network).update(count=0))


def give_back(attempt: Attempt) -> None:
    """The secret was right: this try is not counted; earlier ones stay counted."""
    rows = FailedSignIn.objects.filter(pk=attempt.row, count__gt=0)
    write(lambda: rows.update(count=models.F("count") - 1))


def forget_old() -> int:
    """Remove counts that no limit asks for any more; answers how many. Work for every day."""
    return FailedSignIn.objects.filter(hour__lt=timezone.now() - KEPT).delete()[0]
