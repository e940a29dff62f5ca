"""`guiju`: every command. Messages for people go to stderr; the exit status is 0 only on success."""

import argparse
import os
import sys
from collections.abc import Callable
from pathlib import Path

from guiju.project import environment
from guiju.project.environment import Nonsense

Run = Callable[[argparse.Namespace], int]

# What begins an installation, or needs none; every other command works on one that is there.
BEGINNING = ("demo", "up", "web", "worker", "migrate", "found", "new", "restore", "restore-backup")


def main(arguments: list[str] | None = None) -> None:
    """The entry point. The environment is set before Django is loaded, since the settings read it."""
    options = parser().parse_args(arguments)
    if options.data:
        os.environ["DATA"] = str(Path(options.data).resolve())
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "guiju.project.settings")
    sys.exit(_run(options))


def _run(options: argparse.Namespace) -> int:
    try:
        if options.command == "demo":  # before the settings are read
            os.environ["DEMO"] = "1"
            os.environ.setdefault("BASE_URL", f"http://localhost:{options.port}")
        _refuse_nowhere(options.command)
        import django

        django.setup()
        from guiju.project import commands

        return commands.run(options)
    except KeyboardInterrupt:
        return 130
    except Exception as error:
        from django.db import DatabaseError

        from guiju.spine.acts import Refused

        if isinstance(error, DatabaseError):
            print(f"guiju: the database does not answer as it should: {error}".strip(), file=sys.stderr)
        elif isinstance(error, Refused | Nonsense | OSError):
            print(f"guiju: {error}", file=sys.stderr)
        else:
            raise
        return 1


def _refuse_nowhere(command: str) -> None:
    """FileNotFoundError where a command needs the embedded installation and its folder has none; nothing is made there.

    Asked before the settings are read: reading them makes the folder and its secret key.
    """
    if command in BEGINNING:
        return
    data = Path(environment.text("DATA", "./data")).resolve()
    database = environment.database(environment.text("DATABASE_URL"), data)
    if database["ENGINE"].endswith("sqlite3") and not Path(database["NAME"]).exists():
        raise FileNotFoundError(f"there is no installation in {data}; name its folder with --data, or start one with `guiju up`")


def parser() -> argparse.ArgumentParser:
    """All commands with their options; docs/commands.md is made from it."""
    shared = argparse.ArgumentParser(add_help=False)
    shared.add_argument("--data", metavar="DIR", help="folder of the embedded database and the files (default ./data, or DATA)")
    top = argparse.ArgumentParser(prog="guiju", description="An open quality management system.")
    commands = top.add_subparsers(dest="command", required=True, metavar="COMMAND")

    def command(name: str, text: str) -> argparse.ArgumentParser:
        return commands.add_parser(name, help=text, description=text, parents=[shared])

    demo = command("demo", "Start the product with a sample organization, for this machine alone.")
    demo.add_argument("--port", type=int, default=8000)
    demo.add_argument("--prepare", action="store_true", help="make the sample organization and stop")
    up = command("up", "Start web and worker, and keep them running.")
    web = command("web", "Start the web server alone.")
    for server in (up, web):
        server.add_argument("--host", default="0.0.0.0", help="address to listen on (default all)")
        server.add_argument("--port", type=int, default=8000)
    for server in (demo, up, web):
        server.add_argument("--workers", type=int, default=2, help="web processes (default 2)")
    worker = command("worker", "Do what was asked for later, and scheduled work.")
    worker.add_argument("--queue", action="append", default=[], help="only this queue; may be given several times")
    migrate = command("migrate", "Bring the database to this release.")
    migrate.add_argument("--grant", metavar="ROLE", default="", help="let this PostgreSQL role do the work (two roles)")
    _trail(command("trail", "Work with the audit trail."), shared)
    _key(command("key", "The key with which the heads of the audit trail are signed."), shared)
    folder = command("import-documents", "Bring in a folder of documents.")
    folder.add_argument("folder", metavar="FOLDER")
    _acting(folder)
    folder.add_argument("--dry-run", action="store_true", help="say what would happen and write nothing")
    folder.add_argument("--json", action="store_true", help="print the result as JSON")
    token = command("token", "Make an API token and print it on the last line.")
    _acting(token)
    token.add_argument("--name", default="command line", help="what the token is for")
    found = command("found", "Make an organization and its first person, who administers it.")
    for name, text in (
        ("slug", "short name in addresses"),
        ("name", "the organization's name"),
        ("person", "user name"),
        ("person-name", "the person's name"),
    ):
        found.add_argument(f"--{name}", required=True, help=text)
    command("bounce", "Read from standard input what a mail server says of a letter that came back (RFC 3464).")
    _leaving(command)
    _backups(command)
    reindex = command("reindex", "Make the search index again.")
    reindex.add_argument("--check", action="store_true", help="only name what differs")
    new = command("new", "Write the files of a new module.")
    new.add_argument("name", metavar="MODULE")
    return top


