"""Compare the API's schema with docs/openapi.json, so that a change of the API is a visible decision.

check_schema.py          exit status 1 and the first differences when they differ
check_schema.py --write  write the file
"""

from __future__ import annotations

import difflib
import json
import os
import sys
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "guiju.project.settings")

import django

django.setup()

from django.utils import translation  # noqa: E402

from guiju.project.api import api  # noqa: E402

COMMITTED = Path(__file__).resolve().parent.parent / "docs" / "openapi.json"


def schema() -> str:
    # The same words whatever the language of the one who runs this.
    with translation.override("en"):
        described = api.get_openapi_schema(path_prefix="/api/v1/")
        return json.dumps(described, indent=1, sort_keys=True, ensure_ascii=False, default=str) + "\n"


def main() -> int:
    now = schema()
    if "--write" in sys.argv:
        COMMITTED.write_text(now, encoding="utf-8")
        return 0
    kept = COMMITTED.read_text(encoding="utf-8") if COMMITTED.exists() else ""
    if kept == now:
        return 0
    difference = list(difflib.unified_diff(kept.splitlines(), now.splitlines(), "docs/openapi.json", "the code", lineterm=""))
    print("\n".join(difference[:60]), file=sys.stderr)
    print("The API has changed. If that is wanted: .venv/bin/python scripts/check_schema.py --write", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
