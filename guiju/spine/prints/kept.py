"""Prints that the worker made and keeps for some days: copies, which go when what they show goes."""

from typing import Any

from django.db import models

from guiju.spine.prints.models import PrintRun
from guiju.spine.trail.states import kind_of


def forget(record: models.Model, **of: Any) -> None:
    """Remove the kept prints of a record, or those of it that fit `of`. Each can be made again, so that it does not matter
    if the act fails then."""
    runs = PrintRun.objects.filter(record_kind=kind_of(type(record)), record=record.pk, **of)
    for run in runs:
        run.path.unlink(missing_ok=True)
    runs.delete()
