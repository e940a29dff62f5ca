"""What the tools of a text ask for: how it will look, records to refer to, pictures to keep."""

from uuid import UUID

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from guiju.lib import markdown
from guiju.spine.acts import NotFound, current
from guiju.spine.attachments import services as attachments
from guiju.spine.attachments.forms import AttachmentField
from guiju.spine.attachments.models import Attachment
from guiju.spine.registers import addresses, going
from guiju.spine.registers.declaration import by_key
from guiju.spine.registers.editor import pictures, references
from guiju.spine.registers.files import pictured
from guiju.spine.registers.forms import LONGEST, Bounded
from guiju.spine.registers.pages import found_record, found_register
from guiju.spine.registers.writing import permit_somewhere


class TextForm(Bounded):
    """A text as it stands in the field, and the record it belongs to, if there is one yet."""

    text = forms.CharField(required=False, max_length=LONGEST, strip=False, widget=forms.Textarea)
    of = forms.CharField(required=False, max_length=200)


class PictureForm(forms.Form):
    """A picture that is to stand in a text."""

    file = AttachmentField(label=_("Picture"))

    def clean_file(self) -> Attachment:
        file: Attachment = self.cleaned_data["file"]
        if not pictures.is_picture(file):
            raise forms.ValidationError(_("%(name)s is no picture that can stand in a text."), "picture", {"name": file.name})
        return file


@require_POST
def preview(request: HttpRequest, organization: str) -> HttpResponse:
    """A text as it will look, as a piece of page; refused with the reason where it cannot be kept either."""
    form = TextForm(request.POST)
    if not form.is_valid():
        return _refused(form)
    text = form.cleaned_data["text"]
    own = _of_record(form.cleaned_data["of"], text)
    waiting = _waiting(text)
    html = markdown.to_html(text, lambda one: own.get(one) or waiting.get(one), references.linker(text))
    return HttpResponse(mark_safe(html))


def _of_record(named: str, text: str) -> dict[str, str]:
    """The addresses of the pictures that belong to the record a text is written for, named as register/number."""
    key, _slash, number = named.partition("/")
    if by_key(key) is None or not number:
        return {}
    record = found_record(found_register(key), addresses.from_address(number))
    address = pictures.shown(record, text, f"{addresses.of_record(record)}files/%s/page/1/")
    return {one: where for one in markdown.pictures(text) if (where := address(one))}


def _waiting(text: str) -> dict[str, str]:
    """The addresses of the pictures that were sent while writing and belong to no record yet."""
    mine = Attachment.objects.filter(
        pk__in=markdown.pictures(text), record=None, added_by_id=current().actor.id, disposed_at=None
    ).values_list("pk", flat=True)
    return {str(pk): reverse("registers:waiting_picture", args=[current().organization.slug, pk]) for pk in mine}


@require_POST
def add_picture(request: HttpRequest, organization: str) -> JsonResponse:
    """Keep a picture for a text. Answers its id and its name."""
    permit_somewhere()
    form = PictureForm(request.POST, request.FILES)
    if not form.is_valid():
        return _refused(form)
    file: Attachment = form.cleaned_data["file"]
    return JsonResponse({"id": str(file.pk), "name": file.name}, status=201)


@require_safe
def waiting_picture(request: HttpRequest, organization: str, attachment: UUID) -> HttpResponse:
    """A picture one has sent and not yet kept with a text."""
    try:
        return pictured(attachments.mine(attachment), 1)
    except NotFound:
        raise Http404 from None


@require_safe
def to_refer_to(request: HttpRequest, organization: str) -> JsonResponse:
    """The records whose number or title fits what was typed."""
    q = " ".join(request.GET.get("q", "").replace("\x00", " ").split())[: going.LONGEST]
    lines = going.records(q) if q else []
    return JsonResponse({"items": [{"number": line["number"], "title": line["label"]} for line in lines]})


def _refused(form: forms.Form) -> JsonResponse:
    said = [str(sentence) for sentences in form.errors.values() for sentence in sentences]
    return JsonResponse({"detail": " ".join(said)}, status=422)
