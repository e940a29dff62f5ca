"""`guiju backup` and `guiju restore-backup`: what is printed goes to stdout, what is said to stderr."""

import argparse
from pathlib import Path

from django.conf import settings

from guiju.project import processes
from guiju.project.backups import folder, making, restoring
from guiju.project.saying import say
from guiju.spine.trail import verified
from guiju.spine.trail.witness import Given


def run_backup(options: argparse.Namespace) -> int:
    """The new folder on stdout. Status 1 where files are missing or altered in the installation itself."""
    made = making.make(Path(options.folder) if options.folder else making.place(), with_key=options.with_key)
    making.say_so(made)
    print(made.path)
    say(in_words(made.manifest))
    if options.with_key:
        say("The keys are in it: whoever has it can sign as this installation. Keep it as you keep the keys.")
    else:
        say(f"The keys are not in it. Keep {settings.SIGNING_KEY} in another place.")
    for name, why in made.manifest.faults.items():
        say(f"guiju: {name} is {why} in the installation; `guiju trail verify` says whose it is.")
    return 1 if made.manifest.faults else 0


def in_words(manifest: folder.Manifest) -> str:
    words = f"{manifest.files} files" if manifest.files != 1 else "1 file"
    return f"A backup as of {manifest.at}: {manifest.entries} entries of the trail, {words}, {_megabytes(manifest.size)} MB."


def _megabytes(size: int) -> str:
    return f"{size / (1 << 20):,.1f}"


def run_restore(options: argparse.Namespace) -> int:
    """Findings on stdout. Status 0 only when all is restored and the trail was verified whole, with its key."""
    path = Path(options.folder)
    if options.check:
        say(in_words(folder.check(path)))
        return 0
    restored = restoring.restore(path, older=options.older)
    processes.prepare(say, backup=False)  # the backup may be of an earlier release
    say(in_words(restored.manifest).replace("A backup", "Restored", 1))
    if restored.aside:
        say(f"The heads that were signed later are in {restored.aside}: what came after is lost.")
    for name, why in restored.manifest.faults.items():
        say(f"guiju: {name} was {why} when the backup was made.")
    return _proven(options, restored)


def _proven(options: argparse.Namespace, restored: restoring.Restored) -> int:
    texts = (line for name in options.head for line in Path(name).read_text(encoding="utf-8").splitlines() if line.strip())
    given = Given(tuple(texts), options.key)
    keyless = restoring.missing_key()
    findings = verified.run(given=given, found=lambda finding: print(finding, flush=True)).findings
    restoring.say_so(restored)
    if keyless:
        say(f"guiju: the key of this installation is not here. Put it back from where it is kept, as {settings.SIGNING_KEY},")
        say("  for its owner alone (mode 0600), then `guiju trail verify`. Until then nothing is signed.")
    if findings > keyless:
        say(f"guiju: {findings} finding{'s' if findings > 1 else ''}: something is not as the trail says.")
    elif not keyless:
        say("The trail is whole, and everything it speaks of is as it says.")
    return 1 if findings else 0
