"""Settings come from the environment alone, and nonsense is loud."""

from pathlib import Path

import pytest
from django.test import Client, RequestFactory

from guiju.organizations.middleware import network
from guiju.project import environment


def test_without_a_database_url_it_is_the_embedded_one(tmp_path):
    made = environment.database("", tmp_path)
    assert made["ENGINE"].endswith("sqlite3")
    assert Path(made["NAME"]) == tmp_path / "guiju.sqlite3"
    assert made["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "recursive_triggers=ON"):
        assert pragma in made["OPTIONS"]["init_command"]


def test_a_postgresql_url_keeps_its_connections_open(tmp_path):
    made = environment.database("postgresql://ann:p%40ss@db.example:5433/guiju?sslmode=require", tmp_path)
    assert (made["HOST"], made["PORT"], made["USER"], made["PASSWORD"]) == ("db.example", "5433", "ann", "p@ss")
    assert made["CONN_MAX_AGE"] is None
    assert made["OPTIONS"] == {"sslmode": "require"}


@pytest.mark.parametrize(
    ("name", "read", "value"),
    [
        ("X_NUMBER", environment.number, "ten"),
        ("X_TRUTH", environment.truth, "perhaps"),
    ],
)
def test_nonsense_is_refused_with_the_name_of_the_setting(monkeypatch, name, read, value):
    monkeypatch.setenv(name, value)
    with pytest.raises(environment.Nonsense, match=name):
        read(name, 1)


def test_an_unknown_kind_of_database_is_refused(tmp_path):
    with pytest.raises(environment.Nonsense, match="DATABASE_URL"):
        environment.database("mysql://x/y", tmp_path)


def test_a_value_can_stand_in_a_file(monkeypatch, tmp_path):
    (tmp_path / "secret").write_text("from a file\n")
    monkeypatch.setenv("X_SECRET_FILE", str(tmp_path / "secret"))
    assert environment.text("X_SECRET") == "from a file"


def test_the_secret_key_is_made_once_and_is_the_owners_alone(monkeypatch, tmp_path):
    monkeypatch.delenv("SECRET_KEY", raising=False)
    first = environment.secret_key(tmp_path)
    assert len(first) > 50 and environment.secret_key(tmp_path) == first
    assert (tmp_path / "secret-key").stat().st_mode & 0o077 == 0


def test_another_host_name_is_refused(db):
    assert Client().get("/account/login/", headers={"host": "elsewhere.example"}).status_code == 400


def test_forwarded_addresses_are_believed_from_named_proxies_only(db, settings):
    seen = []

    def remember(request):
        seen.append((request.META["REMOTE_ADDR"], request.is_secure()))

    ask = network(remember)
    words = {"HTTP_X_FORWARDED_FOR": "203.0.113.9, 10.0.0.2", "HTTP_X_FORWARDED_PROTO": "https", "REMOTE_ADDR": "10.0.0.1"}
    settings.TRUSTED_PROXIES = []
    ask(RequestFactory().get("/", **words))
    settings.TRUSTED_PROXIES = ["10.0.0.1", "10.0.0.2"]
    ask(RequestFactory().get("/", **words))
    assert seen == [("10.0.0.1", False), ("203.0.113.9", True)]


def test_the_policy_allows_no_inline_script_or_style(db):
    policy = Client().get("/account/login/").headers["Content-Security-Policy"]
    assert "script-src 'self'" in policy and "style-src 'self'" in policy and "unsafe" not in policy


def test_healthz_says_that_the_process_lives_and_readyz_what_is_missing(db):
    assert Client().get("/healthz").status_code == 200
    answer = Client().get("/readyz")
    assert answer.status_code == 503
    assert answer.json() == {"ok": False, "database": True, "migrations": True, "worker": False}
