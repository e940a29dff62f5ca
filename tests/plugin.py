"""How the suite meets its databases; named in pyproject.toml, so that it holds for the tests beside the code too.

GUIJU_TEST_DATABASE=postgres runs on a private PostgreSQL server; otherwise SQLite, in a file: in memory it would have
neither the locks nor the write-ahead log of the real one. With CI=1 a skipped test is a failed one.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Generator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings

from tests.postgres import PrivatePostgres

# The process that was started by hand; its children of pytest-xdist inherit the environment it has set.
IS_CHILD = "PYTEST_XDIST_WORKER" in os.environ
ON_POSTGRES = os.environ.get("GUIJU_TEST_DATABASE", "sqlite") == "postgres"
STRICT = os.environ.get("CI") == "1"

_held = ExitStack()


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_load_initial_conftests() -> Generator[None]:
    """Before pytest-django loads the settings, which read the environment."""
    if not IS_CHILD:
        _prepare_environment()
    yield


def _prepare_environment() -> None:
    folder = tempfile.mkdtemp(prefix="guiju-tests-")
    _held.callback(shutil.rmtree, folder, ignore_errors=True)
    for name in [name for name in os.environ if name.startswith(("PG", "DATABASE_URL", "MIGRATE_DATABASE_URL"))]:
        del os.environ[name]
    os.environ["DATA"] = folder
    (Path(folder) / "static").mkdir()  # what serves static files says at each start that it is missing
    if ON_POSTGRES:
        databases = _held.enter_context(PrivatePostgres(durable=False))
        databases.create("guiju")
        os.environ.update(databases.environment("guiju"))


@pytest.hookimpl(trylast=True)
def pytest_configure(config: pytest.Config) -> None:
    if not IS_CHILD:
        config.add_cleanup(_held.close)
    _choose_examples()
    if config.pluginmanager.has_plugin("django"):
        _place_database()


def _place_database() -> None:
    from django.conf import settings
    from django.db import connections

    # Real servers collect their static files and hash passwords slowly; inside the tests' own process neither is the point.
    settings.STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    name = "test_guiju" if ON_POSTGRES else str(Path(os.environ["DATA"]) / "test.sqlite3")
    connections["default"].settings_dict["TEST"]["NAME"] = name
    _lift_append_only_at_flush()


def _lift_append_only_at_flush() -> None:
    """Let transactional tests empty the database: the triggers that keep the trail refuse even that.

    This is the one place where they are lifted. The product has no such way around.
    """
    from django.test import TransactionTestCase

    flush = TransactionTestCase._fixture_teardown

    def flush_without_triggers(self: TransactionTestCase) -> None:
        with _append_only_lifted():
            flush(self)

    TransactionTestCase._fixture_teardown = flush_without_triggers


@contextmanager
def _append_only_lifted() -> Generator[None]:
    from django.db import connection

    from guiju.spine.trail import triggers

    if ON_POSTGRES:
        with connection.cursor() as cursor:
            cursor.execute("SET session_replication_role = replica")
        yield
        with connection.cursor() as cursor:
            cursor.execute("SET session_replication_role = origin")
    else:
        with connection.cursor() as cursor:
            for name in triggers.statements(connection.vendor):
                cursor.execute(f'DROP TRIGGER IF EXISTS "{name}"')
        yield
        triggers.install()


def _choose_examples() -> None:
    """The same few examples at each run; with GUIJU_FUZZ=N (`make fuzz`) the same N."""
    slow = [HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
    many = int(os.environ.get("GUIJU_FUZZ", "0")) or 60
    hypothesis_settings.register_profile("tests", max_examples=many, deadline=None, derandomize=True, suppress_health_check=slow)
    hypothesis_settings.load_profile("tests")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if getattr(getattr(item, "function", None), "is_hypothesis_test", False):
            item.add_marker(pytest.mark.fuzz)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    _refuse_skip(report)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    report = yield
    _refuse_skip(report)
    return report


def _refuse_skip(report: pytest.TestReport | pytest.CollectReport) -> None:
    if STRICT and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"skipped, which counts as a failure here: {report.longrepr}"
