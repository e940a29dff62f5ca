"""Write an application's one migration anew from its models: scripts/first_migration.py processes

Nothing is released yet, so each application has one migration, kept as its models are. Operations that are written by hand
(triggers, other SQL) are kept from the file that is there.
"""

import os
import re
import subprocess
import sys
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "guiju.project.settings")

import django

django.setup()

from django.apps import apps  # noqa: E402
from django.db.migrations import Migration  # noqa: E402
from django.db.migrations.autodetector import MigrationAutodetector  # noqa: E402
from django.db.migrations.loader import MigrationLoader  # noqa: E402
from django.db.migrations.questioner import NonInteractiveMigrationQuestioner  # noqa: E402
from django.db.migrations.state import ProjectState  # noqa: E402
from django.db.migrations.writer import MigrationWriter  # noqa: E402


def write(label: str) -> Path:
    """The path of what was written. LookupError for no such application, ValueError where SQL by hand stands there."""
    path = Path(apps.get_app_config(label).path) / "migrations" / "0001_initial.py"
    if path.exists() and re.search(r"RunSQL|RunPython", path.read_text()):
        raise ValueError(f"{label}: its migration holds SQL by hand; change it by hand")
    loader, after = MigrationLoader(None, ignore_no_migrations=True), ProjectState.from_apps(apps)
    # What other applications' models are is taken from the code: their migrations may refer to what is written anew here.
    before = ProjectState({key: model for key, model in after.models.items() if key[0] != label})
    found = MigrationAutodetector(before, after, NonInteractiveMigrationQuestioner()).changes(
        loader.graph, trim_to_apps={label}, convert_apps={label}
    )

    class Whole(Migration):
        initial = True
        dependencies = sorted({(app, name) for one in found[label] for app, name in one.dependencies if app != label})
        operations = [operation for one in found[label] for operation in one.operations]

    path.parent.mkdir(exist_ok=True)
    path.write_text(MigrationWriter(Whole("0001_initial", label)).as_string())
    return path


if __name__ == "__main__":
    for name in sys.argv[1:]:
        subprocess.run([sys.executable, "-m", "ruff", "format", "-q", str(write(name))], check=True)
