"""Write the generated pages of docs/, or with --check say which of them is not what the code says."""

import os
import re
import sys
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DATA", tempfile.mkdtemp(prefix="guiju-docs-"))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "guiju.project.settings")

import django  # noqa: E402

django.setup()

from django.apps import apps  # noqa: E402
from django.utils import translation  # noqa: E402

from guiju.organizations.roles import DEFAULTS  # noqa: E402
from guiju.project.cli import parser  # noqa: E402
from guiju.spine.registers.declaration import registers  # noqa: E402
from guiju.spine.trail.states import kind_of  # noqa: E402
from guiju.spine.trail.verify import trailed_models  # noqa: E402
from scripts import promises  # noqa: E402

HEAD = "<!-- Written by scripts/docs.py from the code; change the code. -->\n\n"


def settings_page() -> str:
    """A row for each variable that the settings read."""
    source = (ROOT / "guiju/project/settings.py").read_text(encoding="utf-8")
    source += (ROOT / "guiju/project/environment.py").read_text(encoding="utf-8")
    found = re.findall(r'(?:env\.)?(text|truth|number|names)\("([A-Z_]+)"(?:, ([^)]*))?\)', source)
    rows = [
        f"| `{name}` | {TAKES[kind]} | {default and f'`{default.strip(chr(34))}`'} | {MEANING[name]} |"
        for kind, name, default in found
    ]
    table = "| variable | takes | default | what it does |\n| --- | --- | --- | --- |\n" + "\n".join(dict.fromkeys(rows))
    note = "All from the environment; the defaults run. `NAME_FILE` names a file with the value instead."
    return f"# Settings\n\n{HEAD}{note}\n\n{table}\n"


TAKES = {"text": "text", "truth": "yes or no", "number": "a whole number", "names": "names"}
MEANING = {
    "DATA": "Folder of the embedded database, the files and the keys.",
    "DEMO": "A demonstration: people sign in by a click. Set by `guiju demo`; never set it on a network.",
    "SECRET_KEY": "Signs web sessions. Made on first start, in `DATA`.",
    "SIGNING_KEY_PATH": "The key that signs the heads of the trail (Ed25519, PEM). "
    "Empty: `keys/signing-key.pem` in `DATA`, made once. On several machines give each the same one.",
    "LAST_HEADS_PATH": "Where the last signed heads are kept. Empty: `last-heads.json` beside the key; "
    "needed when that folder cannot be written.",
    "TSA_URL": "A time-stamping authority (RFC 3161) that stamps signed heads. Empty: none is asked.",
    "TSA_CA_PATH": "The certificates (PEM) of the authority's root, against which its stamps are checked.",
    "BACKUP_PATH": "Folder for a backup each day, made by the worker, best on another disk; and for those before an upgrade. "
    "Empty: none is made each day, and those before an upgrade go to `backups` in `DATA`.",
    "BACKUP_KEEP": "How many of the daily backups, and of those before an upgrade, are kept. What was asked for by hand stays.",
    "BACKUP_BEFORE_UPGRADE": "Whether a backup is made before the database is brought to a later release.",
    "BASE_URL": "The address under which people reach it; https makes cookies secure.",
    "ALLOWED_HOSTS": "Further host names it answers to, separated by commas.",
    "TRUSTED_PROXIES": "Addresses of proxies whose X-Forwarded-For and X-Forwarded-Proto are believed.",
    "MAX_UPLOAD_MB": "The largest file that is taken.",
    "DATABASE_URL": "postgresql://user:password@host/name, or sqlite:///path. Empty: SQLite in `DATA`.",
    "MIGRATE_DATABASE_URL": "PostgreSQL with the owner's role, for migrations only; "
    "the role of `DATABASE_URL` then cannot touch triggers.",
    "IDLE_MINUTES": "Without a request for so long a person is signed off.",
    "SESSION_HOURS": "After so many hours a person signs in again, however busy.",
    "HSTS_SECONDS": "Strict-Transport-Security, in seconds, where `BASE_URL` is https; 0 leaves it away.",
    "STATIC_ROOT": "Where static files are collected. Empty: in `DATA`.",
    "SEAL_KEY_PATH": "A file with the key (PEM, without a password) with which prints are signed. Empty: made once, in `DATA`.",
    "SEAL_CERTIFICATE_PATH": "The file with its certificate and those above it (PEM); needed with `SEAL_KEY_PATH`.",
    "EMAIL_URL": "smtp://user:password@host:port, smtp+tls://… or smtps://…. Empty: mails are written to the log.",
    "EMAIL_FROM": "The sender of mails.",
    "EMAIL_BOUNCES_TO": "The address at which letters with notices come back; see [letters.md](letters.md). Empty: `EMAIL_FROM`.",
    "URGENT_LETTERS_PER_HOUR": "Letters with urgent notices to one person in an hour; further ones wait for the day's letter.",
    "LOG_LEVEL": "DEBUG, INFO, WARNING, ERROR.",
}


