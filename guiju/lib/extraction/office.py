"""Office files: zips of XML, read as streams, without entities and within limits."""

import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol
from xml.parsers import expat

from guiju.lib.bounded import open_member
from guiju.lib.problems import Problem, Unreadable

MOST_XML = 200_000_000  # bytes of one part, unpacked
MOST_PARTS = 20_000


class Handler(Protocol):
    def start(self, name: str, attributes: dict[str, str]) -> None: ...

    def end(self, name: str) -> None: ...

    def data(self, text: str) -> None: ...


def open_package(path: Path) -> zipfile.ZipFile:
    """An Office file as a zip; raises Unreadable."""
    try:
        archive = zipfile.ZipFile(path)
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError) as error:
        raise Unreadable("unreadable", {"reason": type(error).__name__}) from error
    if len(archive.infolist()) > MOST_PARTS:
        raise Unreadable("zip_bomb", {"files": len(archive.infolist())})
    return archive


def parse(archive: zipfile.ZipFile, part: str, handler: Handler) -> None:
    """Feeds a part of the package to a handler with `start`, `end` and `data`; raises Unreadable."""
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler = handler.start
    parser.EndElementHandler = handler.end
    parser.CharacterDataHandler = handler.data
    parser.StartDoctypeDeclHandler = _no_doctype
    parser.buffer_text = True
    try:
        with open_member(archive, archive.getinfo(part), max_bytes=MOST_XML) as stream:
            while piece := stream.read(65536):
                parser.Parse(piece)
        parser.Parse(b"", True)
    except KeyError as error:
        raise Unreadable("unreadable", {"reason": f"no {part}"}) from error
    except (expat.ExpatError, OSError) as error:
        raise Unreadable("unreadable", {"reason": type(error).__name__}) from error


class Elements:
    """Collects the elements of a small part: local name, attributes (local names), text."""

    def __init__(self) -> None:
        self.found: list[tuple[str, dict[str, str], list[str]]] = []
        self._open: list[int] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if len(self.found) > 200_000:
            raise Unreadable("zip_bomb", {"elements": len(self.found)})
        self._open.append(len(self.found))
        self.found.append((local(name), {local(key): value for key, value in attributes.items()}, []))

    def end(self, name: str) -> None:
        self._open.pop()

    def data(self, text: str) -> None:
        self.found[self._open[-1]][2].append(text)


def local(name: str) -> str:
    return name.rpartition(" ")[2]


def elements(archive: zipfile.ZipFile, part: str) -> list[tuple[str, dict[str, str], list[str]]]:
    """The elements of a part, none if it is missing."""
    if part not in archive.NameToInfo:
        return []
    collector = Elements()
    parse(archive, part, collector)
    return collector.found


def core_properties(archive: zipfile.ZipFile) -> dict[str, str]:
    return {name: "".join(text).strip() for name, _, text in elements(archive, "docProps/core.xml")}


def package_problems(archive: zipfile.ZipFile, fields: list[str] | None = None) -> list[Problem]:
    """`macros`, and `external_links` for whatever the file would load from elsewhere on opening.

    A web link to click on loads nothing and is no problem; one to a file or a network share is.
    """
    problems = []
    if any(name.casefold().endswith(("vbaproject.bin", "vbadata.xml")) for name in archive.namelist()):
        problems.append(Problem("macros"))
    links = list(_external(archive)) + [("field", code.split()[0].upper()) for code in fields or []]
    if links:
        kinds = ", ".join(sorted({kind for kind, _ in links}))
        problems.append(Problem("external_links", {"count": len(links), "kinds": kinds, "first": links[0][1][:200]}))
    return problems


def _external(archive: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    for part in archive.namelist():
        if not part.endswith(".rels"):
            continue
        for name, attributes, _ in elements(archive, part):
            kind, target = attributes.get("Type", "").rpartition("/")[2], attributes.get("Target", "")
            outside = name == "Relationship" and attributes.get("TargetMode", "").casefold() == "external"
            if outside and (kind != "hyperlink" or target.startswith(("file:", "\\\\", "//"))):
                yield kind, target


def _no_doctype(*_: object) -> None:
    raise Unreadable("unreadable", {"reason": "doctype"})
