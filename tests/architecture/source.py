"""The project's own source, read once for the tests that judge it."""

from __future__ import annotations

import ast
import functools
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
OURS = ("guiju", "tests", "scripts", "bench", "survive", "fuzz", "mutation", "looks")
NOT_OURS = {"bench/bare.py"}


@dataclass(frozen=True)
class Source:
    path: str
    text: str

    @functools.cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.text, self.path)

    @property
    def is_test(self) -> bool:
        return "tests" in self.path.split("/") or self.path.endswith("/conftest.py")

    @property
    def is_migration(self) -> bool:
        return "/migrations/" in self.path


@functools.cache
def sources() -> tuple[Source, ...]:
    """Every Python file of ours."""
    paths = (path for folder in OURS for path in sorted((ROOT / folder).rglob("*.py")))
    named = ((path.relative_to(ROOT).as_posix(), path) for path in paths)
    return tuple(Source(name, path.read_text(encoding="utf-8")) for name, path in named if name not in NOT_OURS)


def of_product() -> Iterator[Source]:
    """What is installed: the package without its tests."""
    return (source for source in sources() if source.path.startswith("guiju/") and not source.is_test)


Function = ast.FunctionDef | ast.AsyncFunctionDef


def functions(source: Source) -> Iterator[Function]:
    return (node for node in ast.walk(source.tree) if isinstance(node, Function))


def place(source: Source, node: ast.AST) -> str:
    return f"{source.path}:{node.lineno}"  # type: ignore[attr-defined]
