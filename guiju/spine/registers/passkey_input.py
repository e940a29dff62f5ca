"""The field by which a passkey answers: a button for the browser's script, which fills it and sends the form."""

from typing import Any

from django import forms
from django.conf import settings
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

LONGEST_ANSWER = 20_000  # characters; a browser's own is below 5,000


class PasskeyInput(forms.HiddenInput):
    """Hidden until the script finds that this browser can; what came with a refused form is not sent back."""

    def __init__(self, purpose: str, button: Any, *, before: bool = False) -> None:
        super().__init__()
        self.purpose, self.button, self.before = purpose, button, before

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        asked = {"name": name, "purpose": self.purpose, "button": self.button, "before": self.before}
        place = {"id": (attrs or {}).get("id", f"id_{name}"), "base_url": settings.BASE_URL}
        return render_to_string("registers/_passkey.html", asked | place)


def passkey_field(purpose: str, button: Any, *, before: bool = False, required: bool = True) -> forms.CharField:
    """A field for a passkey's answer. `before`: it stands before other ways of doing the same."""
    widget = PasskeyInput(purpose, button, before=before)
    return forms.CharField(label=_("Passkey"), max_length=LONGEST_ANSWER, required=required, widget=widget)
