"""Keeping, renaming and removing a view of one's own. What is refused comes back on the list, as it was typed."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guiju.spine.acts import Refused
from guiju.spine.registers import addresses, saved
from guiju.spine.registers.declaration import Register
from guiju.spine.registers.editing import bad
from guiju.spine.registers.forms import Bounded
from guiju.spine.registers.models import SavedView
from guiju.spine.registers.pages import found_register, listed


class NameForm(Bounded):
    name = forms.CharField(
        label=gettext_lazy("Name of the view"),
        max_length=SavedView._meta.get_field("name").max_length,
        error_messages={"required": gettext_lazy("Give the view a name.")},
    )


def _found(register: Register, view: UUID) -> saved.Own:
    """One of one's own views. 404 for another's, which looks the same as none."""
    found = next((one for one in saved.of(register) if one.id == view), None)
    if found is None:
        raise Http404
    return found


def keep(request: HttpRequest, organization: str, register: str) -> HttpResponse:
    shown = found_register(register)
    if request.method != "POST":  # the address of a form that was sent: whoever comes by it wants the list
        return HttpResponseRedirect(addresses.of_register(shown))
    query, form = saved.read(request.POST.get("query", "")), NameForm(request.POST)
    if form.is_valid():
        try:
            made = saved.keep(shown, form.cleaned_data["name"], query)
            messages.success(request, _("The view “%(name)s” is kept. Only you see it.") % {"name": made.name})
            return HttpResponseRedirect(saved.address(shown, made))
        except Refused as refused:
            if not saved.words(shown, query):  # such a list shows no form for the refusal to stand in
                raise
            bad(form, refused)
    return listed(request, shown, query, naming=form, status=422)


def rename(request: HttpRequest, organization: str, register: str, view: UUID) -> HttpResponse:
    shown = found_register(register)
    found = _found(shown, view)
    if request.method != "POST":
        return HttpResponseRedirect(saved.address(shown, found))
    form = NameForm(request.POST)
    if form.is_valid():
        try:
            saved.rename(shown, found, form.cleaned_data["name"])
            messages.success(request, _("The view is called “%(name)s” now.") % {"name": form.cleaned_data["name"]})
            return HttpResponseRedirect(saved.address(shown, found))
        except Refused as refused:
            bad(form, refused)
    return listed(request, shown, saved.read(found.query), naming=form, status=422)


def remove(request: HttpRequest, organization: str, register: str, view: UUID) -> HttpResponse:
    shown = found_register(register)
    found = _found(shown, view)
    if request.method != "POST":
        return HttpResponseRedirect(saved.address(shown, found))
    saved.remove(shown, found)
    messages.success(request, _("The view “%(name)s” is removed.") % {"name": found.name})
    return HttpResponseRedirect(addresses.of_register(shown))
