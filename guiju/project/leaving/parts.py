"""What is in the folder of an export, and what of an organization stays behind."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.apps import apps
from django.db import models

from guiju.organizations.models import Organization, Person
from guiju.spine.attachments.models import Attachment
from guiju.spine.records.models import Counter
from guiju.spine.trail.states import field_of, kind_of, trailed_fields

STATEMENT, SUMS, VERIFIER, README = "export.json", "SHA256SUMS", "verify.py", "README.txt"
ENTRIES, HEADS, STAMPS = "trail/entries.jsonl", "trail/heads.jsonl", "trail/stamps.jsonl"
KEYS, PEOPLE, PROOFS = "installation/keys.jsonl", "installation/people.jsonl", "installation/proofs.jsonl"

# What of a person goes along; the rest (password, factors, whether signing is closed) is between them and the installation.
OF_A_PERSON = ("username", "name", "name_zh", "email", "language", "time_zone", "theme", "is_active")

# What one export and the next of the same organization, restored elsewhere, have that is not equal.
NEVER_EQUAL = (STATEMENT, SUMS, KEYS, PROOFS)


def kept_models() -> list[type[models.Model]]:
    """The kinds of rows that are the organization's evidence."""
    return [
        Organization,
        *(model for model in apps.get_models() if getattr(model, "on_trail", False) and has_organization(model)),
    ]


def groups() -> list[list[type[models.Model]]]:
    """The same, each after those that its rows point to; those that point to each other in a circle stand together."""
    waiting = set(kept_models())
    ordered: list[list[type[models.Model]]] = []
    while waiting:
        reach = {model: _reached(model, waiting) for model in waiting}
        nearest = min(waiting, key=lambda model: (len(reach[model]), kind_of(model)))
        ordered.append(sorted(reach[nearest], key=kind_of))
        waiting -= reach[nearest]
    return ordered


def _reached(model: type[models.Model], waiting: set[type[models.Model]]) -> set[type[models.Model]]:
    """The kinds among `waiting` that a kind's rows lead to, itself included."""
    found, left = {model}, [model]
    while left:
        new = (targets(left.pop()) & waiting) - found
        found |= new
        left += new
    return found


def has_organization(model: type[models.Model]) -> bool:
    return any(field.name == "organization" for field in model._meta.concrete_fields)


def references(model: type[models.Model]) -> Iterator[models.ForeignKey]:
    """The fields by which rows of the organization point to each other."""
    for field in trailed_fields(model):
        if isinstance(field, models.ForeignKey) and field.related_model not in (Organization, Person):
            yield field


def targets(model: type[models.Model]) -> set[Any]:
    return {field.related_model for field in references(model)}


def points_to_people(model: type[models.Model]) -> list[str]:
    """The columns that hold a person's id."""
    return [field.attname for field in trailed_fields(model) if field.related_model is Person]


def rows_of(model: type[models.Model], organization: Organization) -> models.QuerySet[Any]:
    """The rows of a kind that are the organization's, by id; read outside of an act."""
    if model is Organization:
        return Organization.everywhere.filter(pk=organization.pk)
    return model.everywhere.filter(organization=organization).order_by("pk")  # type: ignore[attr-defined]


def refuse_unknown(hidden: list[str]) -> list[str]:
    """The fields that are to be hidden, as "kind.field", "kind.@" for reasons and other facts of a change, or "kind.*" for all of
    these but the ids. ValueError for one there is not."""
    chosen: set[str] = set()
    kinds = {kind_of(model): model for model in kept_models()}
    for name in hidden:
        kind, _, field = name.rpartition(".")
        if kind not in kinds:
            raise ValueError(f"{name}: there is no such kind of record; it is written kind.field, as in documents.revision.text")
        if field == "*":
            fields = ["@", *(f.name for f in trailed_fields(kinds[kind]))]
        else:
            fields = [field if field == "@" else field_of(kinds[kind], field).name]
        chosen |= {f"{kind}.{one}" for one in fields if one not in ("id", "organization", "version")}
    return sorted(chosen)


def counters(organization: Organization) -> list[dict[str, str]]:
    """How far was counted: no number is given twice, also elsewhere."""
    rows = Counter.everywhere.filter(organization=organization).order_by("prefix")
    return [{"prefix": row.prefix, "last": str(row.last), "width": str(row.width)} for row in rows]


def digests(organization: Organization) -> Iterator[str]:
    """The files of the organization that are there, once each."""
    held = Attachment.everywhere.filter(organization=organization, disposed_at=None)
    yield from held.order_by("digest").values_list("digest", flat=True).distinct().iterator(chunk_size=2000)


def texts(path: Path) -> Iterator[str]:
    """The lines of a file."""
    with path.open(encoding="utf-8") as stream:
        for line in stream:
            if line := line.rstrip("\n"):
                yield line


def lines(path: Path) -> Iterator[dict[str, Any]]:
    """The JSON objects of a file, one a line."""
    return map(json.loads, texts(path))
