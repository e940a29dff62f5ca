"""The single faults that can be put into a module: one at a time, and only within functions."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

FLIPPED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
}
COUNTED: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.FloorDiv,
    ast.FloorDiv: ast.Mult,
    ast.LShift: ast.RShift,
    ast.RShift: ast.LShift,
    ast.BitAnd: ast.BitOr,
    ast.BitOr: ast.BitAnd,
}
QUIET = ("log", "logger", "logging")  # what is written into the log is no behaviour that a test holds
Change = Callable[[], None]


@dataclass(frozen=True)
class Mutant:
    """One fault: in which module, the how-manieth there, what it does, and within which functions (outermost first)."""

    path: str
    number: int
    line: int
    what: str
    within: tuple[tuple[str, int], ...]  # (qualified name, first line) of each function

    @property
    def name(self) -> str:
        return f"{self.path}:{self.line} {self.what} #{self.number}"


class _Finder:
    """Walks a module and gives each place with the change that makes a fault of it."""

    def __init__(self, tree: ast.Module) -> None:
        self.found: list[tuple[int, str, Change, tuple[tuple[str, int], ...]]] = []
        self._walk(tree, (), "")

    def _walk(self, node: ast.AST, within: tuple[tuple[str, int], ...], prefix: str) -> None:
        for name, value in ast.iter_fields(node):
            if name in ("decorator_list", "annotation", "returns", "type_comment", "args") and not isinstance(node, ast.Call):
                continue
            for child in value if isinstance(value, list) else [value]:
                if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef):
                    first = min([child.lineno, *(one.lineno for one in child.decorator_list)])
                    own = f"{prefix}{child.name}"
                    self._walk(child, (*within, (own, first)), f"{own}.<locals>.")
                elif isinstance(child, ast.ClassDef):
                    self._walk(child, within, f"{prefix}{child.name}.")
                elif isinstance(child, ast.AST):
                    if within:
                        self._places(child, node, name, within)
                    self._walk(child, within, prefix)

    def _places(self, node: ast.AST, parent: ast.AST, name: str, within: tuple[tuple[str, int], ...]) -> None:
        for what, change in _changes(node, parent, name):
            self.found.append((getattr(node, "lineno", 0), what, change, within))


def _changes(node: ast.AST, parent: ast.AST, name: str) -> Iterator[tuple[str, Change]]:
    if isinstance(node, ast.Compare):
        for place, operator in enumerate(node.ops):
            if type(operator) in FLIPPED:
                other = FLIPPED[type(operator)]()
                yield f"{type(operator).__name__} to {type(other).__name__}", _put(node.ops, place, other)
    elif isinstance(node, ast.BoolOp):
        other_bool = ast.Or() if isinstance(node.op, ast.And) else ast.And()
        yield f"{type(node.op).__name__} to {type(other_bool).__name__}", _set(node, "op", other_bool)
    elif isinstance(node, ast.BinOp) and type(node.op) in COUNTED:
        other_operator = COUNTED[type(node.op)]()
        yield f"{type(node.op).__name__} to {type(other_operator).__name__}", _set(node, "op", other_operator)
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        yield "not taken away", _set(node, "op", ast.Not()) if parent is None else _set_field(parent, name, node, node.operand)
    elif isinstance(node, ast.Constant) and not isinstance(parent, ast.JoinedStr | ast.FormattedValue):
        if isinstance(node.value, bool):
            yield f"{node.value} to {not node.value}", _set(node, "value", not node.value)
        elif isinstance(node.value, int):
            yield f"{node.value} to {node.value + 1}", _set(node, "value", node.value + 1)
    elif isinstance(node, ast.Return) and node.value is not None and not _is_none(node.value):
        yield "returns None", _set(node, "value", ast.Constant(None))
    elif isinstance(node, ast.Expr) and isinstance(node.value, ast.Call) and not _is_quiet(node.value):
        yield "call left out", _set_field(parent, name, node, ast.Pass())
    elif isinstance(node, ast.Raise):
        yield "raise left out", _set_field(parent, name, node, ast.Pass())
    if name == "test" and isinstance(parent, ast.If | ast.IfExp | ast.While) and not isinstance(node, ast.Compare | ast.UnaryOp):
        yield "condition reversed", _set(parent, "test", ast.UnaryOp(ast.Not(), node))  # type: ignore[arg-type]


def _is_none(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value is None


def _is_quiet(call: ast.Call) -> bool:
    function = call.func
    return isinstance(function, ast.Attribute) and isinstance(function.value, ast.Name) and function.value.id in QUIET


def _put(into: list, place: int, value: ast.AST) -> Change:
    return lambda: into.__setitem__(place, value)


def _set(node: ast.AST, name: str, value: object) -> Change:
    return lambda: setattr(node, name, value)


def _set_field(parent: ast.AST, name: str, node: ast.AST, value: ast.AST) -> Change:
    def change() -> None:
        held = getattr(parent, name)
        if isinstance(held, list):
            held[held.index(node)] = value
        else:
            setattr(parent, name, value)

    return change


def mutants_of(path: Path, root: Path) -> list[Mutant]:
    """Every fault that can be put into a module, in the order of the text."""
    found = _Finder(ast.parse(path.read_text(encoding="utf-8"))).found
    name = path.relative_to(root).as_posix()
    return [Mutant(name, number, line, what, within) for number, (line, what, _change, within) in enumerate(found)]


def mutated(source: str, mutant: Mutant) -> ast.Module:
    """The module with the fault in it."""
    tree = ast.parse(source)
    _Finder(tree).found[mutant.number][2]()
    return ast.fix_missing_locations(tree)
