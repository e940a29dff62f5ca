"""`guiju export`, `guiju restore`, `guiju invite`: what is printed goes to stdout, what is said to stderr."""

import argparse
from pathlib import Path

from guiju.organizations import invitations
from guiju.organizations.models import Membership, Organization
from guiju.project import processes
from guiju.project.leaving import restoring, writing
from guiju.project.saying import say
from guiju.spine.acts import SYSTEM, NotFound, act
from guiju.spine.trail import keys


def run_export(options: argparse.Namespace) -> int:
    """Write the folder; the digest of its list of files on stdout."""
    organization = _organization(options.organization)
    sums = writing.export(organization, Path(options.folder), hidden=options.hide)
    print(sums)
    say(f"{organization.name} is in {options.folder}. Whoever has it verifies it with:")
    say(f'  python3 {options.folder}/verify.py --key "{keys.fingerprint()}"')
    return 0


def run_restore(options: argparse.Namespace) -> int:
    """Bring an export in, and say what is to be done next."""
    processes.prepare(say)  # it may be the first thing that happens here
    proof = restoring.Proof(options.key, tuple(Path(name) for name in options.head))
    restored = restoring.restore(Path(options.folder), proof=proof)
    slug = restored.organization.slug
    for line in restored.changed:
        say(line)
    whose = (
        "" if restored.proven else " It is whole in itself; whose it is was not proven, since neither --key nor --head was given."
    )
    say(f"{restored.organization.name} is here, as {slug}.{whose}")
    say(f"Nobody can sign in yet: passwords stayed behind. `guiju invite --organization {slug} --person NAME` prints a code.")
    return 0


def run_invite(options: argparse.Namespace) -> int:
    """The address at which a member chooses a password, on stdout."""
    organization = _organization(options.organization)
    with act(organization, SYSTEM, "command line"):
        member = Membership.objects.filter(person__username=options.person).select_related("person").first()
        if member is None:
            raise NotFound("%(name)s is no member of %(slug)s.", {"name": options.person, "slug": organization.slug})
        made, code = invitations.renew(member)
    say(f"{member.person.name} chooses a password here until {made.expires_at:%Y-%m-%d}. It is shown this once:")
    print(invitations.address(code))
    return 0


def _organization(slug: str) -> Organization:
    found = Organization.everywhere.filter(slug=slug).first()
    if found is None:
        raise NotFound("There is no organization %(slug)s here.", {"slug": slug})
    return found
