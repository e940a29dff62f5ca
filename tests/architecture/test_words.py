"""Messages that a translator can translate: whole, literal, with named places (architecture, section 11)."""

import ast
import re

from tests.architecture.source import Source, of_product, place

TRANSLATING = {"_", "gettext", "gettext_lazy", "gettext_noop", "ngettext", "ngettext_lazy", "pgettext", "pgettext_lazy"}
UNNAMED = re.compile(r"%[sdr]")


def calls(one: Source) -> list[ast.Call]:
    found = []
    for node in ast.walk(one.tree):
        if isinstance(node, ast.Call):
            name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
            if name in TRANSLATING:
                found.append(node)
    return found


def is_built(argument: ast.expr) -> bool:
    """Whether a message is put together before it is looked up, so that no catalogue can hold it."""
    formatted = isinstance(argument, ast.Call) and getattr(argument.func, "attr", "") == "format"
    return isinstance(argument, ast.JoinedStr | ast.BinOp) or formatted


def test_a_message_is_not_put_together_before_it_is_looked_up():
    built = [place(one, call) for one in of_product() for call in calls(one) if any(map(is_built, call.args))]
    assert built == []


def test_the_places_in_a_message_have_names():
    unnamed = [
        f"{place(one, call)} {argument.value!r}"
        for one in of_product()
        for call in calls(one)
        for argument in call.args
        if isinstance(argument, ast.Constant) and isinstance(argument.value, str) and UNNAMED.search(argument.value)
    ]
    assert unnamed == []
