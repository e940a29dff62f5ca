"""The page on which a document is made confidential, and on which people are let in."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guiju.modules.documents.confidential import insiders
from guiju.modules.documents.models import Document
from guiju.organizations.choices import MembersField
from guiju.organizations.members import require
from guiju.spine.acts import current
from guiju.spine.registers import addresses
from guiju.spine.registers.form_page import get_or_post, page_of
from guiju.spine.registers.forms import Bounded
from guiju.spine.registers.pages import found_record, found_register
from guiju.spine.registers.present import present
from guiju.spine.registers.record_page import eyebrow


class ConfidentialForm(Bounded):
    """Whether it is hidden, from whom not, and why."""

    confidential = forms.BooleanField(label=gettext_lazy("Confidential"), required=False)
    people = MembersField(
        label=gettext_lazy("May see it"),
        required=False,
        help_text=gettext_lazy("Beside its owner, those who work on it, and whoever may see all that is confidential."),
    )
    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=2000, widget=forms.Textarea(attrs={"rows": 2}))


@present
@get_or_post
def confidential(request: HttpRequest, organization: str, number: str) -> HttpResponse:
    """Who may see a document."""
    register = found_register("documents")
    document = found_record(register, number)
    require("documents.change", document)
    initial = {"confidential": document.confidential, "people": [row.person_id for row in insiders.of(document)]}
    form = ConfidentialForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        insiders.set_confidential(document, **form.cleaned_data)
        messages.success(request, _("Saved. It holds at once, also for what was found and told before."))
        seen = register.rows(current().actor).filter(pk=document.pk).exists()
        return HttpResponseRedirect(addresses.of_record(document) if seen else addresses.of_register(register))
    return page_of(
        request,
        form,
        _("Who may see this document"),
        addresses.of_record(document),
        eyebrow=eyebrow(register, document, linked=True),
        lead=_("A confidential document is hidden from all others: in lists, in the search, in notices and in its past."),
    )


def aside(document: Document) -> SafeString:
    """On the document's page: that it is confidential, and the way to say who may see it."""
    may = current().actor.may("documents.change", document) and current().as_of is None
    words = _("Confidential") if document.confidential else _("Everybody who may see documents")
    if may:
        return format_html('<a href="{}confidential/">{}</a>', addresses.of_record(document), words)
    return mark_safe(format_html("{}", words)) if document.confidential else mark_safe("")
