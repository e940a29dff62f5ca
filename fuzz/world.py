"""What really stands in the product, in place of arbitrary text: by chance alone no one hits upon a document's number.

Schemathesis sends what fits the narrowed description and what does not: a number or an id that is not there is tried too.
"""

from __future__ import annotations

import copy
import json
import urllib.error
import urllib.request
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

Schema = dict[str, Any]
Known = dict[str, list[Any]]

ORGANIZATION, PERSON = "lanzhu", "wei"
REGISTERS = ("documents", "processes", "disposals")
PLACES = {"people": "person", "departments": "department", "roles": "role", "sites": "site"}
OF_A_DOCUMENT = {"remarks": "remark", "holds": "hold", "copies": "copy_number"}


class World:
    """The API of a running product, asked for what there is, and for a little more to play with."""

    def __init__(self, url: str, token: str) -> None:
        self.url, self.token = url, token
        self.loose: list[str] = []  # files that no record has yet

    def send(self, method: str, address: str, content: Any = None) -> Any:
        """What the API answers below the organization; RuntimeError with its words when it refuses."""
        headers = {"Authorization": f"Bearer {self.token}", "Content-Type": "application/json", "If-Match": "*"}
        body = None if content is None else json.dumps(content).encode()
        request = urllib.request.Request(f"{self.url}/api/v1/{address}", body, headers, method=method)
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:
                return json.load(answer)
        except urllib.error.HTTPError as refused:
            raise RuntimeError(f"{method} {address}: {refused.read().decode()}") from refused

    def ask(self, address: str) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.send("GET", f"{ORGANIZATION}/{address}?limit=200")["items"]
        return found

    def upload(self, name: str, content: bytes) -> str:
        """The id of a file that waits to be attached."""
        head = f'--x\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'
        headers = {"Authorization": f"Bearer {self.token}", "Content-Type": "multipart/form-data; boundary=x"}
        address = f"{self.url}/api/v1/{ORGANIZATION}/attachments/"
        request = urllib.request.Request(address, head.encode() + content + b"\r\n--x--\r\n", headers)
        with urllib.request.urlopen(request, timeout=30) as answer:
            return str(json.load(answer)["id"])

    def make(self, address: str, content: Any, method: str = "POST") -> Any:
        return self.send(method, f"{ORGANIZATION}/{address}", content)

    def description(self) -> Schema:
        found: Schema = self.send("GET", "openapi.json")
        return found

    def settle(self) -> None:
        """Make what the sample has too little of: drafts, views, remarks, holds, copies, translations, fields."""
        self.loose = [self.upload(f"tried-{number}.txt", b"Words, %d times." % number) for number in range(40)]
        for number in range(12):
            content = {"title": f"Tried {number}", "kind": "work_instruction", "text": "# Steps\n\nOne."}
            draft = self.make("documents/", content)["number"]
            self.make(f"documents/{draft}/remarks/", {"text": "Why?"})
            self.make(f"documents/{draft}/comments/", {"text": "See there."})
        for register in REGISTERS:
            for number in range(3):
                self.make(f"{register}/views/", {"name": f"Mine {number}", "query": f"q=tried+{number}"})
        holding = [one for one in self.ask("documents/") if one["state"] == "effective" and one["language"] != "other"]
        for one in holding[:3]:
            number, other = one["number"], "en" if one["language"] == "zh-hans" else "zh-hans"
            self.make(f"documents/{number}/holds/", {"reason": "A claim."})
            self.make(f"documents/{number}/copies/", {"reason": "At the bench.", "places": "Bench"})
            self.make(f"documents/{number}/translations/{other}/", {"title": "In another language", "text": "Words."}, "PUT")
        self.make("kinds/procedure/fields/", {"label": "Machine", "type": "text"})
        for one, word in zip(self.ask("departments/"), ("DA", "DB"), strict=False):
            self.make("kinds/procedure/prefixes/", {"department": one["id"], "prefix": word})
        self.make("trail/checks/", {})

    def known(self) -> Known:
        """Values that stand, by the name under which they are asked for; numbers by their register."""
        documents = _mixed(self.ask("documents/"))
        numbers = [one["number"] for one in documents]
        kinds = self.ask("kinds/")
        today = datetime.now(UTC).date()
        known: Known = {
            "organization": [ORGANIZATION],
            "documents": numbers,
            "processes": [one["number"] for one in self.ask("processes/")[:4]],
            "disposals": [one["number"] for one in self.ask("disposals/")[:4]],
            "process": [one["id"] for one in self.ask("processes/")[:4]],
            "attachment": [one["file"]["id"] for one in documents if one["file"]],
            "kind": [one["kind"] for one in kinds if one["fields"]],
            "check": [one["id"] for one in self.ask("trail/checks/")[:2]],
            "field": [field["key"] for one in kinds for field in one["fields"]],
            "prefix": [prefix["id"] for one in kinds for prefix in one["prefixes"]],
            "language": ["en", "zh-hans"],
            "numbers": [*numbers, "\n".join(numbers[:3])],
            "query": [f"q={letter}&sort={sort}" for letter in "abcdefghij" for sort in ("title", "-number")],
            "loose": self.loose,
            "due_on": [str(today + timedelta(days=days)) for days in (-1, 1, 90)],
            "If-Match": ["*"],
            "Idempotency-Key": ["one key", "another key"],
            "sequence": [one["sequence"] for number in numbers[:4] for one in self.ask(f"documents/{number}/history/")[:2]],
        }
        known |= {name: [one["id"] for one in self.ask(f"{word}/")[:4]] for word, name in PLACES.items()}
        known |= {f"view of {word}": [one["id"] for one in self.ask(f"{word}/views/")] for word in REGISTERS}
        for word, name in OF_A_DOCUMENT.items():
            rows = [one for number in numbers for one in self.ask(f"documents/{number}/{word}/")[:2]]
            known[name] = [one.get("id") if name != "copy_number" else one["copy"] for one in rows]
        return {name: list(dict.fromkeys(values)) for name, values in known.items() if values}


