"""Variables that look like settings and are none."""

from __future__ import annotations

from pathlib import Path

import pytest

from tonghop.settings import Settings, read_settings, unknown_variables


@pytest.fixture(autouse=True)
def _alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "campaigns" / "a").mkdir(parents=True)
    place = tmp_path / "campaigns" / "a" / "campaign.yaml"
    place.write_text('sources: [{url: "imaps://a:${TONGHOP_BOX}@b"}]', encoding="utf-8")


@pytest.mark.parametrize(
    ("name", "nearest"),
    [
        ("TONGHOP_SMPT_URL", "TONGHOP_SMTP_URL"),
        ("TONGHOP_DATABSE_URL", "TONGHOP_DATABASE_URL"),
        ("tonghop_witnes_url", "TONGHOP_WITNESS_URL"),
        ("TONGHOP_BOKS", "TONGHOP_BOX"),
        ("TONGHOP_ROOTS", "TONGHOP_ROOT"),
    ],
)
def test_a_misspelt_variable_of_the_file_is_named_with_the_known_one_most_like_it(
    tmp_path: Path, name: str, nearest: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / ".env").write_text(f"{name}=geheim\nTONGHOP_HOME=var2\n", encoding="utf-8")
    assert [(one.name, one.nearest) for one in unknown_variables(Settings())] == [(name, nearest)]
    read_settings()
    read_settings()
    said = capsys.readouterr()
    assert said.err.count(name) == 1
    assert nearest in said.err
    assert "geheim" not in said.err + said.out


def test_known_variables_are_left_alone(tmp_path: Path) -> None:
    known = (
        "TONGHOP_BOX",
        "TONGHOP_ROOT",
        "TONGHOP_TEST_SEED",
        "tonghop_home",
        "TONGHOP_DKIM_KEY",
        "PREFECT_X",
    )
    (tmp_path / ".env").write_text("".join(f"{name}=1\n" for name in known), encoding="utf-8")
    assert unknown_variables(Settings()) == ()
