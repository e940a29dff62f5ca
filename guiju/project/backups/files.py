"""The attached files of a backup: links where that is possible, copies where not, each read and compared with its name."""

import os
import time
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID

from django.utils.translation import gettext_noop as _

from guiju.project.backups.folder import copy_whole, digest_of, make_folder
from guiju.project.backups.moment import File, living
from guiju.spine.acts import Conflict
from guiju.spine.attachments import storage

MISSING, ALTERED = "missing", "altered"
LOOKS, REST = 5, 0.2  # a file that is being looked at for disposal is away for an instant


def called(file: File) -> str:
    organization, digest = file
    return f"files/{organization}/{digest[:2]}/{digest}"


@dataclass
class Taken:
    """Files on their way into a backup; `previous` is one made before, which shares what is equal with it.

    `thorough` reads also what was linked from the installation, which is never written again and has its digest as name.
    """

    folder: Path
    previous: Path | None
    thorough: bool
    sums: dict[str, str] = field(default_factory=dict)
    faults: dict[str, str] = field(default_factory=dict)

    def before(self) -> None:
        """Take what is named now, before the database is copied: what is disposed of from here on is safe already."""
        for file in sorted(living()):
            self._take(file)

    def after(self, needed: set[File]) -> None:
        """Bring it to what the copy of the database names: what came meanwhile is added, what it does not name goes.

        Conflict where a file came and was disposed of in between; the copy has to be made again.
        """
        for file in sorted(needed):
            if called(file) not in self.sums and not self._look(file):
                if file not in living():
                    raise Conflict(_("A file was disposed of while the backup was made. Make it again."))
                self.faults[called(file)] = MISSING
        names = {called(file) for file in needed}
        for name in self.sums.keys() - names:
            (self.folder / name).unlink()
            del self.sums[name]
        self.faults = {name: why for name, why in self.faults.items() if name in names}

    def _look(self, file: File) -> bool:
        for _again in range(LOOKS):
            if self._take(file):
                return True
            time.sleep(REST)
        return False

    def _take(self, file: File) -> bool:
        """Whether the file is in the backup now."""
        organization, digest = file
        name = called(file)
        source, final = storage.place(UUID(organization), digest), self.folder / name
        make_folder(final.parent)
        try:
            found = self._placed(source, final, digest)
        except FileNotFoundError:
            final.unlink(missing_ok=True)
            return False
        self.sums[name] = found
        if found != digest:
            self.faults[name] = ALTERED
        return True

    def _placed(self, source: Path, final: Path, digest: str) -> str:
        """Link or copy it; answers the digest of what lies there now."""
        if _linked(source, final):
            return digest_of(final) if self.thorough else digest
        if self.previous is not None and _linked(self.previous / final.relative_to(self.folder), final):
            if digest_of(final) == digest:
                return digest
            final.unlink()
        return copy_whole(source, final)


def _linked(source: Path, final: Path) -> bool:
    """Whether the file has a second name now; not across disks, and not where the file system knows none."""
    try:
        os.link(source, final)
    except OSError:
        return False
    return True
