"""The form of a document, for pages, API and import."""

from pathlib import PurePosixPath
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from guiju.lib.extraction.kinds import kind_of, mismatch
from guiju.lib.problems import Unreadable
from guiju.modules.documents.before.forms import StatedFields
from guiju.modules.documents.before.models import STATED
from guiju.modules.documents.filling import columns, filled
from guiju.modules.documents.models import Document, Language
from guiju.modules.kinds import services as kinds
from guiju.modules.kinds.custom import MoreField, judged
from guiju.modules.kinds.models import Kind
from guiju.modules.processes.models import Process
from guiju.organizations.choices import MemberField
from guiju.organizations.models import Department
from guiju.spine.attachments.forms import AttachmentField
from guiju.spine.attachments.models import Attachment
from guiju.spine.attachments.services import path
from guiju.spine.registers.editor.field import MarkdownInput
from guiju.spine.registers.forms import RecordForm

# What a document's file may be, by the end of its name. What a computer would run or a browser would open as a page
# (exe, js, html, svg…) is not among them; macros in Office files are named when their text is read, and never run.
TAKEN = frozenset(
    "docx docm doc rtf odt xlsx xlsm xls ods pptx pptm ppt odp odg pdf md markdown txt csv"
    " png jpg jpeg webp gif tif tiff heic heif dwg dxf step stp".split()
)


def is_taken(name: str) -> bool:
    """Whether a file of this name can be a document."""
    return PurePosixPath(name).suffix[1:].lower() in TAKEN


def is_another(file: Attachment) -> bool:
    """Whether a file is of another kind than its name says, or damaged: such a file is opened by nobody."""
    try:
        kind = kind_of(path(file), file.name)
    except Unreadable as why:
        return why.code == "unreadable"
    except OSError:
        return False
    return mismatch(kind, file.name)


class FileOfDocument(forms.Form):
    """A field for a file that can be a document."""

    file = AttachmentField(label=_("File"), help_text=_("Word, PDF, Excel, Markdown or a picture."))

    def clean_file(self) -> Attachment | None:
        file: Attachment | None = self.cleaned_data["file"]
        if file is not None and not is_taken(file.name):
            self.fields["file"].kept = None  # type: ignore[attr-defined]
            sentence = _("%(name)s is neither an office file nor a PDF, a text, a picture or a drawing.")
            raise forms.ValidationError(sentence, "kind", {"name": file.name})
        if file is not None and is_another(file):
            self.fields["file"].kept = None  # type: ignore[attr-defined]
            sentence = _("The content of %(name)s is of another kind than its name says, or cannot be read.")
            raise forms.ValidationError(sentence, "mismatch", {"name": file.name})
        return file


class DocumentForm(FileOfDocument, StatedFields, RecordForm):
    """A document and the content of its newest revision. The number is only given once, when it is made."""

    number = forms.CharField(
        label=_("Number"), max_length=60, required=False, help_text=_("Empty: the next of this kind. An existing number is kept.")
    )
    revision = forms.CharField(label=_("Revision"), max_length=20, required=False, help_text=_("Empty: 1."))
    text = forms.CharField(
        label=_("Text"),
        required=False,
        widget=MarkdownInput(pictures=True),
        help_text=_("Written in Markdown; or add a file below."),
    )
    file = AttachmentField(label=_("File"), required=False, help_text=_("Word, PDF, Excel, Markdown or a picture."))
    changes = forms.CharField(
        label=_("What changed and why"), required=False, max_length=5000, widget=forms.Textarea(attrs={"rows": 2})
    )
    owner = MemberField(label=_("Owner"), required=False)
    process = forms.ModelChoiceField(Process.objects.all(), label=_("Process"), required=False)
    department = forms.ModelChoiceField(Department.objects.filter(closed=False), label=_("Department"), required=False)
    made_with = forms.ModelChoiceField(
        Document.objects.none(),
        label=_("Made with the form"),
        required=False,
        help_text=_("The revision of the form that is in force now is kept with it."),
    )
    more = MoreField()

    given_once = ("number", "made_with")
    field_order = (
        *("title", "kind", "number", "revision", "language", "process", "department", "owner", "due_on", "made_with"),
        *("text", "file", "changes", "more", *STATED),
    )

    class Meta:
        model = Document
        fields = ("title", "kind", "language", "process", "department", "owner", "due_on", *STATED)
        labels = {"due_on": _("Review again by"), "title": _("Title"), "kind": _("Kind"), "language": _("Language")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        instance = kwargs.get("instance")
        if instance is not None:
            newest = instance.newest()
            kwargs["initial"] = {
                "text": newest.text,
                "changes": newest.changes,
                "revision": newest.label,
                "more": instance.more,
                **(kwargs.get("initial") or {}),
            }
        super().__init__(*args, **kwargs)
        if instance is None:
            self.fields["made_with"].queryset = filled.forms()  # type: ignore[attr-defined]
        else:
            del self.fields["number"], self.fields["made_with"]
            self.fields["revision"].help_text = ""
            self.fields["text"].widget.write_for(instance)
            if newest.file_name:
                self.fields["file"].help_text = _("Now: %(name)s. Choose another to replace it.") % {"name": newest.file_name}

        if instance is None and not self.is_bound:
            self._begin_with_form()
            self.initial.setdefault("language", get_language() if get_language() in Language.values else Language.ENGLISH)
        self._fit_kind(instance)
        self.fit_stated(instance)

    def _begin_with_form(self) -> None:
        """A new document that names its form begins with what the form says."""
        named = self.initial.get("made_with")
        form = self.fields["made_with"].queryset.filter(pk=named).first() if named else None  # type: ignore[attr-defined]
        if form is not None:
            self.initial = {**filled.begun_with(form), **self.initial}

    def _fit_kind(self, instance: Document | None) -> None:
        """Offer the further fields of the kind, and to a new document what its kind begins with."""
        chosen = self.data.get("kind") or self.get_initial_for_field(self.fields["kind"], "kind")
        if chosen in Kind.values:
            self.fields["more"].offer(kinds.fields(chosen))  # type: ignore[attr-defined]
            if chosen == Kind.FORM:
                self.fields["text"].help_text = columns.HELP
            if instance is None and not self.is_bound and not self.initial.get("text"):
                self.initial["text"] = kinds.rule(chosen).template

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        kind = cleaned.get("kind")
        if cleaned.get("made_with") is not None and kind in filled.NOT_MADE:
            self.add_error("made_with", _("A form or a document from outside is not made with a form."))
        # What was entered under another kind goes with it; what nobody touched is not judged again.
        if kind and (
            "more" in self.data or "more" in self.changed_data or "kind" in self.changed_data or not self.instance.number
        ):
            try:
                cleaned["more"] = judged(kinds.fields(kind), cleaned.get("more") or {})
            except forms.ValidationError as error:
                self.fields["more"].offer(kinds.fields(kind))  # type: ignore[attr-defined]
                self.add_error("more", error)
        return cleaned

    @property
    def is_multipart_form(self) -> bool:
        return True

    def clean_number(self) -> str:
        return self.cleaned_data["number"].strip()
