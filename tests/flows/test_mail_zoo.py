"""Sixty kinds of mail in a real Dovecot, the intake killed in their middle: each ends right, answered once at most."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import sqlite3
from collections import Counter
from email import message_from_bytes
from email.policy import default
from itertools import cycle, islice

import yaml

from tests.flows.world import DAY, ROOT, District
from tests.flows.zoo import KINDS, SECRET
from tests.reading.generator import make
from tests.reading.places import duc_hue
from tests.services.dovecot_server import Dovecot
from tests.services.smtp_server import SmtpServer
from tonghop.campaigns import load_campaign

EACH = int(os.environ.get("TONGHOP_TEST_ZOO", "3"))
SEED = int(os.environ.get("TONGHOP_TEST_ZOO_SEED", "90000"))


def _install(district: District, mailbox: str, count: int) -> dict[str, list[str]]:
    """Let the district be Đức Huệ with this mailbox; return the addresses of each unit, one for each mail."""
    place = district.home / "campaigns" / "duc-hue"
    shutil.copytree(ROOT / "campaigns" / "duc-hue", place)
    file = yaml.safe_load((place / "campaign.yaml").read_text(encoding="utf-8"))
    file["sources"] = [{"kind": "mailbox", "url": mailbox}]
    (place / "campaign.yaml").write_text(yaml.safe_dump(file, allow_unicode=True), encoding="utf-8")
    lines = (place / "units.csv").read_text(encoding="utf-8").splitlines()
    addresses = {}
    for at, line in enumerate(lines[1:], 1):
        cells = line.split(",")
        addresses[cells[0]] = [f"u{cells[0]}.{n}@duchue.longan.gov.vn".lower() for n in range(count)]
        cells[7] = ";".join(addresses[cells[0]])
        lines[at] = ",".join(cells)
    (place / "units.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    load_campaign(district.home / "campaigns", "duc-hue")
    return addresses


def test_each_kind_of_mail_has_its_outcome_and_one_answer_at_most(
    district: District, dovecot: Dovecot, smtp_server: SmtpServer
) -> None:
    count = len(KINDS) * EACH
    addresses = _install(district, dovecot.imap_url("zoo"), count)
    tree = duc_hue()
    made = (one for n in range(SEED, SEED + 10 * count) if len((one := make(n, tree)).truth) == 1)
    raws, expected = {}, {}
    for n, ((name, kind), one) in enumerate(zip(islice(cycle(KINDS.items()), count), made, strict=False)):
        (unit,) = one.truth
        sender = addresses[unit][n]
        raw = kind.make(n, sender, one)
        dovecot.deliver("zoo", raw)
        sha = hashlib.sha256(
            raw.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
        ).hexdigest()  # as IMAP has it
        raws[sha], expected[sha] = raw, (name, kind, sender, one)
    assert len(raws) == count
    arguments = ("intake", "duc-hue", "--day", f"{DAY}", "--at", f"{DAY}T13:00:00+07:00")
    for seconds in (2.0, 4.0):  # struck down while it takes in, and again
        district.zygote.run(
            district.settings(), (*arguments, "--json"), "", kill_after=seconds * max(1, EACH / 6)
        )
    for _ in range(3):
        code, told, error = district.tonghop(*arguments)
        assert code in (0, 1), error
    assert told["new"] == told["answered"] == 0

    ledger = sqlite3.connect(district.home / "var" / "tonghop.sqlite")
    states = dict(ledger.execute("SELECT sha256, state FROM submission"))
    assert ledger.execute("SELECT COUNT(*) FROM submission").fetchone() == (len(states),)
    read = ledger.execute(
        "SELECT submission.sha256, entry.unit, figure.indicator, figure.value FROM figure"
        " JOIN entry ON entry.id = figure.entry_id JOIN submission ON submission.id = entry.submission_id"
    ).fetchall()
    got = {(sha, unit, indicator): value for sha, unit, indicator, value in read if value is not None}
    letters = Counter(address for one in smtp_server.received for address in one.recipients)
    own = {sender for _, _, sender, _ in expected.values()}
    assert letters.keys() <= own, "a stranger was answered"
    # Struck down while an answer was handed over, or before that was noted: it came or not, and goes out no more.
    broken_off = {
        address for (address,) in ledger.execute("SELECT address FROM delivery WHERE state = 'unknown'")
    }
    assert len(broken_off) <= 2
    faults, asked = [], 0
    for sha, (name, kind, sender, one) in expected.items():
        truth = {(sha, u, i): v for u, values in one.truth.items() for i, v in values.items()}
        seen = {key: value for key, value in got.items() if key[0] == sha}
        if states.get(sha) not in kind.state:
            faults.append((name, one.how, states.get(sha, "not taken in")))
        asked += any(unit is None for _, unit, _ in seen)
        if seen != (truth if kind.figures else {}) and all(unit for _, unit, _ in seen):
            faults.append((name, one.how, seen))
        if letters[sender] not in {kind.answers, kind.answers - (sender in broken_off)}:
            faults.append((name, one.how, f"{letters[sender]} answers"))
    assert faults == []
    assert asked <= 0.01 * count, "which unit a sheet is of was asked too often"
    for received in smtp_server.received:
        for part in message_from_bytes(received.content, policy=default).walk():
            if part.get_content_maintype() == "text":
                assert SECRET not in part.get_content()
            if part.get_content_type() == "text/html":
                assert not re.search(r"<script|<img src=x", part.get_content())
