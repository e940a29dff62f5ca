"""What a cell of a spreadsheet says, as a form takes it."""

from datetime import date

import pytest
from django import forms

from guiju.spine.registers.spreadsheet_cells import UnfitCell, reader


@pytest.mark.parametrize(("text", "truth"), [("yes", True), ("Yes ", True), ("是", True), ("no", False), ("否", False)])
def test_yes_and_no_are_read_in_both_languages(text, truth):
    assert reader(forms.BooleanField())(text) is truth


@pytest.mark.parametrize(
    ("field", "text"), [(forms.BooleanField(), "perhaps"), (forms.DateField(), "yesterday"), (forms.DateField(), "2026-02-30")]
)
def test_what_a_field_cannot_hold_is_unfit(field, text):
    with pytest.raises(UnfitCell):
        reader(field)(text)


def test_a_day_and_a_text_are_read_as_they_are_written():
    assert reader(forms.DateField())("2026-03-01") == date(2026, 3, 1)
    assert reader(forms.CharField())(" as it is ") == " as it is "
