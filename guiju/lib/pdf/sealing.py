"""A PDF under the signature of the installation."""

import tempfile
from pathlib import Path

from guiju.lib.pdf.children import asked


def sealed(made: bytes, *, key: Path, certificates: Path, reason: str) -> bytes:
    """The same PDF, signed. Raises Unreadable when key and certificate do not serve."""
    with tempfile.TemporaryDirectory(prefix="guiju-print-") as name:
        source, target = Path(name) / "source.pdf", Path(name) / "target.pdf"
        source.write_bytes(made)
        places = {"source": source, "target": target, "key": key.absolute(), "certificates": certificates.absolute()}
        asked("seals", {"task": "sealed", "reason": reason} | {part: str(path) for part, path in places.items()})
        return target.read_bytes()
