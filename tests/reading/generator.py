"""Submissions put together at random from layouts, encodings, spellings and habits, with the truth they tell.

Every choice is one a careful person reads without asking; what only the sender can know is not made here.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random

from tests.reading import spellings as say
from tests.reading import writers as write
from tests.reading.places import DAY, INDICATORS
from tests.reading.writers import Page
from tonghop.domain.units import Unit, UnitTree

Truth = dict[str, dict[str, int]]
RATES = {
    "installs_per_population": ("installs", "population"),
    "staff_installed": ("staff_installs", "staff"),
}


@dataclass
class Submission:
    """A made submission: what is handed in, and what a careful person reads from it."""

    name: str
    content: bytes
    truth: Truth
    branch: str | None
    how: str


@dataclass
class Sheet:
    """A sheet under construction: titles, the table below them, lines after it."""

    titles: list[list[object]]
    table: list[list[object]]
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    after: list[list[object]] = field(default_factory=list)

    def page(self, name: str) -> Page:
        """Return the sheet with its merges where they come to stand."""
        down = len(self.titles)
        merges = [(r0 + down, c0, r1 + down, c1) for r0, c0, r1, c1 in self.merges]
        return Page([*self.titles, *self.table, *self.after], name, merges)


def make(seed: int, tree: UnitTree) -> Submission:
    """Return the submission of a seed."""
    return _Maker(Random(seed), tree).make()


class _Maker:
    def __init__(self, random: Random, tree: UnitTree) -> None:
        self.random, self.tree = random, tree
        leaves = [u for u in tree.units if tree.is_leaf(u.code) and u.code.isdigit()]
        self.many = random.random() < 0.3
        parent = random.choice([u for u in tree.units if any(c in leaves for c in tree.children(u.code))])
        own = [u for u in tree.children(parent.code) if u in leaves]
        self.units = (
            random.sample(own, random.randint(2, len(own)))
            if self.many and len(own) > 1
            else [random.choice(own)]
        )
        self.parent = parent
        self.truth: Truth = {unit.code: self._counts() for unit in self.units}
        self.legacy = random.choice(["", "", "", "", "", "nfd", "tcvn3", "vni", "wrong-page"])
        self.counts_as = random.choice(
            ["number", "number", "number", "text", "dots", "spaces", "nbsp", "people", "zeros", "float"]
        )
        self.percents_as = random.choice(["comma", "comma", "dot", "bare", "number"])
        self.staff = random.random() < 0.8
        self.codes = [c for c in INDICATORS if self.staff or not c.startswith("staff")]
        if not self.staff:
            self.truth = {
                u: {c: v for c, v in counts.items() if c in self.codes} for u, counts in self.truth.items()
            }
        self.day_at = random.choice(
            ["title", "title", "title", "cell", "sheet", "name", "subject", "date", "nowhere"]
        )
        self.unit_at = (
            "row"
            if len(self.units) > 1
            else random.choice(["row", "row", "row", "title", "cell", "name", "branch"])
        )
        self.how: list[str] = []

    def _counts(self) -> dict[str, int]:
        population = self.random.randint(300, 20_000)
        phones = self.random.randint(100, population)
        staff = self.random.randint(5, 1_500)
        return {
            "population": population, "smartphone_users": phones, "installs": self.random.randint(0, phones),
            "staff": staff, "staff_installs": self.random.randint(0, staff),
        }  # fmt: skip

    def make(self) -> Submission:
        """Return the finished submission."""
        layout: Callable[[], Sheet] = self.random.choice(
            [self._down, self._down, self._grouped, self._across]
        )
        sheet = layout()
        sheet.titles = self._titles()
        sheet.after = self._after()
        name, content = self._written(sheet)
        how = " ".join(
            [
                layout.__name__,
                self.day_at,
                self.unit_at,
                self.counts_as,
                self.percents_as,
                self.legacy,
                *self.how,
            ]
        )
        branch = (
            self.units[0].code if self.unit_at == "branch" else self.random.choice([None, self.parent.code])
        )
        if len(self.units) == 1 and self._repeats(self.units[0]) and branch is None:
            branch = self.parent.code
        return Submission(name, content, self.truth, branch, how)

    def _repeats(self, unit: Unit) -> bool:
        bare = unit.name.split(" ", 1)[1]
        return sum(bare in other.name for other in self.tree.units) > 1

    def _heading(self, means: str) -> str:
        text = self.random.choice(say.HEADINGS[means])
        if self.random.random() < 0.03 and not self.legacy:
            self.how.append("slip")
            return say.slip(text, self.random)
        return say.unaccented_text(text) if self.random.random() < 0.03 and not self.legacy else text

    def _rate_codes(self) -> list[str]:
        return [r for r, (n, d) in RATES.items() if {n, d} <= set(self.codes) and self.random.random() < 0.7]

    def _label(self, unit: Unit) -> str:
        if self._repeats(unit):
            return unit.name
        return say.unit_label(unit.name, unit.code, self.random, bool(self.legacy))

    def _value(self, unit: Unit, means: str) -> object:
        counts = self.truth[unit.code]
        if means in counts:
            return say.count_as(counts[means], self.counts_as)
        if means in RATES:
            numerator, denominator = RATES[means]
            return say.percent_as(counts[numerator] / max(counts[denominator], 1), self.percents_as)
        if means == "unit":
            return self._label(unit)
        return self.random.choice(["", "", "không phát sinh", "-"]) if means == "note" else ""

    def _down(self) -> Sheet:
        """Return units down, indicators across, one header row."""
        columns = [*self.codes, *self._rate_codes()]
        if self.random.random() < 0.25:
            self.random.shuffle(columns)
            self.how.append("shuffled")
            columns = [c for c in columns if c not in RATES]
        front = ["ordinal"] * (self.random.random() < 0.8) + ["unit"] * (self.unit_at == "row")
        columns = [*front, *columns]
        strange = {}
        if self.random.random() < 0.25:
            at = self.random.randint(len(front), len(columns))
            columns.insert(at, "strange")
            strange = {"strange": self.random.choice(say.STRANGE)}
        if self.random.random() < 0.6:
            columns.append("note")
        header: list[object] = [strange.get(c) or self._heading(c) for c in columns]
        table = [header]
        if self.random.random() < 0.3:
            table.append(self._number_row(len(columns)))
        return Sheet([], [*table, *self._lines(columns)])

    def _number_row(self, width: int) -> list[object]:
        form = self.random.choice(["{}", "({})", ""])
        return [form.format(i) if form else i for i in range(1, width + 1)]

    def _lines(self, columns: list[str]) -> list[list[object]]:
        lines = []
        for i, unit in enumerate(self.units, start=1):
            row = [self._value(unit, c) for c in columns]
            if "ordinal" in columns:
                row[columns.index("ordinal")] = i
            if "strange" in columns:
                row[columns.index("strange")] = self.random.choice(["", 7, 12, "x"])
            lines.append(row)
        if len(self.units) > 1:
            if self.random.random() < 0.15:
                lines.insert(self.random.randint(1, len(lines)), [""] * len(columns))
            if self.random.random() < 0.7:
                lines.append(self._total(columns))
        return lines

    def _total(self, columns: list[str]) -> list[object]:
        row: list[object] = []
        for c in columns:
            known = [counts[c] for counts in self.truth.values() if c in counts]
            row.append(say.count_as(sum(known), self.counts_as) if known else "")
        row[self.random.choice([0, columns.index("unit")])] = self.random.choice(say.TOTALS)
        return row

    def _grouped(self) -> Sheet:
        """Return units down under a merged header of two rows."""
        rates = [r for r in RATES if {*RATES[r]} <= set(self.codes) and self.random.random() < 0.6]
        people = [
            c
            for c in (*self.codes, *rates)
            if c in ("population", "smartphone_users", "installs", "installs_per_population")
        ]
        staff = [c for c in (*self.codes, *rates) if c.startswith("staff")]
        people = [c for c in say.GROUPED if c in people]
        staff = [c for c in say.GROUPED if c in staff]
        front = ["ordinal", "unit"] if self.unit_at == "row" else ["ordinal"]
        columns = [*front, *people, *staff, "note"]
        top: list[object] = [self._heading(c) for c in front]
        bottom: list[object] = [""] * len(front)
        merges = [(0, i, 1, i) for i in range(len(front))]
        for group, names in zip((people, staff), say.GROUPS, strict=True):
            if group:
                merges.append((0, len(top), 0, len(top) + len(group) - 1)) if len(group) > 1 else None
                top += [self.random.choice(names), *[""] * (len(group) - 1)]
                bottom += [self.random.choice(say.GROUPED[c]) for c in group]
        merges.append((0, len(top), 1, len(top)))
        top.append(self._heading("note"))
        bottom.append("")
        table = [top, bottom]
        if self.random.random() < 0.4:
            table.append(self._number_row(len(columns)))
        return Sheet([], [*table, *self._lines(columns)], merges if self.random.random() < 0.8 else [])

    def _across(self) -> Sheet:
        """Return indicators down: one column of figures, or one for each unit."""
        with_measure = self.random.random() < 0.5
        head: list[object] = [
            self.random.choice(["STT", "TT"]),
            self.random.choice(["Chỉ tiêu", "Nội dung", "Tên chỉ tiêu"]),
        ]
        head += ["Đơn vị tính"] * with_measure
        if self.unit_at == "row" and len(self.units) == 1:
            self.unit_at = "title"
        head += (
            [self._label(u) for u in self.units]
            if len(self.units) > 1
            else [self.random.choice(["Số liệu", "Kết quả", "Số lượng"])]
        )
        rows = [head]
        for i, code in enumerate(self.codes, start=1):
            row: list[object] = [i, self._heading(code)]
            row += ["người"] * with_measure
            row += [self._value(unit, code) for unit in self.units]
            rows.append(row)
        return Sheet([], rows)

    def _titles(self) -> list[list[object]]:
        lines: list[list[object]] = []
        if self.random.random() < 0.6:
            lines.append(
                [
                    self.random.choice(
                        [
                            "ỦY BAN NHÂN DÂN XÃ",
                            f"UBND {self.parent.name.upper()}",
                            "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
                        ]
                    )
                ]
            )
        if self.random.random() < 0.6:
            lines.append(["BÁO CÁO KẾT QUẢ CÀI ĐẶT ỨNG DỤNG BLUEZONE"])
        if self.random.random() < 0.3:
            lines.append(["(Kèm theo Công văn số 2577/UBND-VHTT ngày 10/8/2020)"])
        if self.unit_at == "title":
            lines.append(
                [
                    self.random.choice(
                        [
                            f"UBND {self.units[0].name}",
                            f"Đơn vị: {self.units[0].name}",
                            f"Đơn vị báo cáo: {self.units[0].name}",
                        ]
                    )
                ]
            )
        if self.unit_at == "cell":
            lines.append(
                [self.random.choice(["Đơn vị báo cáo:", "Đơn vị:", "Tên đơn vị"]), self.units[0].name]
            )
        if self.day_at == "title":
            lines.append([say.title_of(DAY, self.random)])
        if self.day_at == "cell":
            lines.append(
                [
                    self.random.choice(["Ngày báo cáo:", "Ngày:", "Số liệu ngày"]),
                    self.random.choice(["18/08/2020", "18/8/2020", "18-8", "ngày 18 tháng 8 năm 2020"]),
                ]
            )
        if self.day_at == "date":
            lines.append(["Ngày báo cáo:", DAY])
        return [*lines, *([[]] * self.random.randint(0, 2))]

    def _after(self) -> list[list[object]]:
        if self.random.random() < 0.5:
            return []
        place = [f"Đức Huệ, ngày {DAY.day} tháng {DAY.month} năm {DAY.year}"]
        return [[], *([place] if self.random.random() < 0.5 else []), *self.random.sample(say.SIGNATURES, 3)]

    def _encoded(self, page: Page) -> Page:
        change = {"tcvn3": say.in_tcvn3, "vni": say.in_vni, "wrong-page": say.as_wrong_page, "nfd": _nfd}.get(
            self.legacy
        )
        if change is None:
            return page
        rows = [[change(v) if isinstance(v, str) else v for v in row] for row in page.rows]
        return Page(rows, page.name, page.merges)

    def _written(self, sheet: Sheet) -> tuple[str, bytes]:
        sheet_name = (
            say.day_in_name(DAY, self.random)
            if self.day_at == "sheet"
            else self.random.choice(["BC", "Sheet1", "Báo cáo"])
        )
        page = self._encoded(sheet.page(sheet_name.replace("/", "-")))
        stem = "BC Bluezone"
        if self.unit_at == "name":
            stem += " " + self.random.choice(
                [self.units[0].name, say.unaccented_text(self.units[0].name), self.units[0].code]
            )
        if self.day_at == "name":
            stem += " " + say.day_in_name(DAY, self.random)
        subject = "Báo cáo Bluezone" + (
            " " + say.day_in_name(DAY, self.random) if self.day_at == "subject" else ""
        )
        suffix, content = self._container(page)
        self.how.append(suffix)
        wrapping = self.random.random()
        if self.day_at == "subject" or wrapping < 0.15:
            message = write.as_message(subject, attachments=[(stem + suffix, content)])
            if self.random.random() < 0.3:
                message = (
                    write.forwarded("Fwd: BC", message)
                    if self.day_at != "subject"
                    else write.forwarded("Fwd: " + subject, message)
                )
            return "message.eml", message.as_bytes()
        if wrapping < 0.25:
            pack = self.random.choice([write.as_zip, write.as_7z])
            return "bc.zip", pack([(stem + suffix, content)])
        return stem + suffix, content

    def _container(self, page: Page) -> tuple[str, bytes]:
        pages = [page]
        kind = self.random.choice(["xlsx", "xlsx", "xlsx", "xls", "xls", "ods", "csv", "docx", "html"])
        if self.day_at == "date" and kind in ("ods", "csv", "docx", "html", "xls"):
            kind = "xlsx"
        if self.day_at == "sheet" and kind not in ("xlsx", "xls", "ods"):
            kind = "xlsx"
        if kind == "ods" and self.legacy == "wrong-page":
            kind = "xls"  # XML has no place for half of these letters
        if kind == "xlsx" and self.random.random() < 0.2:
            old = Page(
                [["Số cũ"], ["Đơn vị", "Dân số", "Số người đã cài đặt"], [self.units[0].name, 1, 2]],
                "cũ",
                hidden=True,
            )
            pages = [old, page]
        if kind == "xlsx":
            return ".xlsx", write.as_xlsx(pages)
        if kind == "xls":
            return ".xls", write.as_xls(pages)
        if kind == "ods":
            return ".ods", write.as_ods(pages)
        if kind == "docx":
            return ".docx", write.as_docx(_body(page), _lines_before(page))
        if kind == "html":
            return ".xls", write.as_html(_body(page), _lines_before(page)).encode("utf-8")
        encoding = (
            "utf-8"
            if self.legacy == "nfd"
            else "latin-1"
            if self.legacy in ("tcvn3", "vni")
            else self.random.choice(["utf-8-sig", "utf-8", "utf-16", "cp1258"])
        )
        encoding = "utf-8" if self.legacy == "wrong-page" else encoding
        return ".csv", write.as_csv(Page(page.rows), self.random.choice([";", "\t", ","]), encoding)


def _nfd(text: str) -> str:
    import unicodedata

    return unicodedata.normalize("NFD", text).replace("Đ", "Ð")


def _table_starts(page: Page) -> int:
    return next((i for i, row in enumerate(page.rows) if sum(v != "" for v in row) >= 3), 0)


def _lines_before(page: Page) -> list[str]:
    return [" ".join(str(v) for v in row) for row in page.rows[: _table_starts(page)] if row]


def _body(page: Page) -> Page:
    down = _table_starts(page)
    width = max(len(row) for row in page.rows)
    rows = [[*row, *[""] * (width - len(row))] for row in page.rows[down:] if row]
    return Page(rows, page.name, [(r0 - down, c0, r1 - down, c1) for r0, c0, r1, c1 in page.merges])
