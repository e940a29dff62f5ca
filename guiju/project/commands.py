"""What each command does; each answers its exit status."""

import argparse
import json
import os
import sys
from collections.abc import Callable
from getpass import getpass
from pathlib import Path
from zoneinfo import ZoneInfo

from django.db import DatabaseError
from django.utils import timezone

from guiju.modules.folders import services as folders
from guiju.organizations import services as people
from guiju.organizations import tokens
from guiju.organizations.letters import bounces
from guiju.organizations.members import Member, member
from guiju.organizations.models import Organization, Person
from guiju.project import demo, new_module, processes, schema, trail_commands
from guiju.project.backups import commands as backups
from guiju.project.leaving import commands as leaving
from guiju.project.saying import say
from guiju.spine.acts import NotFound, NotPermitted, act
from guiju.spine.jobs.worker import Work
from guiju.spine.registers.declaration import registers
from guiju.spine.search import services as search


def run(options: argparse.Namespace) -> int:
    known: dict[str, Callable[[argparse.Namespace], int]] = {
        "demo": run_demo,
        "up": run_up,
        "web": run_web,
        "worker": run_worker,
        "migrate": run_migrate,
        "trail": trail_commands.run_trail,
        "key": trail_commands.run_key,
        "import-documents": import_documents,
        "token": make_token,
        "bounce": bounce,
        "found": found,
        "reindex": reindex,
        "export": leaving.run_export,
        "restore": leaving.run_restore,
        "invite": leaving.run_invite,
        "backup": backups.run_backup,
        "restore-backup": backups.run_restore,
        "new": lambda o: new_module.write(o.name, say),
    }
    schema.refuse_newer()
    return known[options.command](options)


def run_demo(options: argparse.Namespace) -> int:
    processes.prepare(say)
    demo.make(say)
    if options.prepare:
        return 0
    demo.greet(options.port, say)
    return processes.up("127.0.0.1", options.port, workers=options.workers, demo=True)


def run_up(options: argparse.Namespace) -> int:
    processes.prepare(say)
    if demo.is_demo():
        say("guiju: this database is a demonstration, where people sign in without a password. Give `up` another.")
        return 1
    return processes.up(options.host, options.port, workers=options.workers)


def run_web(options: argparse.Namespace) -> int:
    return processes.web(options.host, options.port, options.workers)


def run_worker(options: argparse.Namespace) -> int:
    processes.die_with_parent()
    Work(options.queue).run()
    return 0


def run_migrate(options: argparse.Namespace) -> int:
    processes.prepare(say)
    if options.grant:
        processes.grant(options.grant)
    return 0


def acting(options: argparse.Namespace) -> tuple[Organization, Member]:
    """Who acts, from --organization and --as. NotFound or NotPermitted with a sentence."""
    organization = Organization.everywhere.filter(slug=options.organization).first()
    if organization is None:
        raise NotFound("There is no organization %(slug)s here.", {"slug": options.organization})
    person = Person.everywhere.filter(username=options.person).first()
    if person is None:
        raise NotFound("There is no person %(name)s here.", {"name": options.person})
    found_member = member(organization, person, timezone.now().astimezone(ZoneInfo(organization.time_zone)).date())
    if found_member is None:
        raise NotPermitted("%(name)s is no member of %(slug)s.", {"name": options.person, "slug": options.organization})
    return organization, found_member


def import_documents(options: argparse.Namespace) -> int:
    organization, who = acting(options)
    with act(organization, who, f"import of the folder {Path(options.folder).name}"):
        report = folders.bring_in(Path(options.folder), dry_run=options.dry_run, say=lambda text: say(text))
    if options.json:
        print(json.dumps(report.as_json(), ensure_ascii=False, indent=2))
    else:
        for line in report.lines():
            print(line)
    say(report.summary())
    return 0 if report.complete else 1


def make_token(options: argparse.Namespace) -> int:
    organization, who = acting(options)
    with act(organization, who, "command line"):
        _, secret = tokens.issue(who.person, options.name, ["*"])
    say(f"A token of {who.person.name} for {organization.name}, with this person's rights. It is shown this once:")
    print(secret)
    return 0


def found(options: argparse.Namespace) -> int:
    password = getpass("Password of the first person: ") if sys.stdin.isatty() else sys.stdin.readline().rstrip("\n")
    people.found_with_administrator(options.slug, options.name, options.person, options.person_name, password)
    say(f"{options.name} is made; {options.person} administers it.")
    return 0


def bounce(options: argparse.Namespace) -> int:
    """Take a mail that came back. Also what is ignored is taken: refused, it would be bounced in its turn."""
    mail = sys.stdin.buffer.read()
    try:
        person = bounces.take(mail)
    except DatabaseError as error:
        say(f"guiju: {type(error).__name__}; the mail server may try again.")
        return os.EX_TEMPFAIL
    if person is None:
        say("This says of no letter of ours that it cannot be delivered for good; it is ignored.")
    else:
        say(f"No more letters go to {person.username} until the address is confirmed or changed.")
    return 0


def reindex(options: argparse.Namespace) -> int:
    differences = 0
    for organization in Organization.everywhere.all():
        with act(organization):
            kinds = {register.kind: register.model for register in registers()}
            if options.check:
                for difference in search.differences(kinds):
                    differences += 1
                    print(f"{organization.slug}: {difference}")
            else:
                for model in kinds.values():
                    for record in model.objects.iterator(chunk_size=500):
                        search.index(record)
    return 1 if differences else 0