def commands_page() -> str:
    parts = [f"# Commands\n\n{HEAD.rstrip()}\n"]
    top = parser()
    os.environ["COLUMNS"] = "110"
    choices = next(action for action in top._actions if action.dest == "command").choices
    for name, one in choices.items():  # type: ignore[union-attr]
        parts.append(f"## guiju {name}\n\n```\n{one.format_help().strip()}\n```\n")
    return "\n".join(parts)


def workflows_page() -> str:
    parts = [f"# Workflows\n\n{HEAD.rstrip()}\n"]
    for register in registers():
        parts.append(f"## {register.label} ({register.clause})\n")
        if register.workflow is None:
            parts.append("No steps: a record holds as it is written.\n")
            continue
        parts.append("| state | |\n| --- | --- |")
        for state in register.workflow.states.values():
            note = (
                f"read from `{state.follows[0]}` from `{state.follows[1]}` on"
                if state.follows
                else "final"
                if state.final
                else ""
            )
            parts.append(f"| {state.label} (`{state.name}`) | {note} |")
        parts.append("\n| step | from | to | needs | signed |\n| --- | --- | --- | --- | --- |")
        for t in register.workflow.transitions.values():
            needs = ", ".join(need.__name__.replace("_", " ") for need in t.needs) + (", a reason" if t.asks_reason else "")
            needs += ", no door: part of another record's step" if t.inner else ""
            ways = f"{', '.join(t.sources)} | {' or '.join(t.targets)}"
            parts.append(f"| {t.label} (`{t.name}`) | {ways} | {needs.strip(', ')} | {t.meaning} |")
        parts.append("")
    parts.append("## Rights\n\n| role | actions |\n| --- | --- |")
    parts += [f"| {role.name} | {', '.join(f'`{a}`' for a in role.actions)} |" for role in DEFAULTS]
    return "\n".join(parts) + "\n"


def tables_page() -> str:
    kept = [f"| `{kind_of(m)}` | version {m.schema_version} |" for m in trailed_models()]  # type: ignore[attr-defined]
    others = [
        f"| `{kind_of(m)}` | {m.not_on_trail_because} |"
        for m in sorted(apps.get_models(), key=kind_of)
        if hasattr(m, "not_on_trail_because")
    ]
    return (
        f"# What is evidence\n\n{HEAD}Rows of these are on the trail, and `guiju trail verify` compares each with it:\n\n"
        "| kind | schema |\n| --- | --- |\n" + "\n".join(kept) + "\n\nThese are not, each for its reason:\n\n"
        "| kind | why not |\n| --- | --- |\n" + "\n".join(others) + "\n"
    )


PAGES: dict[str, Callable[[], str]] = {
    "settings.md": settings_page,
    "commands.md": commands_page,
    "workflows.md": workflows_page,
    "evidence-tables.md": tables_page,
    **{name: partial(promises.page, path, HEAD) for name, path in promises.tables().items()},
}


def main() -> int:
    stale = []
    with translation.override("en"):
        for name, make in PAGES.items():
            path, text = ROOT / "docs" / name, make()
            if "--check" in sys.argv:
                if not path.exists() or path.read_text(encoding="utf-8") != text:
                    stale.append(name)
            else:
                path.write_text(text, encoding="utf-8")
    if stale:
        print(f"docs/: {', '.join(stale)} is not what the code says. Run scripts/docs.py.", file=sys.stderr)
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main())
