from __future__ import annotations

import shutil
import unicodedata
from datetime import date, datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import yaml

from tonghop.campaigns import campaign_names, load_campaign
from tonghop.campaigns.model import Calendar
from tonghop.errors import ConfigurationError

SHIPPED = Path(__file__).parents[2] / "campaigns"
DAY = date(2020, 8, 18)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copytree(SHIPPED, tmp_path / "campaigns")
    return tmp_path / "campaigns"


def _change(folder: Path, **changes: object) -> None:
    path = folder / "duc-hue" / "campaign.yaml"
    content = yaml.safe_load(path.read_text(encoding="utf-8")) | changes
    path.write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")


def _change_units(folder: Path, old: str, new: str) -> None:
    path = folder / "duc-hue" / "units.csv"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_both_campaigns_of_the_field_are_shipped() -> None:
    assert campaign_names(SHIPPED) == ("duc-hue", "hai-phong")


def test_duc_hue_has_eleven_communes_and_its_agencies_below_the_district() -> None:
    tree = load_campaign(SHIPPED, "duc-hue").tree(DAY)
    kinds = [unit.kind for unit in tree.units]
    assert (kinds.count("district"), kinds.count("commune"), kinds.count("agency")) == (1, 11, 4)


def test_hai_phong_has_217_communes_in_15_districts_and_bach_long_vi_reports_itself() -> None:
    tree = load_campaign(SHIPPED, "hai-phong").tree(DAY)
    kinds = [unit.kind for unit in tree.units]
    assert (kinds.count("commune"), kinds.count("district")) == (217, 15)
    assert tree["318"].reports
    assert tree.is_leaf("318")
    assert len(tree.owing) == 218


def test_the_report_closes_after_every_level_and_before_its_deadline() -> None:
    campaign = load_campaign(SHIPPED, "hai-phong")
    communes, districts = campaign.cutoff(DAY, "commune"), campaign.cutoff(DAY, "district")
    assert communes < districts < campaign.send_at(DAY) < campaign.deadline(DAY)
    assert campaign.deadline(DAY) == datetime(2020, 8, 18, 17, 0, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))


def test_an_unknown_key_is_named_with_file_and_what_is_allowed(folder: Path) -> None:
    _change(folder, dedline="15:00")
    with pytest.raises(
        ConfigurationError, match=r"campaign.yaml: dedline: unknown key; allowed: .*deadline"
    ) as told:
        load_campaign(folder, "duc-hue")
    assert told.value.exit_code == 2


def test_an_unknown_key_inside_a_source_names_what_a_source_may_have(folder: Path) -> None:
    _change(folder, sources=[{"kind": "folder", "url": "file:///x", "depth": 3}])
    with pytest.raises(ConfigurationError, match=r"depth: unknown key; allowed: kind, url"):
        load_campaign(folder, "duc-hue")


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("timezone", "Asia/Saigonn"),
        ("deadline", "25:00"),
        ("deadline", 900),
        ("cutoffs", {"comune": "14:00", "agency": "14:00"}),
        ("send_at", "15:00"),
        ("missing", "guess"),
        ("corrections", "maybe"),
        ("cutoffs", {"commune": "16:00"}),
        ("sources", [{"kind": "folder", "url": "ftp://x"}]),
        ("targets", [{"rate": "installs_per_smartphone", "at_least": 60}]),
        ("report", {"sender": {"name": "a", "address": "nobody"}}),
        ("calendar", {"from": "2020-08-31", "to": "2020-08-10"}),
        ("deadline", "15:00Z"),
        ("send_at", "14:40+07:00"),
        ("title", " "),
        ("alerts", {"to": ["ủy-ban@example.vn"]}),
        ("digest", {"to": ["a,b@example.vn"]}),
        ("indicators", ["population", "installs", "population"]),
    ],
)
def test_a_wrong_value_is_refused_with_its_key(folder: Path, key: str, value: object) -> None:
    _change(folder, **{key: value})
    with pytest.raises(ConfigurationError, match=r"campaign\.yaml: ") as told:
        load_campaign(folder, "duc-hue")
    assert key in str(told.value)


