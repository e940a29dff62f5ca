"""Small files, small functions: what a reader can hold (architecture, section 13)."""

from pathlib import PurePosixPath

from tests.architecture.source import functions, of_product, place, sources

FILE_LINES = 400
FUNCTION_LINES = 60
MODULE_LINES = 1500


def test_no_file_is_longer_than_a_reader_can_hold():
    long = {one.path: lines for one in sources() if not one.is_migration and (lines := one.text.count("\n")) > FILE_LINES}
    assert long == {}


def test_no_function_is_longer_than_a_screen():
    long = {
        f"{place(one, function)} {function.name}": lines
        for one in sources()
        for function in functions(one)
        if (lines := (function.end_lineno or 0) - function.lineno + 1) > FUNCTION_LINES
    }
    assert long == {}


def test_no_module_is_longer_than_it_may_be_without_being_split():
    """A module that has grown is split into folders, and none of its parts is longer than a module may be."""
    lines: dict[str, int] = {}
    for one in of_product():
        parts = PurePosixPath(one.path).parts
        if parts[1] == "modules" and len(parts) > 3 and not one.is_migration:
            part = "/".join(parts[2:-1])
            lines[part] = lines.get(part, 0) + one.text.count("\n")
    assert {part: count for part, count in lines.items() if count > MODULE_LINES} == {}
