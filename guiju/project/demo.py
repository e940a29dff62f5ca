"""The demonstration: a database with the sample organization, for this machine alone."""

from collections.abc import Callable

from django.conf import settings
from django.utils import timezone

from guiju.organizations.members import sample_people
from guiju.organizations.models import Organization
from guiju.organizations.parameters import parameter
from guiju.project.sample.making import make as make_sample
from guiju.project.sample.people import PASSWORD, SLUG
from guiju.spine.acts import Conflict, act

MARK = "installation.demo"  # a parameter of the sample organization: this database is for looking around only
Say = Callable[[str], None]


def is_demo() -> bool:
    """Whether this database is a demonstration, in which people sign in without a password."""
    found = Organization.objects.filter(slug=SLUG, sample=True).first()
    if found is None:
        return False
    with act(found):
        return bool(parameter(MARK, False))


def make(say: Say) -> None:
    """Make the sample organization where there is none yet.

    It is there whole or not at all, since its making is one transaction. Conflict for a database that is in use for
    something else: whoever opened it as a demonstration could enter without a password.
    """
    if is_demo():
        return
    if Organization.objects.exists():
        raise Conflict(
            "This database holds organizations that are no demonstration. Give `guiju demo` another folder: --data DIR."
        )
    say("Making the sample organization: more than a year of Lanzhu Lighting, which takes a few seconds …")
    began = timezone.now()
    made = make_sample(began, {MARK: True})
    say(f"{made.name} is made ({(timezone.now() - began).total_seconds():.0f} s).")


def greet(port: int, say: Say) -> None:
    """Say where the demonstration is and who can sign in."""
    rows = [("User name", "Name", "Position", "Role")]
    rows += [(m.person.username, m.person.name, m.position, role.replace("_", " ")) for m, role in sample_people()]
    widths = [max(len(row[column]) for row in rows) for column in range(4)]
    say("")
    say(f"  Guiju is at http://localhost:{port}")
    say("  Choose someone on its first page, or sign in by name. Everybody's password is " + PASSWORD)
    say("")
    for row in rows:
        say("    " + "  ".join(f"{cell:<{width}}" for cell, width in zip(row, widths, strict=True)).rstrip())
    say("")
    say(f"  Data: {settings.DATA}. Stop with Ctrl-C.")
