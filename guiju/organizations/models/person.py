"""Person: who signs in. On the installation's chain, since one person may work for several organizations (law L5)."""

from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from guiju.organizations.models.organization import LANGUAGES, known_time_zone
from guiju.spine.records.trailed import Everywhere, Trailed
from guiju.spine.trail.states import personal, secret

THEMES = (("", _("as the system")), ("light", _("light")), ("dark", _("dark")))


class Person(Trailed, AbstractBaseUser):
    """A human being with an account. Personal fields lie in payloads of their own and can be erased."""

    called = _("person")
    no_organization_because = "A person may be a member of several organizations."
    named_by = ("name", "name_zh")
    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    username = personal(
        models.CharField(
            _("user name"),
            max_length=60,
            unique=True,
            validators=[UnicodeUsernameValidator()],
            error_messages={"unique": _("This user name is taken.")},
        )
    )
    name = personal(models.CharField(_("name"), max_length=120))
    name_zh = personal(models.CharField(_("name in Chinese"), max_length=60, blank=True))
    email = personal(models.EmailField(_("e-mail"), blank=True))
    password = secret(models.CharField(_("password"), max_length=128))
    last_login = None  # sign-ins are entries; a column that changes with each would make each an entry of its own
    language = models.CharField(_("language"), max_length=10, choices=LANGUAGES, default="en")
    time_zone = models.CharField(_("time zone"), max_length=60, blank=True, validators=[known_time_zone])
    theme = models.CharField(_("appearance"), max_length=10, choices=THEMES, blank=True)
    is_active = models.BooleanField(_("active"), default=True)
    # Signing is closed while the person's identity waits to be confirmed by a second person (law L10).
    signing_closed_at = models.DateTimeField(null=True, blank=True)
    signing_closed_by = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+")

    objects = Everywhere()
    everywhere = Everywhere()

    class Meta:
        constraints = (models.UniqueConstraint(Lower("email"), name="organizations_person_email", condition=~models.Q(email="")),)

    def __str__(self) -> str:
        return self.shown_name

    @property
    def shown_name(self) -> str:
        """The name in the language of the one who reads."""
        return self.name_zh if self.name_zh and (get_language() or "").startswith("zh") else self.name

    def get_full_name(self) -> str:
        return self.shown_name

    def save(self, *, update_fields: Any = None, force_update: bool = False, **kwargs: Any) -> None:
        """`update_fields` is what sign-in libraries ask with; the row is written whole all the same (law L14)."""
        super().save(**kwargs)

    @classmethod
    def get_by_natural_key(cls, username: str) -> "Person":
        return cls.everywhere.get(username=username)
