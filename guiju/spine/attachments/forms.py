"""A form field that takes a file: uploaded with the form, kept from a refused one, or named by the id of an upload."""

from typing import Any, BinaryIO, cast
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from guiju.spine.acts import Refused
from guiju.spine.attachments.models import Attachment
from guiju.spine.attachments.services import keep, mine


class KeptFileInput(forms.FileInput):
    """Reads the file, or else what the page or the API says about one that is already here."""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        return files.get(name) or data.get(name) or data.get(f"{name}_kept") or None

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return not any((name in files, name in data, f"{name}_kept" in data))


class AttachmentField(forms.Field):
    """Its cleaned value is an Attachment of the acting person, or None. The file is on disk before the form is judged."""

    widget = KeptFileInput
    kept: dict[str, str] | None = None

    def clean(self, value: Any) -> Attachment | None:
        if value in (None, ""):
            return super().clean(None)
        try:
            found = keep(cast(BinaryIO, value.file), str(value.name)) if isinstance(value, UploadedFile) else self._named(value)
        except Refused as refused:
            raise ValidationError(str(refused), code=refused.code) from refused
        self.kept = {"text": found.name, "value": str(found.pk)}
        return found

    def _named(self, value: Any) -> Attachment:
        if isinstance(value, Attachment):
            return value
        try:
            return mine(UUID(str(value)))
        except ValueError:
            raise ValidationError(_("A file is named by the id of its upload."), code="file") from None

    def has_changed(self, initial: Any, data: Any) -> bool:
        return data not in (None, "")
