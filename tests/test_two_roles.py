"""On PostgreSQL one role migrates and another runs, which cannot lift what keeps the trail (law L18)."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from tests.plugin import ON_POSTGRES
from tests.served import COMMAND, databases

pytestmark = pytest.mark.server

FORBIDDEN = (
    "UPDATE trail_entry SET action = 'x'",
    "DELETE FROM trail_entry",
    "TRUNCATE trail_payload",
    "UPDATE trail_signedhead SET text = 'x'",
    "DELETE FROM trail_publickey",
    "DELETE FROM trail_stamp",
    "DROP TRIGGER trail_entry_append_only ON trail_entry",
    "ALTER TABLE trail_head DISABLE TRIGGER ALL",
    "DROP TABLE trail_entry",
)


def url(role: str, database: str) -> str:
    return f"postgresql://{role}@/{database}?host={os.environ['PGHOST']}"


OWNER, RUNS = f"guiju_owner_{os.getpid()}", f"guiju_runs_{os.getpid()}"


@pytest.fixture(scope="module")
def two_roles(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A database that one role owns and migrates, and in which another runs."""
    name = f"roles{os.getpid()}"
    databases().create(name)
    with psycopg.connect(databases().environment(name)["DATABASE_URL"], autocommit=True) as admin:
        for role in (OWNER, RUNS):
            admin.execute(f"CREATE ROLE {role} LOGIN")  # type: ignore[arg-type]
        admin.execute(f"ALTER SCHEMA public OWNER TO {OWNER}")  # type: ignore[arg-type]
    settings = {
        **os.environ,
        "DATA": str(tmp_path_factory.mktemp("two-roles")),
        "DATABASE_URL": url(RUNS, name),
        "MIGRATE_DATABASE_URL": url(OWNER, name),
    }
    done = subprocess.run([str(COMMAND), "migrate"], env=settings, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    made = [str(COMMAND), "found", "--slug", "acme", "--name", "Acme", "--person", "ann", "--person-name", "Ann Lee"]
    done = subprocess.run(
        made, env=settings, input="a lamp and a charger\n", capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr
    yield name
    with psycopg.connect(databases().environment(name)["DATABASE_URL"], autocommit=True) as admin:
        for role in (OWNER, RUNS):
            admin.execute(f"DROP OWNED BY {role} CASCADE")  # type: ignore[arg-type]
            admin.execute(f"DROP ROLE {role}")  # type: ignore[arg-type]
    databases().drop(name)


if ON_POSTGRES:  # SQLite has no roles; there the trail is held by triggers and by the chain

    def test_the_role_that_runs_can_work_and_cannot_touch_the_trail(two_roles: str) -> None:
        with psycopg.connect(url(RUNS, two_roles), autocommit=True) as running:
            assert running.execute("SELECT count(*) FROM trail_entry").fetchone()[0] > 5  # type: ignore[index]
            for statement in FORBIDDEN:
                with pytest.raises(psycopg.Error) as refused:
                    running.execute(statement)  # type: ignore[arg-type]
                assert isinstance(refused.value, psycopg.errors.InsufficientPrivilege), statement

    @pytest.mark.parametrize(
        ("role", "lifts"), [(RUNS, "()"), (OWNER, "('owner', 'truncate', 'trigger')")], ids=["runs", "owner"]
    )
    def test_the_product_knows_whether_its_role_could(two_roles: str, tmp_path: Path, role: str, lifts: str) -> None:
        asked = "import django; django.setup(); from guiju.spine.trail.protection import protection; print(protection().lifts)"
        settings = {**os.environ, "DATA": str(tmp_path), "DATABASE_URL": url(role, two_roles)}
        settings["DJANGO_SETTINGS_MODULE"] = "guiju.project.settings"
        done = subprocess.run([sys.executable, "-c", asked], env=settings, capture_output=True, text=True, timeout=60, check=True)
        assert done.stdout.strip() == lifts

    def test_the_role_that_runs_can_verify_and_keep_how_it_ended(two_roles: str, tmp_path: Path) -> None:
        settings = {**os.environ, "DATA": str(tmp_path), "DATABASE_URL": url(RUNS, two_roles)}
        done = subprocess.run(
            [str(COMMAND), "trail", "verify"], env=settings, capture_output=True, text=True, timeout=60, check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr
        with psycopg.connect(url(RUNS, two_roles)) as running:
            assert running.execute("SELECT findings FROM trail_verification").fetchall() == [(0,)]
