"""Tables of a docx, read straight from its document part: no macro, field or link is followed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from xml.etree.ElementTree import Element

from tonghop.reading.containers.marks import Piece
from tonghop.reading.containers.model import Budget, Document, Refused
from tonghop.reading.containers.parsed import parsed, tag_of
from tonghop.reading.containers.tables_of import Layout
from tonghop.reading.containers.wholes import whole
from tonghop.reading.containers.word_grounds import Grounds, is_white
from tonghop.reading.containers.word_margins import margins
from tonghop.reading.containers.zips import Zip
from tonghop.reading.grid import Grid
from tonghop.reading.limits import Limits

_SKIPPED = frozenset({"del", "moveFrom", "instrText", "delText", "Fallback", "footnoteReference"})
_DEEPEST = 400
_NO = ("0", "false", "off")
_PLAIN = Piece("")
_MARKS = frozenset(
    {"vertAlign", "position", "strike", "dstrike", "vanish", "webHidden", "color", "shd", "highlight"}
)


@dataclass(slots=True)
class WordText:
    """The tables of a docx and its running text."""

    document: Document
    prose: list[str] = field(default_factory=list)


def read_docx(name: str, archive: Zip, budget: Budget) -> WordText:
    """Return the tables of a docx, each with the paragraphs in front of it. Raises ``Refused``."""
    parts = dict(archive.xml_parts())
    xml = parts.get("word/document.xml")
    if xml is None:
        raise Refused("damaged-file")
    root = parsed(xml)
    if root is None:
        raise Refused("damaged-file")
    grounds = Grounds(parts.get("word/styles.xml", b""))
    return _Reader(name, budget.limits, margins(parts, root), grounds).read(root)


class _Reader:
    def __init__(self, name: str, limits: Limits, beside: tuple[str, ...], grounds: Grounds) -> None:
        self._name, self._limits, self._margins, self._grounds = name, limits, beside, grounds
        self._grids: list[Grid] = []
        self._above: list[str] = []
        self._prose: list[str] = []

    def read(self, root: Element) -> WordText:
        for block in _blocks(root, 0):
            if tag_of(block) == "tbl":
                self._table(block, 0)
            else:
                text = _text(block)
                if text.strip():
                    self._above.append(text)
                    self._prose.append(text)
        return WordText(Document(self._name, tuple(self._grids), tuple(self._prose)), self._prose)

    def _table(self, table: Element, depth: int) -> None:
        if depth > 5 or len(self._grids) >= self._limits.sheets:
            raise Refused("nested-too-deep")
        layout = Layout(self._limits)
        nested: list[Element] = []
        for row in _of(table, "tr"):
            layout.new_row()
            for cell in _of(row, "tc"):
                nested += self._cell(layout, table, row, cell)
        grid = layout.grid(self._name, len(self._grids) + 1, tuple(self._above[-40:]))
        self._above.clear()
        self._grids.append(replace(grid, margins=self._margins) if self._margins else grid)
        for inner in nested:
            self._table(inner, depth + 1)

    def _cell(self, layout: Layout, table: Element, row: Element, cell: Element) -> list[Element]:
        properties = next(iter(_of(cell, "tcPr")), None)
        span, continues = 1, False
        for element in () if properties is None else properties:
            value = next((v for k, v in element.attrib.items() if k.endswith("}val")), "")
            if tag_of(element) == "gridSpan":
                span = whole(value, span)
            if tag_of(element) == "vMerge":
                continues = value != "restart"
        blocks = [block for block in _blocks(cell, 0) if tag_of(block) != "tbl"]
        at = len(layout.rows) - 1
        start = len(layout.rows[-1])
        layout.add("" if continues else "\n".join(_text(block) for block in blocks).strip(" \t\n"), span)
        if continues:
            layout.grow(at, start)
        else:
            pieces = [piece for block in blocks for piece in _pieces(block)]
            if any(piece.is_white for piece in pieces) and not self._grounds.are_below(table, row, cell):
                pieces = [piece._replace(is_struck=piece.is_struck or piece.is_white) for piece in pieces]
            layout.mark(pieces)
        return [block for block in _blocks(cell, 0) if tag_of(block) == "tbl"]


def _of(element: Element, tag: str) -> Iterator[Element]:
    """Yield the children of a kind, those inside content controls and tracked insertions included."""
    for child in element:
        if tag_of(child) == tag:
            yield child
        elif tag_of(child) in ("sdt", "sdtContent", "ins", "customXml"):
            yield from _of(child, tag)


def _blocks(element: Element, depth: int) -> Iterator[Element]:
    """Yield paragraphs and tables in their order, whatever wraps them."""
    if depth > _DEEPEST:
        raise Refused("nested-too-deep")
    for child in element:
        tag = tag_of(child)
        if tag in ("p", "tbl"):
            yield child
        elif tag not in _SKIPPED and tag != "tcPr":
            yield from _blocks(child, depth + 1)


def _text(paragraph: Element) -> str:
    """Return the visible text of a paragraph; deleted text, hidden text and field codes are none."""
    return "".join(piece.text for piece in _pieces(paragraph))


def _pieces(paragraph: Element) -> Iterator[Piece]:
    """Yield the visible text of a paragraph, each run's with what makes it stand apart."""
    waiting = [(paragraph, _PLAIN)]
    while waiting:
        element, look = waiting.pop()
        tag = tag_of(element)
        if tag in _SKIPPED:
            continue
        if tag == "r":
            marks = [
                one for child in element if tag_of(child) == "rPr" for one in child if tag_of(one) in _MARKS
            ]
            if marks and _is_on(marks, "vanish", "webHidden"):
                continue
            look = _look(marks) if marks else _PLAIN
        if tag == "t":
            yield Piece(element.text or "") if look is _PLAIN else look._replace(text=element.text or "")
        elif tag in ("tab", "br", "cr"):
            yield look._replace(text=" " if tag == "tab" else "\n")
        elif tag == "noBreakHyphen":
            yield look._replace(text="-")
        waiting.extend((child, look) for child in reversed(element))


def _look(properties: Sequence[Element]) -> Piece:
    """Return what a run's properties make of its text: raised, lowered, struck out or white."""
    is_raised = any(
        tag_of(one) in ("vertAlign", "position") and _value(one) not in ("baseline", "0")
        for one in properties
    )
    return Piece("", is_raised, _is_on(properties, "strike", "dstrike"), is_white(properties))


def _is_on(properties: Sequence[Element], *names: str) -> bool:
    return any(tag_of(one) in names and _value(one) not in _NO for one in properties)


def _value(element: Element) -> str:
    return next((value for name, value in element.attrib.items() if name.endswith("}val")), "")
