"""What taking in 1.000 clean workbooks from a folder costs, beside only reading them with python-calamine.

The floor opens each file and reads its sheet in this one process. The intake is the whole sentence: look into
the folder, keep each file durably, record it, read it behind the guards in the sandbox, judge, record entries.
Imports are paid before either is measured. Prints wall seconds, the ratio, and where the time goes.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))
FILES = int(os.environ.get("FILES", "1000"))
DAY = date(2020, 8, 18)


def main() -> None:
    """Measure and print."""
    from tests.flows import world

    with tempfile.TemporaryDirectory() as folder:
        district = world.District(Path(folder) / "district", "", zygote=None)  # type: ignore[arg-type]
        _many(district)
        os.environ.update(district.settings())
        import expectations.judging  # noqa: F401 - paid before, as the floor's imports are
        from flows.intake import take_in
        from tasks.begin import begin

        began = time.perf_counter()
        _only_read(district.shared)
        floor = time.perf_counter() - began
        occasion = begin("tan-chau", DAY, datetime(2020, 8, 18, 7, 40, tzinfo=UTC))
        steps: dict[str, float] = {}
        _time_steps(steps)
        began = time.perf_counter()
        came = take_in(occasion)
        whole = time.perf_counter() - began
        accepted = sum(state.value == "accepted" for one in came.judged for state in map(one.state_of, one.entries))
        if (came.new, accepted) != (FILES, FILES):
            raise SystemExit(f"{came.new} taken in, {accepted} accepted, of {FILES}: nothing to compare")
    print(f"{FILES} workbooks: only reading {floor:.2f} s, the whole intake {whole:.2f} s (ratio {whole / floor:.1f})")
    for name, seconds in steps.items():
        print(f"  {name}: {seconds:.2f} s (ratio {seconds / floor:.1f})")


def _many(district: object) -> None:
    from tests.flows import world

    assert isinstance(district, world.District)
    register = world.UNITS.splitlines()[:2]
    for number in range(FILES):
        code, name = f"9{number:05d}", f"Xã Tân Lập {5000 + number}"
        register.append(f"{code},{name},commune,901,2000-01-01,,yes,,")
        world.NAMES[code], world.FIGURES[code] = name, (5000 + number, 2500, 400 + number % 700, 90, 60)
        district.send(code)
    (district.home / "campaigns" / "tan-chau" / "units.csv").write_text("\n".join(register) + "\n", encoding="utf-8")


def _only_read(folder: Path) -> None:
    from python_calamine import CalamineWorkbook

    for path in folder.rglob("*.xlsx"):
        book = CalamineWorkbook.from_path(str(path))
        for name in book.sheet_names:
            book.get_sheet_by_name(name).to_python()


def _time_steps(steps: dict[str, float]) -> None:
    """Let each step of the intake tell how long it took."""
    import flows.intake as sentence

    for name in ("collect", "read", "validate", "review", "acknowledge"):
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
