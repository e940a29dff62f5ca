"""The API at /api/v1/: the operations of all registers, every refusal as RFC 9457, the description and its page."""

import logging
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import SuspiciousOperation
from django.core.signals import got_request_exception
from django.db import OperationalError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import render
from django.urls import re_path
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError
from ninja.errors import ValidationError as Unfit
from ninja.openapi.docs import DocsBase

from guiju import __version__
from guiju.spine.acts import ReadOnly, Refused
from guiju.spine.registers.api import building, problems, schema
from guiju.spine.registers.api.problems import Problem
from guiju.spine.registers.declaration import registers

log = logging.getLogger(__name__)
View = Callable[..., HttpResponse]


class Docs(DocsBase):
    """The description as a plain page of our own: no script, nothing from elsewhere."""

    def render_page(self, request: HttpRequest, api: NinjaAPI, **kwargs: Any) -> HttpResponse:
        described = api.get_openapi_schema()
        groups: dict[str, list[dict[str, Any]]] = {}
        for address, methods in described["paths"].items():
            for method, operation in methods.items():
                one = {"method": method.upper(), "address": address, **operation, "fields": _fields(described, operation)}
                groups.setdefault(operation["tags"][0], []).append(one)
        kinds = [(status, str(title)) for status, title in problems.TITLES.items()]
        context = {"groups": groups.items(), "kinds": kinds, "description_url": self.get_openapi_url(api, kwargs)}
        return render(request, "api/docs.html", context)


def _fields(described: dict[str, Any], operation: dict[str, Any]) -> list[dict[str, Any]]:
    """What an operation's body holds, a row for each field."""
    for content in operation.get("requestBody", {}).get("content", {}).values():
        found = content["schema"]
        if "$ref" in found:
            found = described["components"]["schemas"][found["$ref"].rpartition("/")[2]]
        needed = found.get("required", ())
        return [{"name": name, "needed": name in needed, **one} for name, one in found["properties"].items()]
    return []


class Api(NinjaAPI):
    """Ninja's, with our schemas among the components and problems where it answers by itself."""

    def get_openapi_schema(self, **kwargs: Any) -> Any:
        made = super().get_openapi_schema(**kwargs)
        made["components"]["schemas"] = schema.components(list(registers()))
        return made

    def _get_urls(self) -> list[Any]:
        found = super()._get_urls()
        for pattern in found:
            assert pattern.callback is not None
            pattern.callback = _always_a_problem(pattern.callback)
        return [*found, re_path("", unknown)]


def _always_a_problem(view: View) -> View:
    @wraps(view)
    def answering(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            response = view(request, *args, **kwargs)
        except Http404:
            return unknown(request)
        if not isinstance(response, HttpResponseNotAllowed):
            return response
        detail = _("%(method)s is not possible at this address.") % {"method": (request.method or "")[:20]}
        return problems.answer(405, "method", detail, headers={"Allow": response.headers["Allow"]})

    return answering


def unknown(request: HttpRequest, *args: Any) -> HttpResponse:
    """Also for an address with a line break in it, which `<path:rest>` would leave to the page of what is not there."""
    slash = "" if request.path.endswith("/") else " " + _("Every address of the API ends with a slash.")
    return problems.answer(404, "not_found", _("There is nothing at this address.") + slash)


unknown.csrf_exempt = True  # type: ignore[attr-defined]


api = Api(
    title="Guiju",
    version=__version__,
    description="Records of a quality management system: one address for each register, the same rules as on the pages.",
    urls_namespace="api",
    docs=Docs(),
    docs_url="docs",
    openapi_url="openapi.json",
)
api.add_router("", building.brought())
for _register in registers():
    api.add_router("", building.routes(_register))
api.add_router("", building.attachments())


@api.exception_handler(Problem)
def _problem(request: HttpRequest, why: Problem) -> HttpResponse:
    errors = [{**one, "message": _(one["message"])} for one in why.errors]
    return problems.answer(why.status, why.code, why, errors=errors, headers=why.headers)


@api.exception_handler(Refused)
def _refused(request: HttpRequest, why: Refused) -> HttpResponse:
    return problems.refused(why)


@api.exception_handler(ReadOnly)
def _read_only(request: HttpRequest, why: ReadOnly) -> HttpResponse:
    return problems.answer(409, "read_only", _("The past is only for reading."))


@api.exception_handler(AuthenticationError)
def _unauthenticated(request: HttpRequest, why: AuthenticationError) -> HttpResponse:
    detail = _("Send a token that is valid: Authorization: Bearer guiju_…")
    return problems.answer(401, "token", detail, headers={"WWW-Authenticate": "Bearer"})


@api.exception_handler(Http404)
def _not_found(request: HttpRequest, why: Http404) -> HttpResponse:
    return problems.answer(404, "not_found", _("There is nothing at this address."))


@api.exception_handler(HttpError)
def _http_error(request: HttpRequest, why: HttpError) -> HttpResponse:
    return problems.answer(why.status_code, "refused", why)


@api.exception_handler(Unfit)
def _unfit(request: HttpRequest, why: Unfit) -> HttpResponse:
    errors = [problems.error(str(one["loc"][-1]), one["type"], _("This value does not fit here.")) for one in why.errors]
    return problems.answer(422, "invalid", _("Some of what was sent does not fit."), errors=errors)


@api.exception_handler(SuspiciousOperation)
def _suspicious(request: HttpRequest, why: SuspiciousOperation) -> HttpResponse:
    return problems.answer(400, "malformed", _("The request cannot be read."))


@api.exception_handler(OperationalError)
def _database(request: HttpRequest, why: OperationalError) -> HttpResponse:
    log.error("The database refused: %s", why)
    detail = _("The database cannot do this at the moment; nothing was kept. Try again later.")
    return problems.answer(503, "database", detail, headers={"Retry-After": "5"})


@api.exception_handler(Exception)
def _fault(request: HttpRequest, why: Exception) -> HttpResponse:
    log.exception("A request to the API failed: %s %s", request.method, request.path)
    got_request_exception.send(sender=Api, request=request)
    return problems.answer(500, "fault", _("Something went wrong on our side; it has been written down. Nothing was kept."))
