"""Tables of what is promised and which test holds it, from docs/promises/*.toml."""

import re
import tomllib
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
BY = {"product": "product", "procedure": "procedure", "both": "product and procedure"}


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
    table = "| | what | by | test | open |\n| --- | --- | --- | --- | --- |\n" + "\n".join(rows)
    return f"# {data['title']}\n\n{head}{data['about']}\n\n{table}\n"


def _row(one: dict[str, Any], known: set[str]) -> str:
    if missing := [name for name in one["tests"] if name not in known]:
        raise ValueError(f"{one['id']}: there is no test {', '.join(missing)}")
    if not one["tests"] and not one.get("open"):
        raise ValueError(f"{one['id']}: neither a test nor a word on why there is none")
    named = "<br>".join(f"`{name.partition('::')[2]}`" for name in one["tests"])
    return f"| {one['id']} | {one['promise']} | {BY[one['by']]} | {named} | {one.get('open', '')} |"
