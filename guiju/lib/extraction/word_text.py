"""Paragraphs and rows of tables out of WordprocessingML, element by element."""

from guiju.lib.extraction.result import MOST_TEXT, Block

# Second drawings of the same text, text moved away, and deleted text.
_LEFT_OUT = {"Fallback", "moveFrom", "del"}


class _Paragraph:
    def __init__(self) -> None:
        self.text: list[str] = []
        self.style = ""
        self.bold = 0
        self.level: int | None = None


class TextOfPart:
    """Handler of a part's elements; afterwards `blocks`, the instructions of `fields`, and whether text was `cut`."""

    def __init__(self, styles: dict[str, int]) -> None:
        self.blocks: list[Block] = []
        self.fields: list[str] = []
        self.cut = False
        self._styles = styles
        self._length = 0
        self._skipped = 0
        self._paragraphs: list[_Paragraph] = []
        self._tables = 0
        self._row: list[list[str]] = []
        self._run = self._run_bold = self._properties = False
        self._taking: list[str] | None = None

    def start(self, name: str, attributes: dict[str, str]) -> None:
        name = name.rpartition(" ")[2]
        if self._skipped or name in _LEFT_OUT:
            self._skipped += 1
        elif name == "p":
            self._paragraphs.append(_Paragraph())
        elif name == "tbl":
            self._tables += 1
        elif name == "tr" and self._tables == 1:
            self._row = []
        elif name == "tc" and self._tables == 1:
            self._row.append([])
        elif self._paragraphs:
            self._inside(name, attributes)

    def _inside(self, name: str, attributes: dict[str, str]) -> None:
        paragraph = self._paragraphs[-1]
        value = next((text for key, text in attributes.items() if key.endswith("val")), None)
        if name == "t":
            self._taking = paragraph.text
        elif name == "instrText":
            self._taking = []
        elif name == "fldSimple":
            self.fields.extend(text for key, text in attributes.items() if key.endswith("instr"))
        elif name == "r":
            self._run, self._run_bold = True, False
        elif name in {"pPr", "rPr"}:
            self._properties = True
        elif name == "pStyle":
            paragraph.style = value or ""
        elif name == "outlineLvl" and value and value.isdigit() and int(value) < 9:
            paragraph.level = int(value) + 1
        elif name == "b" and self._run and value not in {"0", "false", "none"}:
            self._run_bold = True
        elif self._run and not self._properties:
            paragraph.text.append({"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}.get(name, ""))

    def end(self, name: str) -> None:
        name = name.rpartition(" ")[2]
        if self._skipped:
            self._skipped -= 1
        elif name == "p" and self._paragraphs:
            self._close(self._paragraphs.pop())
        elif name == "tbl":
            self._tables -= 1
        elif name == "tr" and self._tables == 1:
            self.blocks.append(Block(cells=tuple(" ".join(" ".join(cell).split()) for cell in self._row)))
        elif name in {"t", "instrText"}:
            if name == "instrText" and self._taking:
                self.fields.append("".join(self._taking))
            self._taking = None
        elif name == "r":
            self._run = False
        elif name in {"pPr", "rPr"}:
            self._properties = False

    def data(self, text: str) -> None:
        if self._skipped or self._taking is None:
            return
        self._length += len(text)
        if self._length > MOST_TEXT:
            self.cut = True
            return
        self._taking.append(text)
        if self._run_bold and self._paragraphs:
            self._paragraphs[-1].bold += len(text)

    def _close(self, paragraph: _Paragraph) -> None:
        text = "".join(paragraph.text).strip()
        if self._tables:
            if self._row:
                self._row[-1].append(text)
        elif text:
            level = paragraph.level if paragraph.level is not None else self._styles.get(paragraph.style)
            self.blocks.append(Block(text, level=level, bold=paragraph.bold >= 0.8 * len(text)))
