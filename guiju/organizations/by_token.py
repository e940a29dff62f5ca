"""Who acts with an API token at an organization's address."""

from django.utils.translation import gettext_noop as _

from guiju.organizations import tokens
from guiju.organizations.members import Member
from guiju.organizations.models import Organization
from guiju.spine.acts import NotFound


def by_token(slug: str, secret: str) -> tuple[Organization, Member] | None:
    """The organization and the member, in two statements; None for a secret that opens nothing.

    NotFound when it opens another organization than that of the address: there, nothing is said to exist.
    """
    found = tokens.find(secret)
    if found is None or found.organization is None:
        return None
    if found.organization.slug != slug:
        raise NotFound(_("There is no such organization for this token."))
    return found.organization, found
