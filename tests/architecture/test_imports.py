"""What import-linter does not see: imports hidden in functions, and packages nobody declared."""

import ast
import re
import sys
import tomllib

from tests.architecture.source import ROOT, Source, functions, of_product, place, sources

# By which name a package is imported, where it is another than its own; "" is not imported at all, for the reason given.
IMPORTED_AS = {
    "django-allauth": "allauth",
    "django-csp": "csp",
    "django-htmx": "django_htmx",
    "django-ninja": "ninja",
    "django-tasks-db": "django_tasks",
    "markdown-it-py": "markdown_it",
    "pillow": "PIL",
    "python-calamine": "python_calamine",
}
NOT_IMPORTED = {
    "granian": "the server; started by its command or its class in the command `web`",
    "psycopg": "Django's back end imports it",
    "tzdata": "zoneinfo reads it where the system has no time zones",
}
# Part of what a declared package brings, and documented by it as usable.
BROUGHT_ALONG = {
    "django_tasks": "django-tasks-db",
    "django_tasks_db": "django-tasks-db",
    "fido2": "django-allauth[mfa]",
    "pydantic": "django-ninja",
    "pyhanko_certvalidator": "pyhanko",
}


def own_imports(node: ast.AST) -> list[ast.AST]:
    found: list[ast.AST] = []
    for inner in ast.walk(node):
        if (isinstance(inner, ast.ImportFrom) and (inner.module or "").split(".")[0] == "guiju") or (
            isinstance(inner, ast.Import) and any(alias.name.split(".")[0] == "guiju" for alias in inner.names)
        ):
            found.append(inner)
    return found


def test_our_own_packages_are_imported_at_the_head_of_a_file():
    """A hidden import is a missing direction. The project may: it wires everything, some of it late."""
    files = [one for one in sources() if one.path.startswith("guiju/") and not one.path.startswith("guiju/project/")]
    assert [place(one, hidden) for one in files for function in functions(one) for hidden in own_imports(function)] == []


def test_relative_imports_are_not_used():
    relative = [
        place(one, node) for one in sources() for node in ast.walk(one.tree) if isinstance(node, ast.ImportFrom) and node.level
    ]
    assert relative == []


def roots(one: Source) -> set[str]:
    names = set()
    for node in ast.walk(one.tree):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and not node.level:
            names.add((node.module or "").split(".")[0])
    return names


def declared() -> dict[str, str]:
    """Runtime dependency to the name it is imported by."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    names = [re.split(r"[\[<>=;]", text)[0].strip() for text in project["dependencies"]]
    return {name: IMPORTED_AS.get(name, name.replace("-", "_")) for name in names}


def test_everything_imported_is_declared():
    known = {*declared().values(), *BROUGHT_ALONG, *sys.stdlib_module_names, "guiju"}
    undeclared = {f"{one.path}: {root}" for one in of_product() for root in roots(one) - known}
    assert undeclared == set()


def test_no_dependency_enters_before_it_is_used():
    imported = set().union(*(roots(one) for one in of_product()))
    settings = "".join(one.text for one in of_product() if one.path.startswith("guiju/project/"))
    unused = {
        name
        for name, root in declared().items()
        if name not in NOT_IMPORTED and root not in imported and not re.search(rf"[\"']{root}\b", settings)
    }
    assert unused == set()
