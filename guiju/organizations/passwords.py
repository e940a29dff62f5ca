"""A password is not made of words that would be tried first: of the product, the trade, the organization, the person."""

import re
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from guiju.organizations.members import memberships_of
from guiju.organizations.models import Person

WORDS = ("guiju", "规矩", "iso9001", "iso", "9001", "quality", "qms", "audit", "password", "welcome", "admin", "demo")
LEAST = 6  # characters that are left when these words, digits and signs are taken away


class WordsOfTheHouse:
    """A validator for AUTH_PASSWORD_VALIDATORS."""

    def validate(self, password: str, user: Any = None) -> None:
        """ValidationError for a password of which little is left without the words of the house."""
        rest = password.lower()
        for word in sorted(_words(user), key=len, reverse=True):
            rest = rest.replace(word, "")
        if rest != password.lower() and len(re.sub(r"[\W\d_]", "", rest)) < LEAST:
            raise ValidationError(_("This password is made of words that would be tried here first."), "words_of_the_house")

    def get_help_text(self) -> str:
        return str(_("Not only the names of the product, the trade, the organization and your own."))


def _words(user: Any) -> set[str]:
    names = []
    if isinstance(user, Person) and user.pk:
        names += [user.username, user.name, user.name_zh]
        for membership in memberships_of(user):
            names += [membership.organization.slug, membership.organization.name, membership.organization.name_zh]
    return {*WORDS, *(part for name in names for part in re.split(r"[\W_]+", name.lower()) if len(part) > 1)}