def _leaving(command: Callable[[str, str], argparse.ArgumentParser]) -> None:
    export = command("export", "Write an organization into a folder: records, files, trail, proofs, and what verifies them.")
    export.add_argument("folder", metavar="DIR", help="a new folder, or an empty one")
    export.add_argument("--organization", required=True, metavar="SLUG")
    export.add_argument(
        "--hide",
        action="append",
        default=[],
        metavar="KIND.FIELD",
        help="leave values out, as documents.revision.text or records.comment.*; the proof still holds. The same words may"
        " stand in other fields: what was signed, in signatures.signature.view",
    )
    restore = command("restore", "Bring an exported organization in, also beside others; all of it or nothing.")
    restore.add_argument("folder", metavar="DIR")
    restore.add_argument("--key", metavar="FINGERPRINT", default="", help="the key's fingerprint as you know it from elsewhere")
    restore.add_argument("--head", metavar="FILE", action="append", default=[], help="signed heads that were sent away")
    invite = command("invite", "Print the address at which a member without a password chooses one.")
    invite.add_argument("--organization", required=True, metavar="SLUG")
    invite.add_argument("--person", required=True, metavar="PERSON", help="user name")


def _backups(command: Callable[[str, str], argparse.ArgumentParser]) -> None:
    backup = command("backup", "Copy the whole installation, while it runs, into a new folder; prints its name.")
    backup.add_argument("folder", metavar="DIR", nargs="?", default="", help="where (default BACKUP_PATH, or `backups` in DATA)")
    backup.add_argument("--with-key", action="store_true", help="with the signing key and what else is secret")
    restore = command("restore-backup", "Bring a backup back into an empty installation, and verify the trail whole.")
    restore.add_argument("folder", metavar="BACKUP", help="the folder that `guiju backup` has printed")
    restore.add_argument("--check", action="store_true", help="only read it through and say whether it is whole")
    restore.add_argument("--older", action="store_true", help="though more was signed since: put the file that says so aside")
    restore.add_argument("--key", metavar="FINGERPRINT", default="", help="the key's fingerprint as you know it from elsewhere")
    restore.add_argument("--head", metavar="FILE", action="append", default=[], help="signed heads that were sent away")


def _trail(command: argparse.ArgumentParser, shared: argparse.ArgumentParser) -> None:
    verbs = command.add_subparsers(dest="verb", required=True, metavar="VERB")

    def verb(name: str, text: str) -> argparse.ArgumentParser:
        return verbs.add_parser(name, help=text, description=text, parents=[shared])

    verify = verb("verify", "compare the chain, and all it speaks of, with the database and with what was signed")
    verify.add_argument("--chain-only", action="store_true", help="walk the chain alone, which is quick")
    verify.add_argument("--key", metavar="FINGERPRINT", default="", help="the key's fingerprint as you know it from elsewhere")
    verify.add_argument("--head", metavar="FILE", action="append", default=[], help="signed heads that were sent away")
    verb("sign", "sign the heads of all chains now; the worker does it each hour")
    head = verb("head", "print the last signed head of each chain, to be sent away")
    head.add_argument("--organization", metavar="SLUG", default="", help="of this organization alone")
    head.add_argument("--json", action="store_true", help="as it was signed, a line for each; `verify --head` reads it")
    proof = verb("proof", "print the proof that entries are under the last signed head, as JSON (RFC 6962)")
    proof.add_argument("entry", metavar="ENTRY", type=int, nargs="+", help="its sequence, as the history's API says it")
    proof.add_argument("--organization", metavar="SLUG", default="", help="whose chain (default the installation's)")
    growth = verb("growth", "print the proof that the last signed head goes on from an earlier one, as JSON (RFC 6962)")
    growth.add_argument("head", metavar="FILE", help="the earlier signed head, one line")


def _key(command: argparse.ArgumentParser, shared: argparse.ArgumentParser) -> None:
    verbs = command.add_subparsers(dest="verb", required=True, metavar="VERB")
    for name, text in (
        ("show", "print the fingerprint, and those of the keys before"),
        ("rotate", "sign with a new key from now on; the old and the new one sign the change"),
    ):
        verbs.add_parser(name, help=text, description=text, parents=[shared])


def _acting(command: argparse.ArgumentParser) -> None:
    command.add_argument("--organization", required=True, metavar="SLUG")
    command.add_argument("--as", dest="person", required=True, metavar="PERSON", help="user name of who acts")


if __name__ == "__main__":
    main()
