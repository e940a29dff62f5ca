"""The page of a form that stands alone: what it is asked with, and the way back."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

get_or_post = require_http_methods(["GET", "HEAD", "POST"])


def page_of(
    request: HttpRequest,
    form: forms.BaseForm,
    title: Any,
    cancel_url: str,
    *,
    eyebrow: Iterable[tuple[Any, str]] = (),
    lead: str = "",
    template: str = "registers/form.html",
    status: int = 0,
    **further: Any,
) -> HttpResponse:
    """The form to be filled in, or with status 422 as it was sent and refused, unless `status` says otherwise.

    `further` goes to the template: a version that the form was made from, a token that lets it be kept once, or what a
    template of one's own that extends `registers/form.html` shows.
    """
    context = {"title": title, "eyebrow": eyebrow, "lead": lead, "form": form, "version": None, "cancel_url": cancel_url}
    return render(request, template, context | further, status=status or (422 if form.is_bound else 200))
