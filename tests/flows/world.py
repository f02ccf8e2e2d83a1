"""A small district of the tests' own: its campaign, its folder, its workbooks, and a mail server to send to."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import xlsxwriter
import yaml

ROOT = Path(__file__).parents[2]
ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
DAY = date(2020, 8, 18)
DAY_BEFORE = date(2020, 8, 17)
HEADINGS = (
    "TT",
    "Đơn vị",
    "Dân số",
    "Số người dùng điện thoại thông minh",
    "Số người đã cài đặt (lũy kế)",
    "Tỷ lệ/dân số",
    "Tổng số CBCCVC, NLĐ",
    "Số CBCCVC, NLĐ đã cài đặt",
)
UNITS = """code,name,kind,parent,valid_from,valid_to,reports,emails,phone
901,Huyện Tân Châu,district,,2000-01-01,,no,,
90101,Xã Tân Hà,commune,901,2000-01-01,,yes,tanha@tanchau.example.vn,0276 000 001
90102,Xã Tân Đông,commune,901,2000-01-01,,yes,tandong@tanchau.example.vn,
90103,Xã Suối Dây,commune,901,2000-01-01,,yes,,0276 000 003
"""
NAMES = {"90101": "Xã Tân Hà", "90102": "Xã Tân Đông", "90103": "Xã Suối Dây"}
# people, smartphone users, installs, staff, staff with the app
FIGURES = {
    "90101": (5200, 2600, 430, 90, 61),
    "90102": (6100, 3200, 512, 104, 77),
    "90103": (4391, 2204, 349, 84, 57),
}


class Zygote:
    """A process that has imported everything and forks a child for each command line."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.flows.zygote"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=ROOT,
            env=clean_environment({"PREFECT_SERVER_ALLOW_EPHEMERAL_MODE": "false"}),
            text=True,
        )
        assert self._process.stdout is not None
        assert self._process.stdout.readline() == "ready\n"

    def run(
        self,
        environment: Mapping[str, str],
        arguments: Sequence[str],
        point: str,
        kill_after: float | None = None,
    ) -> tuple[int, Any, str]:
        """Return exit code (negative: the signal that killed it), JSON document (else the page) and standard error."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        order = {"environment": dict(environment), "arguments": list(arguments), "point": point}
        order |= {"kill_after": kill_after} if kill_after is not None else {}
        self._process.stdin.write(json.dumps(order) + "\n")
        self._process.stdin.flush()
        answer = json.loads(self._process.stdout.readline())
        out = answer["out"]
        told = json.loads(out) if "--json" in arguments and out.strip() else out or None
        return answer["code"], told, answer["err"]

    def close(self) -> None:
        self._process.communicate(timeout=180)  # a busy machine takes its time to end a large process


@dataclass
class District:
    """The district's folders and settings, and what a run of the command line said."""

    home: Path
    smtp_url: str
    zygote: Zygote
    database_url: str = ""
    witness_url: str = ""
    environment: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.shared.mkdir(parents=True)
        (self.home / "campaigns" / "tan-chau").mkdir(parents=True)
        (self.home / "campaigns" / "tan-chau" / "units.csv").write_text(UNITS, encoding="utf-8")
        self.configure()

    @property
    def shared(self) -> Path:
        return self.home / "shared"

    def configure(self, **changes: object) -> None:
        """Write campaign.yaml anew, with changes of its top keys."""
        campaign: dict[str, object] = {
            "name": "tan-chau",
            "title": "Kết quả triển khai cài đặt ứng dụng Bluezone",
            "form": "bluezone_v1",
            "root": "901",
            "timezone": "Asia/Ho_Chi_Minh",
            "calendar": {"from": date(2020, 8, 10), "to": date(2020, 12, 31), "days": "daily"},
            "cutoffs": {"commune": "14:00"},
            "deadline": "15:00",
            "send_at": "14:40",
            "indicators": ["population", "smartphone_users", "installs", "staff", "staff_installs"],
            "targets": [{"rate": "installs_per_smartphone", "at_least": 0.6, "by": date(2020, 8, 21)}],
            "sources": [{"kind": "folder", "url": f"file://{self.shared}"}],
            "report": {
                "sender": {"name": "Phòng VHTT huyện Tân Châu", "address": "baocao@tanchau.example.vn"},
                "to": ["so@tayninh.example.vn"],
                "cc": ["ubnd@tanchau.example.vn"],
                "superior": "UBND huyện Tân Châu",
                "issuer": "Phòng Văn hóa và Thông tin",
                "place": "Tân Châu",
                "signer": "TRƯỞNG PHÒNG",
                "attachments": ["xlsx"],
            },
            "missing": "leave_out",
            "corrections": "ask",
            "alerts": {"to": ["truc@tanchau.example.vn"]},
        } | changes
        path = self.home / "campaigns" / "tan-chau" / "campaign.yaml"
        path.write_text(yaml.safe_dump(campaign, allow_unicode=True, sort_keys=False), encoding="utf-8")

    def settings(self) -> dict[str, str]:
        """Return the settings as environment variables."""
        return {
            "TONGHOP_HOME": str(self.home / "var"),
            "TONGHOP_CAMPAIGNS": str(self.home / "campaigns"),
            "TONGHOP_DATABASE_URL": self.database_url,
            "TONGHOP_SMTP_URL": self.smtp_url,
            "TONGHOP_WITNESS_URL": self.witness_url,
            **self.environment,
        }

    def send(
        self,
        unit: str,
        figures: Sequence[object] | None = None,
        *,
        name: str = "",
        day: date = DAY,
        hour: int = 9,
    ) -> Path:
        """Put a unit's workbook into the shared folder, as if it came at ``hour`` of ``day``."""
        path = self.shared / NAMES[unit] / (name or f"BC {day.day}-{day.month}.xlsx")
        path.parent.mkdir(exist_ok=True)
        workbook(path, NAMES[unit], FIGURES[unit] if figures is None else figures, day)
        came = datetime.combine(day, time(hour), ZONE).timestamp()
        os.utime(path, (came, came))
        return path

    def send_all(self, day: date = DAY) -> None:
        """Every unit sends its figures."""
        for unit in NAMES:
            self.send(unit, day=day)

    def tonghop(self, *arguments: str, point: str = "") -> tuple[int, Any, str]:
        """Run the command line with ``--json``; return exit code, document and standard error."""
        return self.zygote.run(self.settings(), (*arguments, "--json"), point)

    def page(self, *arguments: str) -> tuple[int, str, str]:
        """Run the command line as a person does; return exit code, the page and standard error."""
        code, page, error = self.zygote.run(self.settings(), arguments, "")
        return code, page or "", error

    def run(self, at: str = "14:40", day: date = DAY, *more: str, point: str = "") -> tuple[int, Any, str]:
        """Run the daily flow for the day, as if it were ``at``; struck down at ``point`` if one is given."""
        arguments = ("run", "tan-chau", "--day", f"{day}", "--at", f"{day}T{at}:00+07:00", *more)
        return self.tonghop(*arguments, point=point)


def clean_environment(settings: Mapping[str, str]) -> dict[str, str]:
    """Return this process's environment without what would reach another installation."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("TONGHOP_", "PREFECT_"))}
    return {**kept, **settings}


def workbook(path: Path, name: str, figures: Sequence[object], day: date) -> None:
    """Write one commune's workbook with titles, a header and one row."""
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet("BC")
    sheet.write(0, 0, f"ỦY BAN NHÂN DÂN {name.upper()}")
    sheet.write(1, 0, "BÁO CÁO KẾT QUẢ CÀI ĐẶT ỨNG DỤNG BLUEZONE")
    sheet.write(2, 0, f"Tính đến ngày {day.day}/{day.month}/{day.year}")
    for column, text in enumerate(HEADINGS):
        sheet.write(3, column, text)
    people, phones, installs, staff, staffed = figures
    share = (
        f"{installs / people * 100:.2f}%".replace(".", ",")
        if isinstance(installs, int) and isinstance(people, int)
        else ""
    )
    for column, value in enumerate((1, name, people, phones, installs, share, staff, staffed)):
        sheet.write(4, column, value)
    book.close()
