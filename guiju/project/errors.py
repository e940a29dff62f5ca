"""Answers to what could not be done: a sentence for people, in the language of the reader."""

import logging
from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from guiju.organizations.members import people_who_may
from guiju.spine.acts import Conflict, Missing, NotFound, NotPermitted, ReadOnly, Refused, current_or_none
from guiju.spine.registers.declaration import by_key

log = logging.getLogger(__name__)


class Refusals:
    """Turns Refused, from wherever, into a page with its status."""

    def __init__(self, get_response: Any) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code == 405 and not response.content:
            return _not_allowed(request, response.headers.get("Allow", ""))
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, ReadOnly):
            return refused(request, 409, _("You are looking at the past, where nothing can be changed. Go back to now first."))
        if isinstance(exception, Refused):
            if isinstance(exception, NotPermitted):
                who = getattr(request.user, "pk", None)
                log.warning(
                    "Not permitted: %s %s, to %s at %s", request.method, request.path, who, request.META.get("REMOTE_ADDR")
                )
            return refused(request, exception.status, str(exception), exception.missing)
        return None


def refused(request: HttpRequest, status: int, why: str, missing: Sequence[Missing] = ()) -> HttpResponse:
    """The page that says why not, and what would make it possible."""
    # A form that came from elsewhere is a 403 too, for which no role helps.
    may_ask = status == NotPermitted.status and getattr(request, "csrf_processing_done", False)
    context = {
        "status": status,
        "title": _title(status),
        "why": why,
        "possible": _administrators() if may_ask else "",
        "missing": [{"text": str(one), "url": "", "link_label": ""} for one in missing],
        "back_url": (_record(request) if status == Conflict.status else "") or _back(request),
    }
    return render(request, "refused.html", context, status=status)


def _not_allowed(request: HttpRequest, allowed: str) -> HttpResponse:
    """Words for a method that an address does not have."""
    page = refused(request, 405, _("%(method)s is not possible at this address.") % {"method": (request.method or "")[:20]})
    page.headers["Allow"] = allowed
    return page


def _administrators() -> str:
    """Who can give a right in the organization of the page; nothing where no organization is open."""
    acting = current_or_none()
    if acting is None or acting.organization is None:
        return ""
    names = [person.shown_name for person in people_who_may("roles.change")]
    text = ngettext("%(names)s administers roles here.", "%(names)s administer roles here.", len(names))
    return text % {"names": pgettext("list", ", ").join(names)} if names else ""


def _title(status: int) -> str:
    if status == NotPermitted.status:
        return _("You may not do this")
    return _("There is nothing here") if status == NotFound.status else _("This cannot be done now")


def _record(request: HttpRequest) -> str:
    """The page of the record whose step or form stands against something: there one sees how it is now."""
    parts = request.path.split("/")
    return f"{'/'.join(parts[:4])}/" if len(parts) > 5 and by_key(parts[2]) is not None else ""


def _back(request: HttpRequest) -> str:
    """The page of ours from which the person came; none from elsewhere."""
    came_from = request.headers.get("Referer", "")
    own = f"{request.scheme}://{request.get_host()}/"
    return came_from if came_from.startswith(own) else ""


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return refused(
        request, 403, _("This form did not come from an open page of yours. Open the page again and send it once more.")
    )
