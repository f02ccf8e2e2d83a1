"""A case: a submission, and what a careful person would answer to it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

Values = Mapping[str, Mapping[str, int]]


@dataclass(frozen=True)
class Case:
    """A submission and its right answer. ``flags``: code and cell of findings that must be there."""

    id: str
    file: str
    content: Callable[[], bytes]
    status: str
    values: Values = field(default_factory=dict)
    flags: tuple[tuple[str, str | None], ...] = ()
    campaign: str = "duc-hue"
    secret: tuple[str, ...] = ()
    reason: str = ""
    says: tuple[str, ...] = ()

    def wrong(self, told: Mapping[str, Any]) -> list[str]:
        """Return what is wrong in the document that `tonghop check` gives of the file."""
        findings = told["findings"]
        wrong = [] if told["status"] == self.status else [f"status {told['status']}, not {self.status}"]
        if self.reason and self.reason not in (told["reason"] or ""):
            wrong.append(f"reason {told['reason']!r} does not say {self.reason!r}")
        if self.status == "entries" or self.values:
            counted = {e["unit"]: e for e in told["entries"] if e["state"] == "accepted"}
            read = {u: {c: v["value"] for c, v in e["values"].items()} for u, e in counted.items()}
            if read != self.values:
                wrong.append(f"values {read}, not {self.values}")
            wrong += [f"day {e['day']}" for e in counted.values() if e["day"] != "2020-08-18"]
        places = {(f["code"], f["cell"]) for f in findings}
        wrong += [f"no {flag}" for flag in self.flags if flag not in places and (flag[0], None) != flag]
        wrong += [
            f"no {code}" for code, cell in self.flags if cell is None and code not in {p[0] for p in places}
        ]
        known = {code for code, _ in self.flags}
        wrong += [
            f"not asked for: {f['code']} {f['cell']} {f['message']}"
            for f in findings
            if f["code"] not in known and f["severity"] != "info" and self.status != "unreadable"
        ]
        wrong += [f"says {text}" for text in self.secret if text in repr(told)]
        said = " ".join(f["message"] for f in findings)
        wrong += [f"says not {text}" for text in self.says if text not in said]
        return wrong


def held(
    case: str, file: str, content: Callable[[], bytes], *flags: tuple[str, str | None], **more: Any
) -> Case:
    """Return the case of a submission that is held, with the findings (code and cell) that must hold it."""
    return Case(case, file, content, "held", flags=flags, **more)


def hp(case: str, file: str, content: Callable[[], bytes], status: str, **more: Any) -> Case:
    return Case(f"hp-{case}", file, content, status, campaign="hai-phong", **more)


def hp_held(
    case: str, file: str, content: Callable[[], bytes], *flags: tuple[str, str | None], **more: Any
) -> Case:
    return hp(case, file, content, "held", flags=flags, **more)
