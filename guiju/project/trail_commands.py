"""`guiju trail` and `guiju key`: what is printed goes to stdout, what is said to stderr."""

import argparse
import json
from collections.abc import Callable
from pathlib import Path
from uuid import UUID

from guiju.lib import heads
from guiju.organizations import verifying
from guiju.organizations.models import Organization
from guiju.project.saying import say
from guiju.spine.acts import INSTALLATION, SYSTEM, NotFound, Refused, act
from guiju.spine.trail import keys, proofs, signing, stamps
from guiju.spine.trail.witness import Given

NONE_YET = "No head has been signed yet. The worker signs each hour; `guiju trail sign` does it now."


def run_trail(options: argparse.Namespace) -> int:
    known: dict[str, Callable[[argparse.Namespace], int]] = {
        "verify": verify,
        "sign": sign,
        "head": head,
        "proof": proof,
        "growth": growth,
    }
    return known[options.verb](options)


def run_key(options: argparse.Namespace) -> int:
    return {"show": show_key, "rotate": rotate_key}[options.verb](options)


def verify(options: argparse.Namespace) -> int:
    """Findings on stdout, one a line; the sum on stderr, and kept. Status 1 when there is any."""
    texts = tuple(line for name in options.head for line in _lines(name))
    given = Given(texts, options.key)
    kept = verifying.verify_and_tell(chain_only=options.chain_only, given=given, found=lambda finding: print(finding, flush=True))
    count = kept.findings
    if count:
        say(f"guiju: {count} finding{'s' if count > 1 else ''}: something is not as the trail says.")
        return 1
    say("The chain is whole." if options.chain_only else "The trail is whole, and everything it speaks of is as it says.")
    return 0


def _lines(name: str) -> list[str]:
    return [line for line in Path(name).read_text(encoding="utf-8").splitlines() if line.strip()]


def sign(options: argparse.Namespace) -> int:
    with act(None, SYSTEM, "command line"):
        try:
            made = signing.sign_heads()
        except signing.NotSigned as fault:
            say(f"guiju: not signed: {fault}")
            return 1
    say(f"{len(made)} signed." if made else "Nothing has been written since the last heads were signed.")
    return 0


def head(options: argparse.Namespace) -> int:
    """The last signed heads: as they were signed, or in words."""
    slugs = {one.pk: one.slug for one in Organization.everywhere.all()} | {INSTALLATION: "installation"}
    chains = [_chain(options.organization)] if options.organization else sorted(slugs)
    found = [(slugs[chain], one) for chain in chains if (one := signing.last(chain))]
    if not found:
        raise NotFound(NONE_YET)
    for name, one in found:
        print(one.text if options.json else _in_words(name, one.text, stamps.last_of(one.chain)))
    return 0


def _in_words(name: str, text: str, stamp: stamps.Stamp | None) -> str:
    said = heads.opened(text, heads.HEAD)
    lines = [
        f"{name}: {said.size} entries on {said.statement['at']}",
        f"  chain  {said.statement['chain']}",
        f"  root   {said.statement['root']}",
        f"  digest {said.statement['digest']}",
        *(f"  key    {heads.grouped(heads.fingerprint(key))}" for key in sorted(said.keys)),
        *([f"  stamp  {stamp.at.isoformat()} by {stamp.authority}, for {stamp.head.size} entries"] if stamp else []),
    ]
    return "\n".join(lines)


def proof(options: argparse.Namespace) -> int:
    """One JSON object a line."""
    chain = _chain(options.organization)
    for sequence in options.entry:
        print(json.dumps(proofs.of_entry(chain, sequence).as_json(), ensure_ascii=False))
    return 0


def growth(options: argparse.Namespace) -> int:
    try:
        (text,) = _lines(options.head)
        earlier = heads.opened(text, heads.HEAD)
    except ValueError as fault:
        raise Refused("%(file)s holds no signed head: %(why)s", {"file": options.head, "why": fault}) from None
    later = signing.last(UUID(earlier.statement["chain"]))
    if later is None or later.size < earlier.size:
        raise NotFound("No head that is signed here is later than the one in %(file)s.", {"file": options.head})
    path = proofs.of_growth(later.chain, earlier.size, later.size)
    print(json.dumps({"earlier": text, "later": later.text, "path": path}, ensure_ascii=False))
    return 0


def _chain(slug: str) -> UUID:
    if not slug:
        return INSTALLATION
    organization = Organization.everywhere.filter(slug=slug).first()
    if organization is None:
        raise NotFound("There is no organization %(slug)s here.", {"slug": slug})
    return organization.pk


def show_key(options: argparse.Namespace) -> int:
    """The fingerprint alone on the first line, the keys before it after it."""
    rows = keys.known()
    if not rows:
        raise NotFound("There is no key yet: it is made when the heads are first signed.")
    for row in reversed(rows):
        print(f"{heads.grouped(heads.fingerprint(row.public))}  since {row.at.isoformat(timespec='seconds')}")
    if keys.own() != rows[-1].public:
        say("guiju: the key on this machine is not the first of these.")
        return 1
    return 0


def rotate_key(options: argparse.Namespace) -> int:
    """Change keys, and sign all heads with the new one."""
    before = keys.fingerprint()
    row = keys.rotate()
    say(f"Before: {before}")
    print(heads.grouped(heads.fingerprint(row.public)))
    say("Give the new key to every machine of this installation, and tell those who know the old fingerprint.")
    return sign(options)
