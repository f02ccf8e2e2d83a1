"""The faults of communes in other clothes, from bytes to verdict, as `tonghop check` answers them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.reading.clothes import CASES, Case
from tests.reading.places import ROOT
from tonghop.cli.checking import check_files

DAY = date(2020, 8, 18)


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Mapping[str, Any]]:
    """Return what is told of every case's file, by the case: one batch a campaign."""
    home = tmp_path_factory.mktemp("clothes")
    found: dict[str, Mapping[str, Any]] = {}
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TONGHOP_HOME", str(home / "var"))
        patch.setenv("TONGHOP_CAMPAIGNS", str(ROOT / "campaigns"))
        for campaign in dict.fromkeys(case.campaign for case in CASES):
            cases = [case for case in CASES if case.campaign == campaign]
            paths = [_written(home / case.id, case) for case in cases]
            files: Any = check_files(campaign, paths, DAY, None)["files"]
            found |= {case.id: file for case, file in zip(cases, files, strict=True)}
    return found


def _written(folder: Path, case: Case) -> Path:
    folder.mkdir()
    path = folder / case.file
    path.write_bytes(case.content())
    return path


@pytest.mark.parametrize("case", [pytest.param(case, id=case.id) for case in CASES])
def test_a_fault_in_other_clothes_is_answered_as_a_careful_person_would(
    case: Case, told: Mapping[str, Mapping[str, Any]]
) -> None:
    assert case.wrong(told[case.id]) == []


def test_every_case_has_a_name_of_its_own() -> None:
    names = [case.id for case in CASES]
    assert len(set(names)) == len(names)
