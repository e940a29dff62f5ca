"""The page on which a request for more time is decided."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from guiju.modules.actions import extensions
from guiju.modules.actions.models import Extension
from guiju.organizations.members import require
from guiju.spine.acts import Refused
from guiju.spine.registers import addresses, record_page, values
from guiju.spine.registers.editing import bad
from guiju.spine.registers.form_page import get_or_post, page_of
from guiju.spine.registers.pages import found_record, found_register


@get_or_post
def decide(request: HttpRequest, organization: str, number: str, extension: UUID) -> HttpResponse:
    """Yes or no to more time, with words."""
    shown = found_register("actions")
    action = found_record(shown, number)
    require(extensions.RIGHT, action)
    asked = Extension.objects.filter(pk=extension, action=action, ended=False).first()
    if asked is None:
        raise Http404
    form = extensions.DecisionForm(request.POST if request.method == "POST" else None)
    base = addresses.of_record(action)
    if request.method == "POST" and form.is_valid():
        try:
            said = form.cleaned_data
            extensions.decide(action, asked.pk, granted=said["granted"], reason=said["reason"])
            messages.success(request, _("Your decision is kept."))
            return HttpResponseRedirect(base)
        except Refused as refused:
            bad(form, refused)
    words = {
        "until": values.day(asked.until_on),
        "before": values.day(asked.before_on),
        "who": asked.asked_by,
        "why": asked.reason,
    }
    lead = _("%(who)s asks for more time, until %(until)s instead of %(before)s: %(why)s") % words
    above = record_page.eyebrow(shown, action, linked=True)
    return page_of(request, form, _("Decide on more time"), base, eyebrow=above, lead=lead)
