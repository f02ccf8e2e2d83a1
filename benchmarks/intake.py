"""What taking in 1.000 clean workbooks from a folder costs, beside only reading them with python-calamine.

The floor opens each file and reads its sheets in one process. The intake is the whole sentence: look into the
folder, keep each file durably, record it, read it behind the guards in the sandbox, judge, record entries, lay
answers beside the files. Both have their modules imported and the files in the system's memory. What the
intake starts for itself is counted: the sandbox's processes with all that they import, the database's
transactions, Great Expectations' context. Prints seconds, their ratio, and where the time goes; of several
rounds the middle one.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))
FILES = int(os.environ.get("FILES", "1000"))
ROUNDS = int(os.environ.get("ROUNDS", "3"))


def main() -> None:
    """Measure and print, each round of each kind of workbook in a process of its own."""
    if len(sys.argv) > 1:
        sys.stdout.write(json.dumps(_measured(*sys.argv[1:])))
        return
    from benchmarks.workbooks import KINDS

    # Deleted at the very end: some file systems look at all that was deleted lately for each file they make.
    with tempfile.TemporaryDirectory() as folder:
        for kind in KINDS:
            rounds = [_in_a_process(kind, folder) for _ in range(ROUNDS)]
            _tell(kind, rounds)


def _in_a_process(kind: str, folder: str) -> dict[str, Any]:
    command = [sys.executable, __file__, kind, folder]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    measured: dict[str, Any] = json.loads(done.stdout)
    return measured


def _tell(kind: str, rounds: list[dict[str, Any]]) -> None:
    ratios = sorted(one["whole"] / one["floor"] for one in rounds)
    middle = min(rounds, key=lambda one: abs(one["whole"] / one["floor"] - statistics.median(ratios)))
    floor, whole = middle["floor"], middle["whole"]
    print(
        f"{FILES} workbooks, {kind} ({middle['size']:.1f} KB, {middle['entries']} entries): only reading "
        f"{floor:.2f} s, the whole intake {whole:.2f} s: ratio {whole / floor:.1f}"
        f" ({', '.join(f'{ratio:.1f}' for ratio in ratios)}); CPU {middle['cpu']:.2f} s"
    )
    for name, seconds in middle["steps"].items():
        print(f"  {name}: {seconds:.2f} s (ratio {seconds / floor:.1f})")


def _measured(kind: str, within: str) -> dict[str, Any]:
    from benchmarks.workbooks import DAY
    from tests.flows import world

    district = world.District(Path(tempfile.mkdtemp(dir=within)) / "district", "", zygote=None)
    entries = _many(district, kind)
    os.environ.update(district.settings())
    import expectations.judging  # noqa: F401 - paid before, as the floor's imports are
    from flows.intake import take_in
    from tasks.begin import begin

    before = _read_once(district.shared), _read_once(district.shared)
    occasion = begin("tan-chau", DAY, datetime(2020, 8, 18, 7, 40, tzinfo=UTC))
    steps: dict[str, float] = {}
    _time_steps(steps)
    began, spent = time.perf_counter(), _cpu()
    came = take_in(occasion)
    whole, cpu = time.perf_counter() - began, _cpu() - spent
    accepted = sum(
        state.value == "accepted" for one in came.judged for state in map(one.state_of, one.entries)
    )
    files = list(district.shared.rglob("*.xlsx"))
    if (came.new, accepted) != (len(files), entries) or any(one.findings for one in came.judged):
        raise SystemExit(f"{came.new} taken in, {accepted} accepted, of {entries}: nothing to compare")
    return {
        "floor": min(*before, _read_once(district.shared)),
        "whole": whole,
        "cpu": cpu,
        "steps": steps,
        "entries": entries,
        "size": sum(path.stat().st_size for path in files) / len(files) / 1000,
    }


def _many(district: object, kind: str) -> int:
    """Write the workbooks and the register of their units; return how many entries they hold."""
    from benchmarks.workbooks import KINDS
    from tests.flows import world

    assert isinstance(district, world.District)
    register = world.UNITS.splitlines()[:2]
    units = []
    for number in range(FILES):
        code = f"8{number:06d}"
        units.append((code, f"Xã Tân Lập {5000 + number}"))
        register.append(f"{code},{units[-1][1]},commune,901,2000-01-01,,yes,,")
    (district.home / "campaigns" / "tan-chau" / "units.csv").write_text(
        "\n".join(register) + "\n", encoding="utf-8"
    )
    KINDS[kind](district, units)
    return len(units)


def _read_once(folder: Path) -> float:
    from python_calamine import CalamineWorkbook

    files = [str(path) for path in folder.rglob("*.xlsx")]
    began = time.perf_counter()
    for file in files:
        book = CalamineWorkbook.from_path(file)
        for at in range(len(book.sheet_names)):
            book.get_sheet_by_index(at).to_python()
    return time.perf_counter() - began


def _cpu() -> float:
    return sum(os.times()[:4])


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
