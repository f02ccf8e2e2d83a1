"""A thousand messages of every kind in a real Dovecot, taken in by the command line: the right outcome for each."""

from __future__ import annotations

import hashlib
import shutil
import sqlite3
from collections import Counter
from email.message import EmailMessage
from email.policy import SMTP
from itertools import cycle, islice

import yaml

from tests.flows.world import DAY, ROOT, District
from tests.reading.generator import Submission, make
from tests.reading.hostile import corpus
from tests.reading.places import duc_hue
from tests.services.dovecot_server import Dovecot
from tests.services.smtp_server import SmtpServer
from tonghop.campaigns import load_campaign

MADE, HOSTILE, STRANGERS, AUTOMATIC, PROSE = 770, 50, 80, 60, 40
PARENT = "vhtt@duchue.longan.gov.vn"


def _message(sender: str, subject: str, attached: tuple[str, bytes] | None, **headers: str) -> bytes:
    message = EmailMessage(policy=SMTP)
    message["From"], message["To"], message["Subject"] = sender, "baocao@duchue.example.vn", subject
    for name, value in headers.items():
        message[name.replace("_", "-")] = value
    message.set_content("Kính gửi Phòng Văn hóa và Thông tin, đơn vị gửi báo cáo.\n")
    if attached:
        name, content = attached
        message.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
    return message.as_bytes()


def _install(district: District, mailbox: str) -> dict[str, str]:
    """Let the district be Đức Huệ with this mailbox; return each unit's address."""
    place = district.home / "campaigns" / "duc-hue"
    shutil.copytree(ROOT / "campaigns" / "duc-hue", place)
    file = yaml.safe_load((place / "campaign.yaml").read_text(encoding="utf-8"))
    file["sources"] = [{"kind": "mailbox", "url": mailbox}]
    (place / "campaign.yaml").write_text(yaml.safe_dump(file, allow_unicode=True), encoding="utf-8")
    register = (place / "units.csv").read_text(encoding="utf-8")
    (place / "units.csv").write_text(register.replace(",no,,", f",no,{PARENT},", 1), encoding="utf-8")
    tree = load_campaign(district.home / "campaigns", "duc-hue").tree(DAY)
    return {unit.code: unit.emails[0] for unit in tree.units}


def _sent_by(made: Submission, addresses: dict[str, str]) -> str:
    unit = made.branch or (next(iter(made.truth)) if len(made.truth) == 1 else "801")
    return addresses[unit]


def test_a_thousand_messages_each_have_their_right_outcome(
    district: District, dovecot: Dovecot, smtp_server: SmtpServer
) -> None:
    addresses = _install(district, dovecot.imap_url("zoo"))
    own = list(addresses.values())
    tree = duc_hue()
    submissions = [make(seed, tree) for seed in range(50_000, 50_000 + MADE)]
    made = {
        _message(_sent_by(one, addresses), f"Báo cáo {n}", (one.name, one.content)): one
        for n, one in enumerate(submissions)
    }
    hostile = {
        _message(own[n % len(own)], f"Gửi {n}", each)
        for n, each in enumerate(islice(cycle(list(corpus())), HOSTILE))
    }
    good = submissions[0]
    strangers = {
        _message(f"la{n}@example.vn", f"Báo cáo {n}", (good.name, good.content)) for n in range(STRANGERS)
    }
    automatic = {
        _message(own[n % len(own)], f"Trả lời tự động {n}", None, Auto_Submitted="auto-replied")
        for n in range(AUTOMATIC)
    }
    prose = {_message(own[n % len(own)], f"Tính đến 18/8 có {n} người", None) for n in range(PROSE)}
    every = [*made, *hostile, *strangers, *automatic, *prose]
    assert len(set(every)) == MADE + HOSTILE + STRANGERS + AUTOMATIC + PROSE == 1000
    for raw in every:
        dovecot.deliver("zoo", raw)
    arguments = ("intake", "duc-hue", "--day", f"{DAY}", "--at", f"{DAY}T13:00:00+07:00")
    code, told, error = district.tonghop(*arguments)
    assert code in (0, 1), error
    taken = 1000 - len(told["refused"])  # what is larger than any report is not even fetched, and told
    assert told["new"] == taken > 990
    assert told["unreachable_sources"] == []

    ledger = sqlite3.connect(district.home / "var" / "tonghop.sqlite")
    states = dict(ledger.execute("SELECT sha256, state FROM submission"))
    assert len(states) == taken
    by_hash = {hashlib.sha256(raw).hexdigest(): raw for raw in every}
    groups = {"strangers": strangers, "prose": prose, "automatic": automatic}
    outcome = {
        name: Counter(states[hashlib.sha256(raw).hexdigest()] for raw in group)
        for name, group in groups.items()
    }
    assert outcome["strangers"] == {"quarantined": STRANGERS}
    assert "received" not in states.values()
    assert outcome["prose"].keys() <= {"unreadable", "ignored"}
    assert outcome["automatic"].keys() <= {"ignored", "unreadable"}

    read = ledger.execute(
        "SELECT submission.sha256, entry.unit, figure.indicator, figure.value FROM figure"
        " JOIN entry ON entry.id = figure.entry_id JOIN submission ON submission.id = entry.submission_id"
    ).fetchall()
    wrong = [
        (made[by_hash[sha]].how, unit, indicator, value)
        for sha, unit, indicator, value in read
        if by_hash[sha] in made
        and value is not None
        and unit is not None
        and made[by_hash[sha]].truth.get(unit, {}).get(indicator) != value
    ]
    assert wrong == []
    whole = {(sha, unit, indicator) for sha, unit, indicator, value in read if value is not None}
    complete = [
        raw
        for sha, raw in by_hash.items()
        if raw in made and all((sha, u, i) in whole for u, values in made[raw].truth.items() for i in values)
    ]
    assert len(complete) >= 0.97 * MADE

    answered = {address for received in smtp_server.received for address in received.recipients}
    assert answered <= set(own), "a stranger was answered"
    messages = len(smtp_server.received)
    code, again, error = district.tonghop(*arguments)
    assert (code in (0, 1), again["new"]) == (True, 0), error
    assert ledger.execute("SELECT COUNT(*) FROM submission").fetchone() == (taken,)
    assert len(smtp_server.received) >= messages
