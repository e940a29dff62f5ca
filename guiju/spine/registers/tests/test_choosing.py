"""Choosing many out of many, as the page is sent."""

import re
from typing import Any

from django import forms
from django.template.loader import render_to_string

from guiju.spine.registers.choosing import Choosing


class Form(forms.Form):
    lamps = forms.MultipleChoiceField(widget=Choosing, required=False)


def drawn(count: int, **data: Any) -> str:
    form = Form(data or None)
    form.fields["lamps"].choices = [(str(n), f"Lamp {n}") for n in range(count)]
    return render_to_string("registers/_field.html", {"field": form["lamps"]})


def test_every_choice_is_there_without_a_script():
    page = drawn(200, lamps=["7"])
    assert len(re.findall('type="checkbox"', page)) == 200
    assert re.findall(r'value="(\d+)"[^>]* checked', page) == ["7"]


def test_what_a_script_does_is_hidden_until_there_is_one():
    assert '<div class="gj-many-tools" hidden>' in drawn(200)


def test_a_short_list_has_no_filter():
    assert "gj-many-tools" not in drawn(7)
