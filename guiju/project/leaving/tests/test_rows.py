"""What a folder brings that somebody dishonest has made: whole in itself, and still no way into another organization."""

import json
from pathlib import Path
from uuid import uuid4

import pytest
from django.db import models
from django.utils import timezone

from guiju.organizations.models import ApiToken, Role
from guiju.project.leaving import rows
from guiju.spine.acts import Refused
from guiju.spine.trail.states import kind_of, state_of

pytestmark = pytest.mark.django_db


def brought(folder: Path, row: models.Model, **otherwise: str) -> Path:
    """A folder with one row as an export would have it, but for some fields."""
    ordinary, personal = state_of(row)
    texts = ordinary | personal | {"id": str(uuid4())} | otherwise
    (folder / f"{kind_of(type(row))}.jsonl").write_text(json.dumps(texts) + "\n")
    return folder


def test_a_row_of_another_organization_is_refused(lanzhu, other, tmp_path):
    role = Role(organization=other.organization, key="all", name="All", actions=["*"])
    with pytest.raises(Refused, match="belongs to another organization"):
        rows.take_in(brought(tmp_path, role), [Role], lanzhu.organization.pk)
    assert not Role.everywhere.filter(key="all").exists()


def test_an_organization_under_another_id_is_refused(lanzhu, tmp_path):
    model = type(lanzhu.organization)
    with pytest.raises(Refused, match="belongs to another organization"):
        rows.take_in(brought(tmp_path, lanzhu.organization, slug="second"), [model], lanzhu.organization.pk)


def test_a_row_that_brings_a_secret_is_refused(lanzhu, tmp_path):
    who, now = lanzhu.tang.person, timezone.now()
    token = ApiToken(organization=lanzhu.organization, person=who, name="x", digest="", scope=["*"], made_at=now)
    with pytest.raises(Refused, match="brings a secret"):
        rows.take_in(brought(tmp_path, token, digest="0" * 64), [ApiToken], lanzhu.organization.pk)
    rows.take_in(brought(tmp_path, token, digest="sha256:" + "0" * 64), [ApiToken], lanzhu.organization.pk)
    assert ApiToken.everywhere.get().digest.startswith("sha256:")
