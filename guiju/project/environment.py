"""Reading settings from the environment, loud on nonsense."""

import contextlib
import os
import secrets
import tempfile
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit


class Nonsense(ValueError):
    """A setting whose value cannot be meant."""


def text(name: str, default: str = "") -> str:
    """The variable, or the content of the file that NAME_FILE names."""
    if path := os.environ.get(f"{name}_FILE"):
        return Path(path).read_text(encoding="utf-8").strip()
    return os.environ.get(name, default)


def truth(name: str, default: bool) -> bool:
    value = text(name).lower()
    if value in ("1", "true", "yes", "on"):
        return True
    if value in ("0", "false", "no", "off"):
        return False
    if value:
        raise Nonsense(f"{name} is {value!r}; it takes yes or no.")
    return default


def number(name: str, default: int) -> int:
    value = text(name)
    try:
        return int(value) if value else default
    except ValueError:
        raise Nonsense(f"{name} is {value!r}; it takes a whole number.") from None


def names(name: str, default: str = "") -> list[str]:
    return [part.strip() for part in text(name, default).split(",") if part.strip()]


def secret_key(data: Path) -> str:
    """SECRET_KEY, or the one made on first start and kept beside the data, readable by its owner alone."""
    if given := text("SECRET_KEY"):
        return given
    path = data / "secret-key"
    if not path.exists():
        # Written whole before it has its name, so that two processes that start together read the same key.
        handle, made = tempfile.mkstemp(dir=data)
        with os.fdopen(handle, "w") as file:
            file.write(secrets.token_urlsafe(50))
        with contextlib.suppress(FileExistsError):
            os.link(made, path)
        os.unlink(made)
    return path.read_text(encoding="utf-8")


SQLITE_PRAGMAS = (
    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA recursive_triggers=ON;"
    " PRAGMA cache_size=-64000; PRAGMA mmap_size=268435456; PRAGMA temp_store=MEMORY;"
)


def database(url: str, data: Path) -> dict[str, Any]:
    """Django's database setting from DATABASE_URL; without one the embedded SQLite file in `data`.

    SQLite: WAL and FULL, since a signature must survive power loss; IMMEDIATE, since a deferred transaction that
    becomes a writer fails instead of waiting; recursive_triggers, since INSERT OR REPLACE would else walk past
    the triggers that keep the trail append-only.
    """
    parts = urlsplit(url or f"sqlite:///{data / 'guiju.sqlite3'}")
    if parts.scheme in ("postgres", "postgresql"):
        options: dict[str, Any] = dict(parse_qsl(parts.query))
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(parts.path.lstrip("/")),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": options.pop("host", unquote(parts.hostname or "")),
            "PORT": str(parts.port or ""),
            "CONN_MAX_AGE": None,
            "CONN_HEALTH_CHECKS": True,
            "OPTIONS": options,
        }
    if parts.scheme != "sqlite":
        raise Nonsense(f"DATABASE_URL begins with {parts.scheme!r}; it takes sqlite or postgresql.")
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": unquote(parts.path[1:]) if parts.path.startswith("//") else unquote(parts.path),
        "CONN_MAX_AGE": None,
        "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 20, "init_command": SQLITE_PRAGMAS},
    }
