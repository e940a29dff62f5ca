"""What every model on the trail must be (law L17), said at start and in `manage check`."""

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.core import checks
from django.db import models


@checks.register(checks.Tags.models)
def rows_on_the_trail(app_configs: Any, **kwargs: Any) -> list[checks.Error]:
    """PROTECT only, no automatic many-to-many, the organization in every unique constraint, scoped base manager."""
    ours = (model for model in apps.get_models() if getattr(model, "on_trail", False))
    return [checks.Error(text, obj=model, id="guiju.E001") for model in ours for text in faults(model)]


def faults(model: type[models.Model]) -> Iterator[str]:
    """What is wrong with a model that declares itself to be on the trail."""
    meta = model._meta
    scoped = any(field.name == "organization" for field in meta.concrete_fields)
    if not scoped and not getattr(model, "no_organization_because", ""):
        yield "It carries no organization and says no reason (no_organization_because)."
    if scoped and (meta.base_manager_name != "objects" or meta.default_manager_name != "objects"):
        yield "Meta must inherit Kept.Meta: without base_manager_name rows are reachable outside an act."
    for many in meta.local_many_to_many:
        yield f"{many.name}: an automatic many-to-many table is not on the trail."
    for field in meta.concrete_fields:
        if isinstance(field, models.ForeignKey) and field.remote_field.on_delete is not models.PROTECT:
            yield f"{field.name}: on_delete must be PROTECT; rows on the trail are never deleted."
        if scoped and field.unique and not field.primary_key:
            yield f"{field.name}: unique without the organization."
    for constraint in meta.constraints:
        if scoped and isinstance(constraint, models.UniqueConstraint) and "organization" not in constraint.fields:
            yield f"{constraint.name}: unique without the organization."
