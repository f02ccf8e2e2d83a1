"""What taking in 1.000 clean workbooks from a folder costs, beside only reading them with python-calamine.

The floor opens each file and reads its sheet in this one process. The intake is the whole sentence: look into
the folder, keep each file durably, record it, read it behind the guards in the sandbox, judge, record entries.
Imports are paid before either is measured. Prints wall seconds, the ratio, and where the time goes.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from pathlib import Path

import xlsxwriter

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))
FILES = int(os.environ.get("FILES", "1000"))
DAY = date(2020, 8, 18)
# Kinds of workbook, and how many entries one holds.
KINDS = {"21 rows and 16 columns": 1, "one row": 1, "15 units": 15}
HEADINGS = (
    "TT",
    "Đơn vị",
    "Dân số",
    "Số người dùng điện thoại thông minh",
    "Số người đã cài đặt (lũy kế)",
    "Tỷ lệ/dân số",
    "Tỷ lệ so với số người dùng điện thoại thông minh",
    "Tổng số CBCCVC, NLĐ",
    "Số CBCCVC, NLĐ đã cài đặt",
    "Tỷ lệ CBCCVC, NLĐ đã cài đặt",
    "Lũy kế hôm trước",
    "Tăng trong ngày",
    "Chưa cài đặt",
    "Kế hoạch giao",
    "Số hộ",
    "Ghi chú",
)


def main() -> None:
    """Measure and print, each kind of workbook in a process of its own."""
    if len(sys.argv) > 1:
        _measure(sys.argv[1])
        return
    for kind in KINDS:
        subprocess.run([sys.executable, __file__, kind], check=True)


def _measure(kind: str) -> None:
    from tests.flows import world

    with tempfile.TemporaryDirectory() as folder:
        district = world.District(Path(folder) / "district", "", zygote=None)  # type: ignore[arg-type]
        _many(district, kind)
        os.environ.update(district.settings())
        import expectations.judging  # noqa: F401 - paid before, as the floor's imports are
        from flows.intake import take_in
        from tasks.begin import begin

        floor = _only_read(district.shared)
        occasion = begin("tan-chau", DAY, datetime(2020, 8, 18, 7, 40, tzinfo=UTC))
        steps: dict[str, float] = {}
        _time_steps(steps)
        began = time.perf_counter()
        came = take_in(occasion)
        whole = time.perf_counter() - began
        accepted = sum(
            state.value == "accepted" for one in came.judged for state in map(one.state_of, one.entries)
        )
        if (came.new, accepted) != (FILES, FILES * KINDS[kind]) or any(one.findings for one in came.judged):
            raise SystemExit(f"{came.new} taken in, {accepted} accepted, of {FILES}: nothing to compare")
        size = sum(path.stat().st_size for path in district.shared.rglob("*.xlsx")) / FILES / 1000
    print(
        f"{FILES} workbooks, {kind} ({size:.1f} KB): only reading {floor:.2f} s, "
        f"the whole intake {whole:.2f} s (ratio {whole / floor:.1f})"
    )
    for name, seconds in steps.items():
        print(f"  {name}: {seconds:.2f} s (ratio {seconds / floor:.1f})")


def _many(district: object, kind: str) -> None:
    from tests.flows import world

    assert isinstance(district, world.District)
    register = world.UNITS.splitlines()[:2]
    for number in range(FILES):
        code, name = f"9{number:05d}", f"Xã Tân Lập {5000 + number}"
        if kind == "15 units":
            register.append(f"{code},Huyện Phú Lập {5000 + number},district,901,2000-01-01,,no,,")
            names = [f"Xã Tân Lập {10000 + number * 15 + i}" for i in range(15)]
            register += [
                f"{code}{i:02d},{one},commune,{code},2000-01-01,,yes,," for i, one in enumerate(names)
            ]
            _sheet(
                district,
                f"Huyện Phú Lập {5000 + number}",
                [(one, _figures(i)) for i, one in enumerate(names)],
            )
            continue
        register.append(f"{code},{name},commune,901,2000-01-01,,yes,,")
        if kind == "one row":
            world.NAMES[code], world.FIGURES[code] = name, _figures(number)
            district.send(code)
        else:
            _sheet(district, name, [(name, _figures(number))])
    (district.home / "campaigns" / "tan-chau" / "units.csv").write_text(
        "\n".join(register) + "\n", encoding="utf-8"
    )


def _figures(number: int) -> tuple[int, int, int, int, int]:
    """Return people, smartphone users, installs, staff, staff with the app."""
    return 5000 + number, 2500, 400 + number % 700, 90, 60


def _sheet(district: object, sender: str, units: Sequence[tuple[str, Sequence[int]]]) -> None:
    """Write a workbook of 21 rows and 16 columns: titles, header, units, their total, what the columns count."""
    from tests.flows import world

    assert isinstance(district, world.District)
    path = district.shared / sender / "BC 18-8.xlsx"
    path.parent.mkdir()
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet("BC")
    sheet.write(0, 0, f"ỦY BAN NHÂN DÂN {sender.upper()}")
    sheet.write(1, 0, "BÁO CÁO KẾT QUẢ CÀI ĐẶT ỨNG DỤNG BLUEZONE")
    sheet.write(2, 0, "Tính đến ngày 18/8/2020")
    sheet.write_row(3, 0, HEADINGS)
    for row, (name, figures) in enumerate(units, 4):
        sheet.write_row(row, 0, _cells(row - 3, name, figures))
    total = [sum(column) for column in zip(*(figures for _, figures in units), strict=True)]
    sheet.write_row(4 + len(units), 0, _cells("", "Tổng cộng", total))
    for row in range(6 + len(units), 21):
        heading = HEADINGS[row - 5 - len(units)]
        sheet.write(row, 1, f"Cột “{heading}”: theo sổ theo dõi của đơn vị, cập nhật hằng ngày.")
    book.close()
    came = datetime(2020, 8, 18, 2, tzinfo=UTC).timestamp()
    os.utime(path, (came, came))


def _cells(number: object, name: str, figures: Sequence[int]) -> tuple[object, ...]:
    people, phones, installs, staff, staffed = figures
    rates = (f"{100 * a / b:.2f}%".replace(".", ",") for a, b in ((installs, people), (installs, phones)))
    of_staff = f"{100 * staffed / staff:.2f}%".replace(".", ",")
    before = (installs - 12, 12, phones - installs, phones, people // 4)
    return (number, name, people, phones, installs, *rates, staff, staffed, of_staff, *before, "Đạt tiến độ")


def _only_read(folder: Path) -> float:
    """Return the seconds it takes, the quicker of two: another process may be in the way of one."""
    return min(_read_once(folder), _read_once(folder))


def _read_once(folder: Path) -> float:
    from python_calamine import CalamineWorkbook

    began = time.perf_counter()
    for path in folder.rglob("*.xlsx"):
        book = CalamineWorkbook.from_path(str(path))
        for name in book.sheet_names:
            book.get_sheet_by_name(name).to_python()
    return time.perf_counter() - began


def _time_steps(steps: dict[str, float]) -> None:
    """Let each step of the intake tell how long it took."""
    import flows.intake as sentence

    for name in ("collect", "read", "validate", "review", "answer", "acknowledge"):
        setattr(sentence, name, _timed(name, getattr(sentence, name), steps))


def _timed(name: str, work: Callable[..., object], steps: dict[str, float]) -> Callable[..., object]:
    def timed(*arguments: object) -> object:
        began = time.perf_counter()
        try:
            return work(*arguments)
        finally:
            steps[name] = time.perf_counter() - began

    return timed


if __name__ == "__main__":
    main()
