"""The page on which the taking over of what was in force before is closed."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from guiju.modules.batches.pages import base
from guiju.modules.batches.titles import TITLES
from guiju.modules.documents.before import closing
from guiju.modules.kinds.services import RIGHT
from guiju.organizations.members import require
from guiju.spine.acts import Refused
from guiju.spine.registers import addresses
from guiju.spine.registers.editing import bad
from guiju.spine.registers.form_page import get_or_post, page_of
from guiju.spine.registers.forms import ReasonForm
from guiju.spine.registers.pages import found_register
from guiju.spine.registers.present import present


@present
@get_or_post
def close(request: HttpRequest, organization: str) -> HttpResponse:
    """Asked for the reason; then nothing is taken over any more."""
    require(RIGHT)
    register = found_register("documents")
    form = ReasonForm(request.POST if request.method == "POST" else None)
    back = f"{base()}take_over/"
    if form.is_valid():
        try:
            closing.close(form.cleaned_data["reason"])
            messages.success(request, _("Nothing more is taken over as in force."))
            return HttpResponseRedirect(back)
        except Refused as refused:
            bad(form, refused)
    above = [(register.label, addresses.of_register(register)), (TITLES["take_over"], back)]
    lead = _(
        "When all that was in force before has come, close it: whatever is written then is reviewed and approved. "
        "It is not opened again."
    )
    return page_of(request, form, _("Close the taking over"), back, eyebrow=above, lead=lead)
