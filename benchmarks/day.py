"""What a district's day costs: 11 communes through the whole daily flow, beside the imports it stands on.

Prints CPU seconds of this process and its children, and ratios against floors measured in the same run:
importing Prefect and Great Expectations (no run can be had for less), and starting Python (for ``--help``).
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))
DAY = "2020-08-18"


def main() -> None:
    """Measure and print."""
    python = _cpu("pass")
    imports = _cpu("import prefect, great_expectations")
    shown = _wall([sys.executable, "-m", "tonghop", "--help"])
    bare = _wall([sys.executable, "-c", "pass"])
    whole, ours = _day()
    print(f"tonghop --help: {shown:.2f} s, starting Python alone {bare:.2f} s (ratio {shown / bare:.1f})")
    print(f"importing Prefect and Great Expectations: {imports - python:.2f} s of CPU (the floor)")
    print(f"the day of 11 communes, imports included: {whole:.2f} s of CPU (ratio {whole / imports:.2f})")
    print(
        f"  of it in steps once everything is imported: {ours:.2f} s (ratio {ours / (imports - python):.2f})"
    )


def _day() -> tuple[float, float]:
    """Return the CPU seconds of a whole run, and of its steps with everything imported before."""
    from tests.flows.world import District
    from tonghop.mail.embedded import embedded_server

    spent = []
    with tempfile.TemporaryDirectory() as folder, embedded_server(Path(folder) / "mail") as server:
        for number, warm in enumerate(("", WARM)):
            district = District(Path(folder) / str(number), server.url, zygote=None)
            _eleven(district)
            spent.append(_cpu(warm + RUN.format(day=DAY), district.settings(), timed=bool(warm)))
    return spent[0], spent[1]


def _eleven(district: object) -> None:
    from tests.flows import world

    assert isinstance(district, world.District)
    register = [
        "code,name,kind,parent,valid_from,valid_to,reports,emails,phone",
        "901,Huyện Tân Châu,district,,2000-01-01,,no,,",
    ]
    for number in range(1, 12):
        code, name = f"901{number:02d}", f"Xã Tân Lập {number}"
        register.append(f"{code},{name},commune,901,2000-01-01,,yes,,")
        world.NAMES[code], world.FIGURES[code] = name, (5000 + number, 2500, 400 + number, 90, 60)
        district.send(code)
    (district.home / "campaigns" / "tan-chau" / "units.csv").write_text(
        "\n".join(register) + "\n", encoding="utf-8"
    )


WARM = (
    "import flows.daily, expectations.judging, tonghop.report.charts, tonghop.report.workbook, "
    "matplotlib.figure, matplotlib.backends.backend_agg\n"
)
RUN = (
    "from flows.daily import daily\n"
    "import resource\n"
    "usage = lambda who: sum(resource.getrusage(who)[:2])\n"
    "before = usage(resource.RUSAGE_SELF)\n"
    "told = daily.fn('tan-chau', '{day}', '{day}T14:40:00+07:00')\n"
    "assert told['units'][0]['reported'] == 11, told\n"
    "print('STEPS', usage(resource.RUSAGE_SELF) + usage(resource.RUSAGE_CHILDREN) - before)\n"
)


def _cpu(code: str, settings: dict[str, str] | None = None, timed: bool = False) -> float:
    """Return the CPU seconds of a Python process that runs ``code``; or those its last line tells."""
    import resource

    environment = {k: v for k, v in os.environ.items() if not k.startswith(("TONGHOP_", "PREFECT_"))} | (
        settings or {}
    )
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=environment, capture_output=True, text=True, check=True
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if timed:
        return float(next(line for line in done.stdout.splitlines() if line.startswith("STEPS")).split()[1])
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def _wall(command: list[str]) -> float:
    """Return the best of five wall times (seconds)."""
    times = []
    for _ in range(5):
        began = time.perf_counter()
        subprocess.run(command, cwd=ROOT, capture_output=True, check=True)
        times.append(time.perf_counter() - began)
    return min(times)


if __name__ == "__main__":
    main()
