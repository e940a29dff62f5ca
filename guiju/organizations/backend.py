"""Sign-in by user name or e-mail and password. Nobody who is deactivated gets in, or stays in."""

from typing import Any
from uuid import UUID

from django.contrib.auth.backends import BaseBackend
from django.db.models import UUIDField
from django.http import HttpRequest

from guiju.organizations.credentials import find_person, password_fits
from guiju.organizations.models import Person
from guiju.organizations.throttle import network_of
from guiju.spine.acts.prepared import Param, Prepared

FIELDS = [field.attname for field in Person._meta.concrete_fields]
_PERSON = Prepared(lambda: Person.objects.filter(pk=Param("person", UUIDField()), is_active=True).values_list(*FIELDS))


class SignInBackend(BaseBackend):
    """The same answer, after the same time, to a wrong password, an unknown name and a deactivated person."""

    def authenticate(self, request: HttpRequest | None, login: str = "", password: str = "", **more: Any) -> Person | None:
        """The person, or None. Raises TooManyFailures."""
        if request is None or not login or not password:
            return None
        person = find_person(login)
        fits = password_fits(person, password, network_of(request.META.get("REMOTE_ADDR", "")), login=login)
        return person if fits else None

    def get_user(self, user_id: UUID) -> Person | None:
        row = next(_PERSON.rows(person=user_id), None)
        return Person.from_db("default", FIELDS, row) if row is not None else None
