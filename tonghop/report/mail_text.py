"""The mail in plain text: the same parts, aligned for a fixed-width reader and sound without one."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Sequence

from tonghop.report.headlines import Headline
from tonghop.report.lists import Below, Changes, Remarks
from tonghop.report.notices import Notice
from tonghop.report.tables import Cell, Row, Table
from tonghop.report.view import View
from tonghop.words import say

WIDTH = 76
_INDENT = "    "


def text_of(view: View, trace: Sequence[str], legend: str) -> str:
    """Return the mail as plain text, its paragraphs folded at 76 characters, its tables aligned."""
    opening = view.opening
    parts = [
        wrapped(opening.first_words),
        wrapped(f"{opening.title}. {opening.day}. {view.sender}."),
        section(say("report.results"), map(_headline, view.headlines)),
        *map(_notice, view.notices),
        _changes(view.changes),
        *map(_table, view.tables),
        section(say("report.below"), map(_below, view.below)),
        _findings(view.findings),
        section(say("report.trace"), map(wrapped, (*trace, *view.closing, legend))),
        f"{say('report.closing')}\n{view.sender}",
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def wrapped(text: str, indent: str = "") -> str:
    """Return a paragraph folded at the width, later lines indented."""
    return textwrap.fill(
        text, WIDTH, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False
    )


def section(title: str, parts: Iterable[str]) -> str:
    """Return the parts under a title in capitals; empty where there are none."""
    body = [part for part in parts if part]
    return "\n".join((title.upper(), *body)) if body else ""


def aligned(rows: Sequence[Sequence[str]]) -> list[str]:
    """Return rows as lines: the first column to the left, the others to the right, as wide as needed."""
    if not rows:
        return []
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    return [
        "  ".join(
            text.ljust(width) if column == 0 else text.rjust(width)
            for column, (text, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    ]


def _notice(notice: Notice) -> str:
    title = f"{notice.mark} {notice.title}"
    items = [wrapped(f"  {item}.", _INDENT) for item in notice.items]
    head = wrapped(f"{title}:" if items else title, _INDENT)
    return "\n".join((head, *items, *([wrapped(f"  {notice.why}", "  ")] if notice.why else [])))


def _headline(one: Headline) -> str:
    note = f" ({one.note})" if one.note else ""
    lines = [wrapped(f"- {one.title}: {one.percent} ({one.people}); {one.change}{note}.", "  ")]
    if one.target:
        lines.append(wrapped(f"  {one.target}: {one.gap}.", "  "))
    return "\n".join(lines)


def _changes(changes: Changes) -> str:
    if not changes.units:
        return ""
    rows: list[tuple[str, ...]] = [changes.columns]
    for unit in changes.units:
        rows += [(unit.name, "", ""), *((f"  {title}", old, new) for title, old, new in unit.figures)]
    causes = [wrapped(f"{unit.name}: {cause}.", "  ") for unit in changes.units for cause in unit.causes]
    return section(changes.title, (*aligned(rows), *causes, changes.more))


def _table(table: Table) -> str:
    numbered = [f"({place})" for place in range(1, len(table.columns) + 1)]
    keys = "; ".join(f"{sign} {title}" for sign, title in zip(numbered, table.columns, strict=True))
    rows: list[tuple[str, ...]] = [(say("report.unit"), *numbered)]
    if table.total:
        rows += _unit(table.total)
    for row in table.rows:
        rows += _unit(row)
    lines = aligned(rows)
    if table.omitted:
        lines.append(wrapped(f"… {say('report.omitted', count=table.omitted)}"))
    lead = wrapped(f"{table.ranked_by} {keys}.") if table.columns else ""  # units without a rate have no rank
    return section(table.title, (lead, *lines, wrapped(table.note)))


def _unit(row: Row) -> list[tuple[str, ...]]:
    note = f"; {row.note}" if row.note else ""
    return [
        (f"{row.rank:>3} {row.name}".rstrip(), *(_share(cell) for cell in row.cells)),
        (f"{_INDENT}{row.mark} {row.state}{note}", *(_people(cell) for cell in row.cells)),
    ]


def _share(cell: Cell) -> str:
    return f"{cell.change}  {cell.percent:>7}" if cell.change else cell.percent


def _people(cell: Cell) -> str:
    return f"{cell.people}/{cell.total}" if cell.people else ""


def _below(one: Below) -> str:
    head = (say("report.unit"), say("report.rate"), say("report.gap_people"))
    rows = aligned([head, *one.rows]) if one.rows else []
    return "\n".join(
        filter(None, (wrapped(f"{one.title}."), *(f"  {row}" for row in rows), wrapped(one.more)))
    )


def _findings(remarks: Remarks) -> str:
    lines = (wrapped(f"- {r.severity} · {r.unit}: {r.message} ({r.place})", "  ") for r in remarks.rows)
    return section(say("report.findings"), (*lines, remarks.more))
