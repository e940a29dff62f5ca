"""Data migrations that touch records are on the trail, in the name of the release (law L8)."""

import json

from django.db import connection
from django.db.migrations.loader import MigrationLoader

from guiju.modules.processes.models import Process
from guiju.spine.acts import INSTALLATION
from guiju.spine.trail.append import migrating
from guiju.spine.trail.models import Entry, Payload
from guiju.spine.trail.past import history
from guiju.spine.trail.verify import verify


def historical(app: str, model: str):
    """A model as a migration sees it: without our methods, managers and marks."""
    return MigrationLoader(connection).project_state().apps.get_model(app, model)


def test_a_migrated_record_has_an_entry_of_the_release(as_wei):
    Process(title="Buying").save()
    row = historical("processes", "Process")._base_manager.get()
    with migrating("0.2.0", "titles of the field") as keep:
        row.title = "Purchasing"
        keep(row, row.organization_id)
    moment = history("processes.process", row.pk)[0]
    assert (moment.action, moment.actor, moment.state["title"]) == ("migrate", None, "Purchasing")
    assert moment.reason == "0.2.0: titles of the field"
    assert list(verify()) == []


def test_a_migration_behind_the_trails_back_is_found(as_wei):
    Process(title="Buying").save()
    historical("processes", "Process")._base_manager.update(title="Purchasing")
    assert [f.part for f in verify()] == ["title"]


def test_personal_and_secret_fields_stay_so_in_a_migration(lanzhu):
    row = historical("organizations", "Person")._base_manager.get(username="wei")
    with migrating("0.2.0", "names") as keep:
        row.name = "Chen, Wei"
        keep(row, INSTALLATION)
    entry = Entry.everywhere.filter(chain=INSTALLATION, action="migrate").get()
    held = {p.holds: json.loads(p.values) for p in Payload.everywhere.filter(entry=entry)}
    assert held["personal"]["name"] == "Chen, Wei"
    assert held["ordinary"]["password"].startswith("sha256:")
    assert list(verify()) == []
