"""The data of a sheet, for the tests."""

from datetime import UTC, datetime
from typing import Any

AT = datetime(2026, 11, 23, 1, 20, tzinfo=UTC)
QR = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 2 2"><path d="M0 0h1v1h-1z"/></svg>'


def cover(**changed: Any) -> dict[str, Any]:
    return {
        "language": "en",
        "title": "Final inspection",
        "author": "Lanzhu",
        "keywords": ["WI-031"],
        "made": {"year": 2026, "month": 11, "day": 23, "hour": 1, "minute": 20, "second": 0},
        "organization": "Lanzhu",
        "kind": "Work instruction",
        "number": "WI-031",
        "revision": "Revision 4",
        "comma": ", ",
        "page": "page {page} of {pages}",
        "following": 0,
        "mark": "",
        "state": "In force",
        "qr": QR,
        "address": "http://localhost/lanzhu/documents/WI-031/",
        "control": "Uncontrolled when printed.",
        "scan": "Scan.",
        "printed": "Printed today, by Wei",
        "fingerprint": "",
        "facts": [["Owner", "Chen Wei"]],
        "seals": [{"characters": "陈玮之印", "solid": True, "name": "Chen Wei", "meaning": "Approved", "when": "today"}],
        "notes": [],
        "revisions": {"title": "Revisions", "columns": ["a", "b"], "widths": [1, 1], "rows": []},
        "blocks": [],
    } | changed
