"""Addresses of registers and records."""

from typing import Any
from urllib.parse import quote

from guiju.spine.acts import current
from guiju.spine.registers.declaration import Register, by_kind

# Words that stand where a number does in an address, and therefore cannot be numbers.
RESERVED = frozenset(
    {
        ".",
        "..",
        "new",
        "import",
        "export",
        "export.xlsx",
        "export.csv",
        "template.xlsx",
        "template.csv",
        "attachments",
        "views",
        "map",
    }
)


def in_address(number: str) -> str:
    """A number as it stands in an address: "/" is "~1" and "~" is "~0", as in RFC 6901."""
    return quote(number.replace("~", "~0").replace("/", "~1"), safe="~")


def from_address(text: str) -> str:
    return text.replace("~1", "/").replace("~0", "~")


def home() -> str:
    return f"/{current().organization.slug}/"


def of_register(register: Register) -> str:
    return f"{home()}{register.key}/"


def of_number(register: Register, number: str) -> str:
    return f"{of_register(register)}{in_address(number)}/"


def of_record(record: Any) -> str:
    """The record's page; empty when its kind has no register."""
    register = by_kind(record._meta.label_lower)
    return of_number(register, record.number) if register else ""


def of_kind(kind: str, number: str) -> str:
    register = by_kind(kind)
    return of_number(register, number) if register else ""
