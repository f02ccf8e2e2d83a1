"""A run's cost grows with what is new: no statement of the day reads through all of a campaign's history."""

from __future__ import annotations

import re
import sqlite3
from importlib.resources import files
from pathlib import Path

import pytest

from tonghop.store import open_store

# Those that may: the keys a source has (it compares them all), and what lists every submission of a campaign.
WHOLE = {
    "store/known_keys",
    "store/submissions",
    "store/units",
    "store/revision",
    "verdict/any",  # one row is enough
    "verdict/waivers",
}
SKIPPED = {"store/lock_schema", "store/learn_units", "store/learn_submissions", "store/learn_entries"}
STATEMENTS = sorted(
    f"{path.parent.name}/{path.stem}"
    for folder in ("store", "review", "aggregate", "report", "verdict", "desk")
    for path in Path(str(files("sql").joinpath(folder))).glob("*.sql")
)
GROWING = (
    "entry|rival|figure|base|finding|submission|earlier|mine|sighting|delivery|outgoing|attempt|edition\\w*|"
    "verdict|later|made|before|every"
)


@pytest.mark.parametrize("name", [name for name in STATEMENTS if name not in WHOLE | SKIPPED])
def test_a_statement_of_the_day_goes_by_an_index_that_narrows_it(name: str, tmp_path: Path):
    path = tmp_path / "tonghop.sqlite"
    open_store(f"sqlite:///{path}").close()
    source = (files("sql") / f"{name}.sql").read_text(encoding="utf-8")
    source = re.sub(r"--[^\n]*", "", source).strip().rstrip(";")
    source = re.sub(r"\bIN :\w+", "IN ('a', 'b')", source)
    with sqlite3.connect(path) as connection:
        parameters = dict.fromkeys(re.findall(r":([a-z]\w*)", source), "x")
        plan = [row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {source}", parameters)]
    for step in plan:
        assert not re.match(rf"SCAN ({GROWING})\b", step), step
        assert not re.search(rf"SEARCH ({GROWING}) .*\(campaign=\?\)", step), step


def test_every_statement_says_its_grain_and_its_parameters():
    for name in STATEMENTS:
        source = (files("sql") / f"{name}.sql").read_text(encoding="utf-8")
        head = "".join(line for line in source.splitlines(keepends=True) if line.startswith("--"))
        body = re.sub(r"--[^\n]*", "", source)
        used = set(re.findall(r"(?<!:):([a-z]\w*)", body))
        told = set(re.findall(r":([a-z]\w*)", head.partition("Parameters:")[2]))
        assert told == used, name
        if body.strip().startswith(("SELECT", "WITH")):
            assert re.match(r"-- (One|No) ", head), name
