"""What the frame around every page shows of people: who reads, where, as whose deputy, in which language and theme."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from guiju.lib.names import initials
from guiju.organizations.members import Member, memberships_of
from guiju.organizations.models import Organization, Person

THEME_COOKIE = settings.COOKIE_PREFIX + "guiju_theme"
THEMES = ("", "light", "dark")


def frame_people(request: HttpRequest) -> dict[str, Any]:
    """person, organization, organizations, deputy, theme and the addresses of one's own account."""
    urls = {
        "home": "/",
        "account": reverse("account_home"),
        "sign_in": reverse("account_login"),
        "sign_out": reverse("account_logout"),
    }
    person = getattr(request, "user", None)
    if not isinstance(person, Person):
        chosen = request.COOKIES.get(THEME_COOKIE, "")
        return {"theme": chosen if chosen in THEMES else "", "person": None, "urls": urls}
    memberships = getattr(request, "memberships", None)
    if memberships is None:
        memberships = memberships_of(person)
    acting: Member | None = getattr(request, "member", None)
    return {
        "theme": person.theme,
        "person": {"name": person.shown_name, "initials": initials(person.shown_name), "username": person.username},
        "organization": _organization(acting.organization) if acting and acting.organization else None,
        "organizations": [_organization(one.organization) for one in memberships],
        "deputy": _deputy(acting) if acting and acting.organization else None,
        "urls": urls,
    }


def _organization(organization: Organization) -> dict[str, Any]:
    slug = organization.slug
    return {"slug": slug, "name": str(organization), "sample": organization.sample, "url": f"/{slug}/"}


def _deputy(acting: Member) -> dict[str, Any]:
    """For whom the reader acts now, and may act; where to switch and to name an own deputy."""
    assert acting.organization is not None
    base = f"/{acting.organization.slug}/people/"
    return {
        "acting_for": acting.deputy_for.shown_name if acting.deputy_for else "",
        "choices": [
            {"id": str(m.person.pk), "name": m.person.shown_name} for m in acting.stands_for if m.person != acting.deputy_for
        ],
        "switch_url": f"{base}deputy/",
        "absence_url": f"{base}absence/",
    }
