"""The rows of an export become rows again, with ids, versions and texts as they were."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db import models
from django.utils.translation import gettext_noop as _

from guiju.modules.documents.jobs import read_file
from guiju.modules.documents.models import Document
from guiju.project.leaving import parts
from guiju.spine.acts import Refused, write
from guiju.spine.jobs.job import enqueue
from guiju.spine.records.models import Counter
from guiju.spine.registers.declaration import registers
from guiju.spine.search import services as search
from guiju.spine.trail.states import LEFT_BEHIND, from_text, kind_of, trailed_fields

BATCH = 500


def take_in(folder: Path, group: list[type[models.Model]], organization: UUID) -> None:
    """Insert the rows of kinds that point to each other, each after those it points to: the database asks for them.

    Refused where a row is another organization's, or would bring a secret: whoever made the folder need not be honest.
    """
    levels = _levels(folder, group)
    for level in range(max(levels.values(), default=0) + 1):
        for model in group:
            found = (row for row in _lines(folder, model) if levels.get(str(row["id"]), 0) == level)
            _insert(model, found, organization)


def _lines(folder: Path, model: type[models.Model]) -> Iterator[dict[str, str | None]]:
    path = folder / f"{kind_of(model)}.jsonl"
    if path.exists():  # a kind that this release has and the export's had not
        yield from parts.lines(path)


def _levels(folder: Path, group: list[type[models.Model]]) -> dict[str, int]:
    """How many rows of the group stand before a row, by id; empty where none points to another."""
    columns = {model: [f.name for f in parts.references(model) if f.related_model in group] for model in group}
    if not any(columns.values()):
        return {}
    pointing = {
        str(row["id"]): [target for name in names if (target := row.get(name)) is not None]
        for model, names in columns.items()
        for row in _lines(folder, model)
    }
    levels: dict[str, int] = {}
    while len(levels) < len(pointing):
        ready = [pk for pk, on in pointing.items() if pk not in levels and all(one in levels for one in on)]
        if not ready:
            raise Refused(_("Rows point to each other in a circle, or to rows that are not in the export."))
        levels |= {pk: max((levels[one] + 1 for one in pointing[pk]), default=0) for pk in ready}
    return levels


def _insert(model: Any, found: Iterable[Mapping[str, str | None]], organization: UUID) -> None:
    left: Any = (_row(model, one, organization) for one in found)
    while batch := list(islice(left, BATCH)):
        # Not through the guarded save: these rows have their entries, and get no new ones.
        models.QuerySet(model).bulk_create(batch)


def _row(model: type[models.Model], texts: Mapping[str, str | None], organization: UUID) -> models.Model:
    """A row of the texts of its fields. Refused for a field that this release does not know."""
    fields = {field.name: field for field in trailed_fields(model)}
    if unknown := texts.keys() - fields.keys():
        raise Refused(
            _("This export was made by a newer release: %(kind)s has %(fields)s, which is not known here."),
            {"kind": kind_of(model), "fields": ", ".join(sorted(unknown))},
        )
    if texts["organization" if "organization" in fields else "id"] != str(organization):
        raise Refused(_("A row of %(kind)s belongs to another organization than the one that left."), {"kind": kind_of(model)})
    secrets = [text for name, text in texts.items() if text and getattr(fields[name], "holds_secret", False)]
    if not all(text.startswith(LEFT_BEHIND) for text in secrets):
        raise Refused(_("A row of %(kind)s brings a secret, which an export leaves behind."), {"kind": kind_of(model)})
    return model(**{fields[name].attname: from_text(fields[name], text) for name, text in texts.items()})


def take_counters(found: Iterable[Mapping[str, str]], organization: UUID) -> None:
    """Counting goes on where it stopped."""
    rows = [
        Counter(organization_id=organization, prefix=one["prefix"], last=int(one["last"]), width=int(one["width"]))
        for one in found
    ]
    Counter.everywhere.bulk_create(rows)


def index_anew() -> None:
    """Make what was left behind since it can be made again: the search, now by number and title, and by the files' texts soon."""
    for register in registers():
        for record in register.model.objects.iterator(chunk_size=BATCH):
            search.index(record)

    def reading() -> None:
        for pk in Document.objects.values_list("pk", flat=True):
            enqueue(read_file, str(pk))

    write(reading)
