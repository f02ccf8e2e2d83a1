"""Tables of HTML: message bodies, and the "xls" files that web systems write as HTML."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

from tonghop.reading.containers.marks import Piece
from tonghop.reading.containers.model import Refused
from tonghop.reading.containers.quoted import starts_older
from tonghop.reading.containers.tables_of import Layout
from tonghop.reading.containers.unseen import Styles, is_blank, is_coloured, is_gone, is_white
from tonghop.reading.containers.wholes import whole
from tonghop.reading.grid import Grid
from tonghop.reading.limits import Limits

_LONGEST, _MOST_TAGS = 8 * 1024 * 1024, 400_000
_SILENT = frozenset({"script", "style", "title", "template", "noscript", "o:p"})
_BLOCKS = frozenset(
    {"p", "div", "br", "li", "h1", "h2", "h3", "h4", "h5", "h6", "tr", "table", "ul", "ol", "hr"}
)
_QUOTE_MARKS = re.compile(r"gmail_quote|divRplyFwdMsg|moz-cite-prefix|yahoo_quoted|WordSection2")
# Where programs put the older message below a mark of its own, all that follows is quoted.
_OLDER_BELOW = re.compile(r"divRplyFwdMsg|zwchr|__DIVIDER__|__QUOTED_TEXT__|yahoo_quoted")
_RAISED, _STRUCK = frozenset({"sup", "sub"}), frozenset({"del", "s", "strike"})
_RAISED_BY_STYLE = re.compile(r"vertical-align\s*:\s*(?:super|sub)\b", re.I)
_STRUCK_BY_STYLE = re.compile(r"\bline-through\b", re.I)
_VOID = frozenset({"br", "hr", "img", "input", "meta", "link", "col", "area", "base", "wbr"})
_OF_TABLES = frozenset({"table", "thead", "tbody", "tfoot", "tr", "td", "th"})
_MOST_OPEN = 60
_MOST_LINKS, _LONGEST_LINK = 100, 500
_MOST_UNENDED = 6  # tags; each is met twice, while the page is read and at its end
# Comments and declarations hold nothing to see, and unclosed ones cost the parser quadratic time.
_STYLE_TAG = re.compile(r"</?style\b[^>]{0,500}>?", re.I)
_TABLE, _TABLE_END = re.compile(r"<table\b", re.I), re.compile(r"</table\s{0,20}>", re.I)
_NUMBER = re.compile(r"\d{1,3}(?:[., ]?\d{3}){0,2}")
_ASIDE = re.compile(r"<!--.*?(?:-->|\Z)|<[!?][^>]*>?", re.DOTALL)
# Only these: in text of a wrong code page other "spaces" are halves of letters.
_FOLDED = re.compile(r"[ \t\r\n\f]+")


@dataclass(slots=True)
class Page:
    """The tables of an HTML text, its running text, what of that is no quoted history, and where that leads to.

    ``is_cut_off``: it ends within a table of numbers that is no quoted one, so that lines of it may be missing.
    """

    grids: tuple[Grid, ...]
    prose: list[str] = field(default_factory=list)
    own: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    is_cut_off: bool = False


def read_html(name: str, html: str, limits: Limits, first_number: int = 1) -> Page:
    """Return the tables of an HTML text, those in quoted history marked. Raises ``Refused``."""
    if len(html) > _LONGEST:
        raise Refused("file-too-large", limit=f"{_LONGEST // 2**20} MB")
    if html.count("<") > _MOST_TAGS:
        raise Refused("file-too-large", limit=str(_MOST_TAGS), sentence="tags")
    parser = _Parser(name, limits, first_number)
    for sheet in _style_sheets(html):
        parser.styles.add(sheet)
    shown = _ASIDE.sub(" ", html)
    parser.feed(shown)
    parser.close()
    page = parser.page()
    # What nobody sees may have hidden the end of a table from us.
    page.is_cut_off &= len(_TABLE.findall(shown)) > len(_TABLE_END.findall(shown))
    return page


def _style_sheets(html: str) -> Iterator[str]:
    """Yield what stands between style tags, the comments around it included."""
    start = -1
    for tag in _STYLE_TAG.finditer(html):
        if start < 0 and not tag.group().startswith("</"):
            start = tag.end()
        elif start >= 0 and tag.group().startswith("</"):
            yield html[start : tag.start()]
            start = -1


class _Parser(HTMLParser):
    def __init__(self, name: str, limits: Limits, first_number: int) -> None:
        super().__init__(convert_charrefs=True)
        self._name, self._limits, self._number = name, limits, first_number
        self._open: list[_Table] = []
        self._done: list[tuple[int, Grid]] = []
        self._line: list[str] = []
        self._prose: list[str] = []
        self._own: list[str] = []
        self._links: list[str] = []
        self.styles = Styles()
        self._silent = 0
        self._quotes: list[str] = []
        self._looks: list[tuple[str, Piece]] = []
        self._is_older = False
        self._unended = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        style = self.styles.of(values)
        if self._silent or tag in _SILENT or (self._is_unseen(tag, style, values) and tag not in _VOID):
            self._silent += tag not in _VOID
            return
        self._follow_quotes(tag, values)
        if tag == "table":
            self._start_table(style, values)
        elif self._open and tag in ("tr", "td", "th"):
            self._start_cell(tag, style, values)
        elif tag in _BLOCKS:
            self._break()
        elif tag == "a" and len(self._links) < _MOST_LINKS and not self._is_quoted():
            self._links.append(values.get("href", "")[:_LONGEST_LINK])
        if self._open and tag not in _VOID:
            self._follow_looks(tag, style, values)

    def _is_unseen(self, tag: str, style: str, values: dict[str, str]) -> bool:
        """Return whether an element is left out: inside a table only what takes no room, or columns would shift."""
        return is_gone(style, values) or (not self._open and tag not in _OF_TABLES and is_blank(style))

    def _follow_looks(self, tag: str, style: str, values: dict[str, str]) -> None:
        """Follow which part of a cell is raised, struck out or not to be seen; a cell or row may be as a whole."""
        if tag in ("tr", "td", "th"):
            self._looks.clear()
            return
        outer = self._looks[-1][1] if self._looks else Piece("")
        is_raised = tag in _RAISED or _RAISED_BY_STYLE.search(style) is not None
        is_struck = tag in _STRUCK or _STRUCK_BY_STYLE.search(style) is not None or is_blank(style)
        is_struck |= self._open[-1].hides(style, values)
        if (is_raised or is_struck or self._looks) and len(self._looks) < _MOST_OPEN:
            self._looks.append((tag, Piece("", outer.is_raised or is_raised, outer.is_struck or is_struck)))

    def _follow_quotes(self, tag: str, values: dict[str, str]) -> None:
        names = f"{values.get('class', '')} {values.get('id', '')} {values.get('data-marker', '')}"
        self._is_older |= _OLDER_BELOW.search(names) is not None
        if tag not in _VOID and (
            tag == "blockquote" or _QUOTE_MARKS.search(names) or (self._quotes and tag == self._quotes[-1])
        ):
            self._quotes.append(tag)

    def _start_table(self, style: str, values: dict[str, str]) -> None:
        if len(self._open) >= _MOST_OPEN or self._number > self._limits.sheets:
            raise Refused("nested-too-deep")
        self._break()
        above = [] if self._open else self._prose[-40:]
        made = _Table(Layout(self._limits), self._number, tuple(above), self._is_quoted())
        made.is_on_colour = [is_coloured(style, values), False, False]
        made.is_struck_table = is_blank(style) or made.hides(style, values)
        self._open.append(made)
        self._number += 1

    def _is_quoted(self) -> bool:
        return bool(self._quotes) or self._is_older

    def _start_cell(self, tag: str, style: str, values: dict[str, str]) -> None:
        table = self._open[-1]
        table.close_cell()
        is_row = tag == "tr"
        table.is_on_colour[1 if is_row else 2 :] = [is_coloured(style, values), False][: 2 if is_row else 1]
        is_struck = (
            _STRUCK_BY_STYLE.search(style) is not None or is_blank(style) or table.hides(style, values)
        )
        if is_row:
            table.layout.new_row()
            table.is_struck_row = is_struck or table.is_struck_table
        else:
            table.cell = []
            table.is_struck = is_struck or table.is_struck_row
            table.span = (_span(values.get("colspan", "")), _span(values.get("rowspan", "")))

    def handle_endtag(self, tag: str) -> None:
        if self._silent:
            self._silent -= tag not in _VOID
            return
        if self._quotes and tag == self._quotes[-1]:
            self._quotes.pop()
        while self._looks and any(tag == opened for opened, _ in self._looks):
            if self._looks.pop()[0] == tag:
                break
        if tag == "table" and self._open:
            self._end_table()
        elif tag in ("td", "th") and self._open:
            self._open[-1].close_cell()
        elif tag in _BLOCKS:
            self._break()

    def _end_table(self) -> None:
        table = self._open.pop()
        table.close_cell()
        if table.layout.rows:
            self._done.append((table.number, table.grid(self._name)))

    def handle_data(self, data: str) -> None:
        if self._silent:
            return
        if self._open:
            if self._open[-1].cell is not None:
                look = self._looks[-1][1] if self._looks else Piece("")
                look = look._replace(text=data, is_struck=look.is_struck or self._open[-1].is_struck)
                self._open[-1].cell.append(look)
        else:
            self._line.append(data)

    def _break(self) -> None:
        if self._open:
            if self._open[-1].cell is not None:
                self._open[-1].cell.append(Piece("\n"))
            return
        text = _FOLDED.sub(" ", "".join(self._line)).strip(" ")
        if text:
            self._prose.append(text)
            self._is_older |= starts_older(self._prose[-3:])
            if not self._is_quoted():
                self._own.append(text)
        self._line.clear()

    def parse_starttag(self, i: int) -> int:
        """Return where the tag that begins at ``i`` ends, as the library has it: -1 where it does not."""
        return self._ended(super().parse_starttag(i))

    def parse_endtag(self, i: int) -> int:
        """Return the same of a closing tag."""
        return self._ended(super().parse_endtag(i))

    def _ended(self, end: int) -> int:
        """Count a tag without an end, which the library seeks to the end of the page, from each of its places anew.

        Where a page was cut off there is one. Raises ``Refused`` where there are more.
        """
        self._unended += end < 0
        if self._unended > _MOST_UNENDED:
            raise Refused("damaged-file")
        return end

    def page(self) -> Page:
        """Return what was found; tables nobody closed are closed at the end."""
        is_cut_off = any(table.has_numbers for table in self._open if not table.is_quoted)
        while self._open:
            self._end_table()
        self._break()
        return Page(
            tuple(grid for _, grid in sorted(self._done, key=lambda one: one[0])),
            self._prose,
            self._own,
            self._links,
            is_cut_off,
        )


@dataclass(slots=True)
class _Table:
    layout: Layout
    number: int
    above: tuple[str, ...]
    is_quoted: bool
    cell: list[Piece] | None = None
    span: tuple[int, int] = (1, 1)
    is_struck: bool = False
    is_struck_row: bool = False
    is_struck_table: bool = False
    is_on_colour: list[bool] = field(default_factory=list)

    def hides(self, style: str, values: dict[str, str]) -> bool:
        """Return whether an element of it writes in white on white."""
        in_white = is_white(style) or values.get("color", "").lower() in ("white", "#ffffff", "#fff")
        return in_white and not (any(self.is_on_colour) or is_coloured(style, values))

    def close_cell(self) -> None:
        """Put the cell that is open, if any, into the layout."""
        if self.cell is not None:
            text = "".join(piece.text for piece in self.cell)
            self.layout.add(_FOLDED.sub(" ", text).strip(" "), *self.span)
            self.layout.mark(self.cell)
            self.cell = None

    @property
    def has_numbers(self) -> bool:
        """Return whether a cell, that being written included, is a number as tables of people have it."""
        open_cell = "".join(piece.text for piece in self.cell or ())
        cells = [value for row in self.layout.rows for value in row if isinstance(value, str)]
        return any(_NUMBER.fullmatch(value.strip()) for value in (*cells, open_cell))

    def grid(self, name: str) -> Grid:
        """Return the finished table."""
        return self.layout.grid(name, self.number, self.above, self.is_quoted)


def _span(text: str) -> int:
    span = whole(text, 1)
    return span if span < 10_000 else 1
