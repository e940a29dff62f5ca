"""The fields in which somebody says what held before."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from guiju.modules.documents.before.models import STATED
from guiju.spine.acts import current

RIGHTS = ("documents.take_over", "documents.import")
NOT_LATER = _("This day is still to come; here stands what was before.")

BEFORE_IT_HELD = _("This is later than the day since which it is in force; what holds was approved before.")


class StatedFields(forms.Form):
    """For whoever brings documents in; offered to nobody else, for nothing that was written here, and not once a revision
    was approved here."""

    def fit_stated(self, document: Any) -> None:
        """Leave the fields out where nothing is to be said in them: on the page of what is written new, and after approval."""
        if document is None and self.is_bound and any(map(current().actor.may, RIGHTS)):
            return
        said = document is not None and any(document.stated().values())
        may = document is not None and document.came_in and any(map(current().actor.may, RIGHTS))
        if document is None or document.standing_revision or not (said or may):
            for name in STATED:
                del self.fields[name]

    def clean_stated_since(self) -> date | None:
        return _gone_by(self.cleaned_data["stated_since"])

    def clean_stated_on(self) -> date | None:
        return _gone_by(self.cleaned_data["stated_on"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        since, on = cleaned.get("stated_since"), cleaned.get("stated_on")
        if since is not None and on is not None and on > since:
            self.add_error("stated_on", forms.ValidationError(BEFORE_IT_HELD, "order"))
        return cleaned

    def clean_stated_by(self) -> str:
        return str(self.cleaned_data["stated_by"]).strip()


def _gone_by(day: date | None) -> date | None:
    if day is not None and day > current().today():
        raise forms.ValidationError(NOT_LATER, "future")
    return day
