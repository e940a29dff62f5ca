"""Answers to what could not be done: a sentence for people, in the language of the reader."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from guiju.spine.acts import ReadOnly, Refused


class Refusals:
    """Turns Refused, from wherever, into a page with its status."""

    def __init__(self, get_response: Any) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, ReadOnly):
            return refused(request, 409, _("You are looking at the past, where nothing can be changed. Go back to now first."))
        if isinstance(exception, Refused):
            return refused(request, exception.status, str(exception), [str(missing) for missing in exception.missing])
        return None


def refused(request: HttpRequest, status: int, sentence: str, missing: list[str] | None = None) -> HttpResponse:
    """The page that says why not, and what would make it possible."""
    context = {"sentence": sentence, "missing": missing or [], "back_url": request.META.get("HTTP_REFERER") or "/"}
    return render(request, "refused.html", context, status=status)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return refused(
        request, 403, _("This form did not come from an open page of yours. Open the page again and send it once more.")
    )
