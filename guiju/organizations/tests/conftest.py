"""Browsers of the people, and codes of their authenticator apps."""

import time
from collections.abc import Callable

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.test import Client

from guiju.organizations import factors
from guiju.organizations.members import Member
from guiju.organizations.models import Person
from guiju.spine.acts import act

PASSWORD = "bamboo-lamp-42"


@pytest.fixture
def browser() -> Callable[..., Client]:
    """A new browser, signed in as somebody by the form, or not at all."""

    def opened(who: Member | Person | str = "", password: str = PASSWORD, address: str = "192.0.2.7") -> Client:
        client = Client(REMOTE_ADDR=address, HTTP_ACCEPT_LANGUAGE="en")
        if who:
            username = who if isinstance(who, str) else getattr(who, "person", who).username
            answer = client.post("/account/login/", {"login": username, "password": password})
            assert answer.status_code == 302, answer.content.decode()
        return client

    return opened


def turn_on_factor(person: Person) -> str:
    """Give a person a second factor through the product; answers its secret."""
    secret = generate_totp_secret()
    with act(None, Member(person, None, frozenset())):
        factors.remembered(person, "change_factors", lambda: TOTP.activate(person, secret))
    return secret


def code_of(secret: str, steps: int = 0) -> str:
    """What the app shows now, or some steps of 30 seconds from now."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + steps))


def factors_of(person: Person) -> set[str]:
    return set(Authenticator.objects.filter(user=person).values_list("type", flat=True))
