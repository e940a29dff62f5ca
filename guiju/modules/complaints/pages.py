"""The page on which it is entered what the customer thinks of the answer."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from guiju.modules.complaints import services
from guiju.modules.complaints.api import SatisfiedForm
from guiju.organizations.members import require
from guiju.spine.acts import Refused
from guiju.spine.registers import addresses, record_page, values
from guiju.spine.registers.editing import bad
from guiju.spine.registers.form_page import get_or_post, page_of
from guiju.spine.registers.pages import found_record, found_register


@get_or_post
def satisfied(request: HttpRequest, organization: str, number: str) -> HttpResponse:
    """What the customer thinks of the answer."""
    shown = found_register("complaints")
    complaint = found_record(shown, number)
    require("complaints.change", complaint)
    form = SatisfiedForm(request.POST if request.method == "POST" else None, initial={"satisfied": complaint.satisfied})
    base = addresses.of_record(complaint)
    if request.method == "POST" and form.is_valid():
        try:
            services.satisfied(complaint, form.cleaned_data["satisfied"])
            messages.success(request, _("It is kept."))
            return HttpResponseRedirect(base)
        except Refused as refused:
            bad(form, refused)
    above = record_page.eyebrow(shown, complaint, linked=True)
    title = _("What the customer thinks of the answer")
    return page_of(request, form, title, base, eyebrow=above, lead=values.title_of(complaint))
