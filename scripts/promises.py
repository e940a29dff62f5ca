"""Tables of what is promised and which test holds it, from docs/promises/*.toml."""

import re
import tomllib
from collections import Counter
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
BY = {"product": "product", "procedure": "procedure", "both": "product and procedure"}
STATES = {"met": "met", "part": "in part", "not": "**not met**", "proc": "the house", "none": "does not apply"}


def tests() -> set[str]:
    """Every test there is, as "file::name"."""
    found = set()
    for path in [*(ROOT / "guiju").rglob("test_*.py"), *(ROOT / "tests").rglob("test_*.py")]:
        names = re.findall(r"^def (test_\w+)", path.read_text(encoding="utf-8"), re.MULTILINE)
        found |= {f"{path.stem}::{name}" for name in names}
    return found


def tables() -> dict[str, Path]:
    """The pages that are made, by name."""
    return {f"{path.stem}.md": path for path in sorted((ROOT / "docs" / "promises").glob("*.toml"))}


def page(path: Path, head: str) -> str:
    """One page. ValueError for a row that names a test which is not there, or has neither a test nor a word on why."""
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    known = tests()
    rows = [_row(one, known) for one in data["row"]]
    heads = "| | level | asks | | how, or why not | test |" if "how" in data["row"][0] else "| | what | by | test | open |"
    table = f"{heads}\n|{' --- |' * (heads.count('|') - 1)}\n" + "\n".join(rows)
    return f"# {data['title']}\n\n{head}{data['about'].strip()}\n\n{_counted(data['row'])}{table}\n"


def _counted(rows: list[dict[str, Any]]) -> str:
    """How many requirements are met, in part, not; nothing for a table that has no such states."""
    counts = Counter(one["state"] for one in rows if "state" in one)
    said = [f"{name.strip('*')} {counts[key]}" for key, name in STATES.items() if counts[key]]
    return f"Of {counts.total()}: {', '.join(said)}.\n\n" if said else ""


def _row(one: dict[str, Any], known: set[str]) -> str:
    if missing := [name for name in one["tests"] if name not in known]:
        raise ValueError(f"{one['id']}: there is no test {', '.join(missing)}")
    if not one["tests"] and not one.get("open") and not one.get("how"):
        raise ValueError(f"{one['id']}: neither a test nor a word on why there is none")
    named = "<br>".join(f"`{name.partition('::')[2]}`" for name in one["tests"])
    if "how" in one:
        return f"| {one['id']} | {one['level']} | {one['promise']} | {STATES[one['state']]} | {one['how']} | {named} |"
    return f"| {one['id']} | {one['promise']} | {BY[one['by']]} | {named} | {one.get('open', '')} |"