def _mixed(documents: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """A few of each state and sort, with and without a file; most of them drafts, with which most can be done."""
    found: dict[tuple[Any, ...], list[dict[str, Any]]] = {}
    for one in documents:
        sort = one["kind"] if one["kind"] in ("form", "record", "external") else ""
        same = found.setdefault((one["state"], sort, one["file"] is None), [])
        if len(same) < (6 if one["state"] == "draft" else 2):
            same.append(one)
    drafts_first = sorted(found.items(), key=lambda item: item[0][0] != "draft")
    return [one for _sort, same in drafts_first for one in same]


SAME = {  # what a name of the description is called among what is known
    **dict.fromkeys(("owner", "people", "members", "watcher", "holder", "reviewers", "approvers", "person"), "person"),
    **dict.fromkeys(("due_on", "planned_on", "effective_on", "next_on", "checked_on", "applies_on"), "due_on"),
    **{"departments": "department", "roles": "role", "sites": "site", "file": "loose", "copies": "copy_number"},
}
GIVEN_ANEW = ("number", "prefix")  # in what is written, the name of something that is to be
POSITIONS = {"position": [1, 2], "earlier": [1, 2]}


def narrowed(description: Schema, known: Known) -> Schema:
    """The description with the values that are known where it says only of what sort they are."""
    made = copy.deepcopy(description)
    for path, name, schema, place in _places(made):
        register = path.split("/")[4]
        values = known.get(register if name == "number" else SAME.get(name, name), [])
        if name == "view" and place == "path":
            values = known.get(f"view of {register}", [])
        if place == "path" and name in POSITIONS:
            values = POSITIONS[name]
        if place == "body" and name in GIVEN_ANEW:
            continue
        if values and "enum" not in schema and schema.get("format") != "binary":
            _narrow(schema, values, place)
    return made


def _places(description: Schema) -> Iterator[tuple[str, str, Schema, str]]:
    """Path, name, schema and place of each value that can be sent; shared schemas are copied to where they are used."""
    schemas = description["components"]["schemas"]
    for path, methods in description["paths"].items():
        for operation in methods.values():
            for one in operation["parameters"]:
                yield path, one["name"], one["schema"], one["in"]
            for content in operation.get("requestBody", {}).get("content", {}).values():
                if "$ref" in content["schema"]:
                    content["schema"] = copy.deepcopy(schemas[content["schema"]["$ref"].rpartition("/")[2]])
                for name, schema in content["schema"].get("properties", {}).items():
                    yield path, name, schema, "body"


def _narrow(schema: Schema, values: list[Any], place: str) -> None:
    """Only these values, in a list where the schema is of one, and null where it allows that.

    Outside of a body everything is text, and what is none of the values is as much as said: it is taken now and then.
    """
    types = schema.get("type", "")
    if place != "body" and "anyOf" not in schema:
        before = dict(schema)
        schema.clear()
        schema["anyOf"] = [{"enum": values}, before]
        return
    if "items" in schema:
        schema["items"] = {"enum": values}
        return
    if "anyOf" in schema:  # a word in place of a value
        schema["anyOf"][-1] = {"enum": values}
        return
    schema.clear()
    schema["enum"] = [*values, None] if "null" in types else values
