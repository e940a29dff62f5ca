"""The one form by which a record is written, from pages, API and import alike."""

import unicodedata
from typing import Any, Self

from django import forms
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.core.validators import BaseValidator, MaxValueValidator, MinValueValidator
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from guiju.spine.acts import current
from guiju.spine.acts.hooks import members
from guiju.spine.registers.choosing import ChoosingOne
from guiju.spine.registers.declaration import Register
from guiju.spine.registers.passkey_input import passkey_field
from guiju.spine.signatures.services import Proof, prove

LONGEST = 200_000  # characters of a text field that names no limit of its own
BLANK = "\u115f\u1160\u2800\u3164\uffa0"  # letters and symbols by their category, and yet nothing is drawn
RANGES = {
    "PositiveSmallIntegerField": (0, 2**15 - 1),
    "SmallIntegerField": (-(2**15), 2**15 - 1),
    "PositiveIntegerField": (0, 2**31 - 1),
    "IntegerField": (-(2**31), 2**31 - 1),
    "PositiveBigIntegerField": (0, 2**63 - 1),
    "BigIntegerField": (-(2**63), 2**63 - 1),
}


def form_class(register: Register) -> type[Any]:
    """The register's own form, or one of the fields that it lets people edit."""
    if register.form is not None:
        return register.form
    return forms.modelform_factory(register.model, form=RecordForm, fields=list(register.edits))


def no_null_character(value: Any) -> None:
    if isinstance(value, str) and "\x00" in value:
        raise ValidationError(_("The text contains a character that cannot be stored (U+0000)."), code="null_character")


def no_control_character(value: Any) -> None:
    """For a text of one line; a tab, which comes with what is pasted from a sheet, is let through."""
    _no_control(value, "\t")


def no_control_character_in_lines(value: Any) -> None:
    """For a text of many lines."""
    _no_control(value, "\t\n\r")


def _no_control(value: Any, let_through: str) -> None:
    for character in value if isinstance(value, str) else "":
        if unicodedata.category(character) in ("Cc", "Zl", "Zp") and character not in let_through + "\x00":
            code = {"code": f"U+{ord(character):04X}"}
            raise ValidationError(
                _("The text contains a line break or another control character (%(code)s)."), "control_character", code
            )


def something_to_see(value: Any) -> None:
    """A text of nothing but blanks and characters that are not drawn says nothing, though it is not empty."""
    if isinstance(value, str) and value and not any(_is_drawn(character) for character in value):
        raise ValidationError(_("The text holds only characters that cannot be seen."), code="invisible")


def _is_drawn(character: str) -> bool:
    return unicodedata.category(character)[0] not in "CZ" and character not in BLANK


class RecordForm(forms.ModelForm):
    """A model's form whose references stay within the acting organization, dates as dates, texts bounded."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        bound_fields(self)
        _only_members(self)
        self._as_the_model_says()

    def _as_the_model_says(self) -> None:
        """The model's own validators and ranges: it is never cleaned itself, since services write the values.

        The ranges are those of PostgreSQL, so that both databases answer the same.
        """
        columns = {column.name: column for column in self._meta.model._meta.concrete_fields}
        for name, field in self.fields.items():
            if name not in columns:
                continue
            field.validators += [one for one in columns[name].validators if not isinstance(one, BaseValidator)]
            least, most = RANGES.get(columns[name].get_internal_type(), (None, None))
            if isinstance(field, forms.IntegerField) and most is not None and least is not None:
                field.validators.append(MaxValueValidator(most))
                if field.min_value is None:
                    field.validators.append(MinValueValidator(least))

    def cleaned(self, *, changed_only: bool = False) -> dict[str, Any]:
        """The cleaned values, or those of them that differ from what was there."""
        return {n: v for n, v in self.cleaned_data.items() if not changed_only or n in self.changed_data}

    def validate_unique(self) -> None:
        """Uniqueness is asked within the organization, by the services."""

    def _post_clean(self) -> None:
        """The model is not filled from here: the services write the cleaned values."""


def bound_fields(form: forms.BaseForm) -> None:
    """Give every text field of a form a limit and the refusal of what cannot be stored or seen, every date its picker."""
    for field in form.fields.values():
        if isinstance(field, forms.CharField):
            if field.max_length is None:
                field.max_length = LONGEST
                field.validators.append(forms.CharField(max_length=LONGEST).validators[0])
            field.validators.append(no_null_character)
            if not isinstance(field.widget, forms.PasswordInput):
                lines = isinstance(field.widget, forms.Textarea)
                field.validators += [no_control_character_in_lines if lines else no_control_character, something_to_see]
        if isinstance(field, forms.DateField):
            field.widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


def _only_members(form: forms.BaseForm) -> None:
    """People belong to no organization, so that nothing but the form keeps those of another one out."""
    for field in form.fields.values():
        if type(field) not in (forms.ModelChoiceField, forms.ModelMultipleChoiceField):
            continue  # a field of its own kind knows whom it offers
        if isinstance(field, forms.ModelChoiceField) and field.queryset is not None and field.queryset.model is get_user_model():
            if type(field.widget) is forms.Select:
                field.widget = ChoosingOne(attrs=field.widget.attrs)
                field.widget.is_required = field.required
            for offered in members:
                field.queryset = offered()


class Bounded(forms.Form):
    """A form with `bound_fields`, for what is no record's own form."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        bound_fields(self)


class CommentForm(Bounded):
    """A remark about a record."""

    text = forms.CharField(label=_("Your comment"), widget=forms.Textarea(attrs={"rows": 3}), max_length=10_000)


class ReasonForm(forms.Form):
    """The reason that a step is kept with."""

    reason = forms.CharField(label=_("Reason"), widget=forms.Textarea(attrs={"rows": 3}), max_length=2000)


class ProofForm(forms.Form):
    """What a person enters to sign, or has a passkey answer."""

    passkey = passkey_field("sign", _("Sign with a passkey"), before=True, required=False)
    password = forms.CharField(
        label=_("Your password"), widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}), max_length=200
    )
    code = forms.CharField(
        label=_("One-time code"),
        required=False,
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )

    @classmethod
    def asked(cls, request: HttpRequest) -> Self:
        """As the acting person is asked now, with what they have sent."""
        form, actor = cls(request.POST if request.method == "POST" else None), current().actor
        if not getattr(actor, "needs_code", lambda session: False)(request.session):
            del form.fields["code"]
        if not getattr(actor, "has_passkey", False):
            del form.fields["passkey"]
        return form

    def full_clean(self) -> None:
        self.fields["password"].required = "passkey" not in self.fields or not self.data.get("passkey")
        super().full_clean()
        self.fields["password"].required = True

    def prove(self, session: Any) -> Proof:
        """The proof of what was entered; Refused where it is wrong."""
        said = self.cleaned_data
        return prove(said["password"], said.get("code", ""), session, said.get("passkey", ""))