def test_folded_texts_are_one_line_and_composed(folder: Path) -> None:
    path = folder / "duc-hue" / "campaign.yaml"
    text = path.read_text(encoding="utf-8")
    written = unicodedata.normalize("NFD", "title: >\n  Kết quả cài đặt\n  ứng dụng\n")
    path.write_text(
        text.replace("title: Kết quả triển khai cài đặt ứng dụng Bluezone\n", written), encoding="utf-8"
    )
    assert load_campaign(folder, "duc-hue").file.title == "Kết quả cài đặt ứng dụng"


def test_a_campaign_cannot_be_changed_once_read() -> None:
    campaign = load_campaign(SHIPPED, "duc-hue")
    with pytest.raises(ValueError, match="frozen"):
        campaign.file.deadline = time(16)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("code,name", "ma,name", "columns must be"),
        (",yes,", ",perhaps,", "allowed: yes, no"),
        ("2004-01-01,2025", "1/1/2004,2025", "valid_from"),
        ("commune,801", "commune,999", "parent '999' is no unit"),
        ("27901,", "27898,", "valid twice"),
        ("dongthanh@", "dong thanh@", ":3: emails: 'dong thanh@"),
        ("dongthanh@", "đongthanh@", "is no address that every mail server takes"),
        ("2004-01-01,2025-07-01", "2025-07-01,2004-01-01", "does not lie after valid_from"),
        ("myquydong@", "dongthanh@", "stands at 27898 and 27901"),
    ],
)
def test_a_wrong_register_is_refused_with_what_is_wrong(folder: Path, old: str, new: str, told: str) -> None:
    _change_units(folder, old, new)
    with pytest.raises(ConfigurationError, match=r"units\.csv") as error:
        load_campaign(folder, "duc-hue")
    assert told in str(error.value)


def test_after_a_reform_the_successor_may_keep_the_mailbox(folder: Path) -> None:
    path = folder / "duc-hue" / "units.csv"
    old = path.read_text(encoding="utf-8")
    line = "99999,Xã Đông Thành mới,commune,801,{since},,yes,dongthanh@duchue.longan.gov.vn,\n"
    path.write_text(old + line.format(since="2025-07-01"), encoding="utf-8")
    assert load_campaign(folder, "duc-hue").units[-1].code == "99999"
    path.write_text(old + line.format(since="2025-06-30"), encoding="utf-8")
    with pytest.raises(ConfigurationError, match="stands at 27898 and 99999"):
        load_campaign(folder, "duc-hue")


def test_a_unit_that_stands_above_itself_is_refused(folder: Path) -> None:
    _change_units(folder, "27898,Thị trấn Đông Thành,commune,801", "27898,Thị trấn Đông Thành,commune,27901")
    _change_units(folder, "27901,Xã Mỹ Quý Đông,commune,801", "27901,Xã Mỹ Quý Đông,commune,27898")
    with pytest.raises(ConfigurationError, match="stands above itself"):
        load_campaign(folder, "duc-hue")


def test_an_unknown_campaign_names_the_known_ones() -> None:
    with pytest.raises(ConfigurationError, match="known: duc-hue, hai-phong"):
        load_campaign(SHIPPED, "long-an")


def test_units_of_another_time_are_not_in_the_tree(folder: Path) -> None:
    _change_units(
        folder,
        "27898,Thị trấn Đông Thành,commune,801,2004-01-01",
        "27898,Thị trấn Đông Thành,commune,801,2020-09-01",
    )
    campaign = load_campaign(folder, "duc-hue")
    assert "27898" not in campaign.tree(DAY)
    assert "27898" in campaign.tree(date(2020, 9, 1))


def test_every_day_means_weekends_too_unless_the_calendar_says_workdays() -> None:
    span = {"from": date(2020, 8, 10), "to": date(2020, 8, 31)}
    saturday, holiday = date(2020, 8, 15), date(2020, 8, 19)
    assert Calendar(**span).includes(saturday)
    assert not Calendar(**span, holidays=frozenset({holiday})).includes(holiday)
    workdays = Calendar(**span, days="workdays", holidays=frozenset({holiday}))
    assert not workdays.includes(saturday)
    assert not workdays.includes(holiday)
    assert workdays.includes(date(2020, 8, 18))
    assert not workdays.includes(date(2020, 9, 1))


def test_a_day_on_which_the_root_is_not_valid_is_refused_with_the_calendar() -> None:
    with pytest.raises(
        ConfigurationError, match=r"'801' is not valid on 2026-11-21.*2020-08-10 to 2020-12-31.*--day"
    ):
        load_campaign(SHIPPED, "duc-hue").tree(date(2026, 11, 21))
