"""`guiju new complaints`: the files of a new module, with one model that works."""

import keyword
import re
from collections.abc import Callable
from pathlib import Path
from string import Template

from django.apps import apps
from django.conf import settings

FILES = Path(__file__).parent / "module_files"
SUFFIX = ".txt"  # so that nothing reads them as code
NAME = re.compile(r"[a-z]+(_[a-z]+)*")
LONGEST = 25
INDEX_NAME = 30  # the longest that Django allows; that of Record is made of the names of module and model
# Words that say nothing, and those that stand where a register does in an address below an organization.
SAYS_NOTHING = frozenset({"utils", "helpers", "common", "core", "base", "misc", "manager"})
ADDRESSES = frozenset({"work", "notices", "search", "import", "people", "roles", "settings", "tokens"})
OWN_INDEX = '\n        indexes = (models.Index(fields=("organization", "-id"), name="{name}_page"),)'
ENDINGS = (("ies", "y"), ("sses", "ss"), ("ches", "ch"), ("shes", "sh"), ("xes", "x"), ("ss", "ss"), ("s", ""))


def write(name: str, say: Callable[[str], None], into: Path | None = None) -> int:
    """Write the folder of the module `name` (a plural: "complaints") below `into`, by default beside the other modules.

    Answers the exit status: 0 when it is written, 1 with a sentence when the name is no name or is taken. Nothing that
    is there is written over.
    """
    modules = into or settings.PACKAGE / "modules"
    if problem := _problem(name, modules):
        say(f"guiju: {problem}")
        return 1
    words = _words(name)
    for source in sorted(FILES.rglob(f"*{SUFFIX}")):
        path = modules / name / _place(source.relative_to(FILES), name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(Template(source.read_text(encoding="utf-8")).substitute(words), encoding="utf-8")
    _say_what_is_left(name, modules / name, say)
    return 0


def _problem(name: str, modules: Path) -> str:
    """Why a module cannot be called so; empty when it can."""
    if not NAME.fullmatch(name) or len(name) > LONGEST:
        return f"“{name}” is no name of a module. It is a plural in small letters, such as complaints or customer_orders."
    if keyword.iskeyword(name) or keyword.issoftkeyword(name) or name in SAYS_NOTHING:
        return f"“{name}” cannot be used: it means something else to Python, or says nothing. Name what is kept in it."
    if name in ADDRESSES or name in {app.label for app in apps.get_app_configs()} or (modules / name).exists():
        return f"“{name}” is taken already. Choose another name."
    return ""


def _words(name: str) -> dict[str, str]:
    """What the files need to be named by: complaints, complaint, Complaint, Complaints, COM."""
    one = next((name.removesuffix(end) + instead for end, instead in ENDINGS if name.endswith(end)), name)
    if keyword.iskeyword(one) or one == name:
        one = f"{name}_record"
    model = one.replace("_", " ").title().replace(" ", "")
    too_long = len(f"{name}_{model}_page") > INDEX_NAME
    words, words_one = name.replace("_", " "), one.replace("_", " ")
    return {
        "name": name,
        "one": one,
        "words": words,
        "words_one": words_one,
        "Names": words.capitalize(),
        "Name_one": words_one.capitalize(),
        "Names_joined": words.title().replace(" ", ""),
        "Model": model,
        "PREFIX": one.replace("_", "")[:3].upper(),
        "indexes": OWN_INDEX.format(name=name) if too_long else "",
    }


def _place(source: Path, name: str) -> Path:
    """Where a file goes: templates lie in a folder of the module's name, as Django looks for them.

    Its tests are kept under another name, since an installed product has no folder `tests`.
    """
    first, *rest = source.with_suffix("").parts
    return Path(*{"templates": ("templates", name), "its_tests": ("tests",)}.get(first, (first,)), *rest)


def _say_what_is_left(name: str, folder: Path, say: Callable[[str], None]) -> None:
    say(f"{folder} is written. Name it in two places:")
    say(f'  guiju/project/settings.py, INSTALLED_APPS: "guiju.modules.{name}"')
    say(f'  pyproject.toml, "Modules, from those who read to those everyone refers to": "{name}", above what it refers to')
    say("Then say what it is in models.py, workflow.py and register.py, and run: make migrations, make messages, make check.")
    say("Its rights belong to nobody yet: grant them on the page of roles, and to new organizations in organizations/roles.py.")
