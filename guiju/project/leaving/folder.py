"""The folder of an export while it is written, and what of a payload is shown in it."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

from guiju.lib.canonical import canonical
from guiju.lib.chain import field_salt
from guiju.project.leaving import parts
from guiju.spine.attachments import storage


@dataclass
class Folder:
    """A folder that is being written; it remembers the digest of each file, and what is to be hidden."""

    path: Path
    hidden: frozenset[str] = frozenset()
    sums: dict[str, str] = field(default_factory=dict)

    def write(self, name: str, lines: Iterable[str]) -> int:
        """Write a text file line by line; answers how many. None is held in memory."""
        running, count = sha256(), 0
        with self._new(name) as target:
            for line in lines:
                data = line.encode() + b"\n"
                running.update(data)
                target.write(data)
                count += 1
        self.sums[name] = running.hexdigest()
        return count

    def copy(self, name: str, source: Path) -> None:
        running = sha256()
        with self._new(name) as target:
            for piece in storage.pieces(source):
                running.update(piece)
                target.write(piece)
        self.sums[name] = running.hexdigest()

    def list(self) -> str:
        """Write the list of all files, in the form of sha256sum; answers its digest."""
        names = sorted(self.sums)
        self.write(parts.SUMS, (f"{self.sums[name]}  {name}" for name in names))
        return self.sums.pop(parts.SUMS)

    def _new(self, name: str) -> Any:
        path = self.path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        return path.open("xb")


def redacted(payload: dict[str, Any], kind: str, hidden: frozenset[str]) -> dict[str, Any]:
    """A payload without the values that are hidden: each shown one with the salt of its own, which tells of no other."""
    if payload["values"] is None or not any(name.startswith(f"{kind}.") for name in hidden):
        return payload
    values = json.loads(payload["values"])
    return shown(payload, [name for name in values if f"{kind}.{'@' if name.startswith('@') else name}" not in hidden])


def shown(payload: dict[str, Any], names: Iterable[str]) -> dict[str, Any]:
    """Of a payload these values alone, each with its own salt."""
    values = json.loads(payload["values"])
    names = [name for name in names if name in values]
    salts = {name: field_salt(payload["salt"], name).hex() for name in names}
    return {"holds": payload["holds"], "salts": salts, "values": canonical({name: values[name] for name in names})}
