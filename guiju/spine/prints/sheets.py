"""Sheet: what a print says, before it is set. Modules make them; their words are in the print's language already."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

LANGUAGES = ("en", "zh-hans")


@dataclass(frozen=True)
class Seal:
    """A signature on paper. `solid` is for what makes it valid: approved, issued."""

    characters: str
    name: str
    meaning: str
    when: str
    solid: bool = False


@dataclass(frozen=True)
class Column:
    """A column of the table of revisions, and how wide it is beside the others."""

    label: str
    width: float


@dataclass(frozen=True)
class File:
    """A file that belongs to what is printed. `path` need not exist; `digest` is what its bytes have to hash to; `address`
    is where it is downloaded as it is."""

    path: Path
    name: str
    digest: str
    address: str = ""

    @property
    def ending(self) -> str:
        return Path(self.name).suffix[1:].lower()


@dataclass(frozen=True)
class Sheet:
    """One printed thing: cover block, revisions, text, file.

    `revision` is how it is called in a header ("Revision 4"), `state` the word for where it stands; `mark` stands across
    every page of a copy by which nobody may work, empty otherwise. `notes` are sentences below the cover block. `text` is
    Markdown; `picture` answers the file of a picture in it by the id of its attachment.
    """

    language: str
    organization: str
    kind: str
    number: str
    title: str
    revision: str
    state: str
    mark: str
    address: str
    facts: Sequence[tuple[str, str]]
    seals: Sequence[Seal] = ()
    notes: Sequence[str] = ()
    heading: str = ""  # what the table below is called; empty: the record of revisions
    columns: Sequence[Column] = ()
    rows: Sequence[Sequence[str]] = ()
    text: str = ""
    drawing: str = ""  # a drawing of ours as SVG (see drawings.STYLE), which stands below the text
    controlled: bool = True  # whether a later revision can make a copy of it wrong
    control: str = ""  # how a copy is controlled that is called back; empty: by nothing, once it is printed
    file: File | None = None
    picture: Callable[[str], Path | None] = field(default=lambda attachment: None)
    entered: str = "print"  # the verb of the trail's entry
    says: dict[str, str | None] = field(default_factory=dict)  # what that entry says of the print
    entering: Callable[[], None] = lambda: None  # what else is written with that entry, and may refuse the print

    @property
    def chinese(self) -> bool:
        return self.language.startswith("zh")
