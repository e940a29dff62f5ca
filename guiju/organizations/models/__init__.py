"""Organization and its places; people; memberships, roles and deputies; tokens and invitations."""

from guiju.organizations.models.access import ApiToken, FailedSignIn, Invitation
from guiju.organizations.models.membership import Deputyship, Grant, HandOver, Membership, Role
from guiju.organizations.models.organization import Department, Organization, Parameter, Site
from guiju.organizations.models.person import Person

__all__ = [
    "ApiToken",
    "Department",
    "Deputyship",
    "FailedSignIn",
    "Grant",
    "HandOver",
    "Invitation",
    "Membership",
    "Organization",
    "Parameter",
    "Person",
    "Role",
    "Site",
]
