"""What is read out of a file, and the blocks it is put together from."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from guiju.lib.problems import Problem

MOST_TEXT = 5_000_000  # characters kept of one file


@dataclass(frozen=True)
class Extracted:
    """A file as text.

    `kind` is told by the content, not the name. `title` is what the document calls itself, None if it does not.
    `cover` holds what its cover, header or front matter says, under the keys number, revision, title, effective_on,
    approved_on (ISO where it is certain), author, reviewer, approver, owner, kind.
    """

    kind: str
    text: str = ""
    title: str | None = None
    cover: dict[str, str] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    pages: int | None = None


@dataclass(frozen=True)
class Block:
    """A paragraph, or a row of a table (`cells`). `level`: 0 a title, 1 to 9 a heading, None anything else."""

    text: str = ""
    level: int | None = None
    cells: tuple[str, ...] = ()
    bold: bool = False

    @property
    def line(self) -> str:
        return "\t".join(self.cells) if self.cells else self.text


def text_of(blocks: Iterable[Block]) -> str:
    return "\n".join(block.line for block in blocks if block.line.strip())
