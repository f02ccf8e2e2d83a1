"""The samples that real communes' habits were made into, where they lie beside the repository."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.reading.places import ROOT, duc_hue, incoming
from tonghop.domain.findings import any_holds
from tonghop.domain.reading import Outcome, Role
from tonghop.reading.reader import Reader

SAMPLES = ROOT.parent / "shared" / "samples"
# What a rule says of figures that were read rightly is no matter of reading.
JUDGED_BY_RULES = {"12-more-installs-than-phones.xlsx", "15-yesterday.xlsx", "21-blank-form.xlsx"}
RULES_FLAGS = {"13-declared-rate-wrong.xlsx", "14-total-wrong.xlsx", *JUDGED_BY_RULES}


def cases() -> list[Any]:
    truth = SAMPLES / "truth.json"
    if not truth.is_file():
        return [
            pytest.param(None, marks=pytest.mark.skip(reason="left out: no samples beside the repository"))
        ]
    return [pytest.param(case, id=case["file"]) for case in json.loads(truth.read_text(encoding="utf-8"))]


@pytest.mark.parametrize("case", cases())
def test_a_sample_is_read_as_a_careful_person_reads_it(case: dict[str, Any], reader: Reader) -> None:
    name = case["file"]
    (reading,) = reader.read([incoming(name, (SAMPLES / name).read_bytes())], duc_hue())
    units = [row for row in reading.rows if row.role is Role.UNIT]
    assert {row.unit: {f.indicator: f.number for f in row.figures} for row in units if case["entries"]} == {
        entry["unit"]: entry["values"] for entry in case["entries"]
    }
    assert all(str(row.stated_day) == "2020-08-18" for row in units) or name == "15-yesterday.xlsx"
    assert (reading.outcome is Outcome.UNREADABLE) == (case["expect"] == "unreadable")
    if name not in JUDGED_BY_RULES:
        assert any_holds(reading.findings) == (case["expect"] == "held")
    for flag in case["flags"] if name not in RULES_FLAGS else []:
        wanted = {("code" if key == "kind" else key): value for key, value in flag.items()}
        assert any(
            all(getattr(f, key) == value for key, value in wanted.items()) for f in reading.findings
        ), flag
    assert not [secret for secret in case.get("secret", []) if secret in repr(reading)]


def test_the_samples_read_the_same_together_and_alone(reader: Reader) -> None:
    if not SAMPLES.is_dir():
        pytest.skip("left out: no samples beside the repository")
    files = sorted(path for path in SAMPLES.iterdir() if path.suffix not in (".md", ".json"))
    batch = [incoming(p.name, p.read_bytes())._replace(key=str(i)) for i, p in enumerate(files)]
    together = reader.read(batch, duc_hue())
    assert [reading.key for reading in together] == [str(i) for i in range(len(files))]
    assert [r.outcome for r in together] == [reader.read([one], duc_hue())[0].outcome for one in batch]
