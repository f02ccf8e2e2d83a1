"""Handing in on behalf of a unit: what came by Zalo or on paper goes the same way as everything else.

The bytes are stored and recorded, and an intake is started beside the desk; the desk itself never opens a file.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import datetime, time
from typing import Annotated, Any

from fastapi import File, Form, Query, UploadFile
from starlette.responses import RedirectResponse, Response

from tonghop.desk.asking import Asked, AskedHere
from tonghop.desk.navigation import Area, Place, about_a_day
from tonghop.domain.answers import Handled
from tonghop.domain.findings import Finding
from tonghop.domain.periods import moment
from tonghop.domain.units import Unit, UnitCode
from tonghop.sources.names import shown
from tonghop.store import Recorded, SubmissionState
from tonghop.store.desk import DESK, Uploaded, upload_key
from tonghop.store.vault import Vault

router = about_a_day()
AREA = Area(router, Place("upload", "inbox"))
CHANNELS = ("zalo", "paper", "other")
_SHOWN, _SUGGESTED, _LONGEST_NAME = 60, 30, 120
_UNDER_WAY, _SETTLED = 2, 20  # seconds between two looks at how far it is


@router.get("/upload")
def upload_page(asked: AskedHere) -> Response:
    """Return the form, with what was handed in for this day below it."""
    return asked.desk.pages.page(asked, "upload.html.j2", **_context(asked))


@router.get("/upload/live")
def upload_live(asked: AskedHere) -> Response:
    """Return how far what was handed in has come."""
    return asked.desk.pages.page(asked, "part_uploads.html.j2", **_context(asked))


@router.get("/upload/units")
def units_like(asked: AskedHere, unit: Annotated[str, Query(max_length=120)] = "") -> Response:
    """Return the officer's units whose name or code begins like, or holds, what was typed so far."""
    wanted = _plain(unit)
    found = [one for one in asked.tree.branch(asked.top.code) if wanted in _plain(f"{one.code} {one.name}")]
    return asked.desk.pages.page(asked, "part_units.html.j2", units=found[:_SUGGESTED])


@router.post("/upload")
def hand_in(
    asked: AskedHere,
    files: Annotated[list[UploadFile], File()],
    unit: Annotated[str, Form(max_length=200)] = "",
    came: Annotated[str, Form(max_length=5)] = "",
    via: Annotated[str, Form(max_length=10)] = CHANNELS[0],
) -> Response:
    """Take the files in and start an intake; say of each form field that does not fit what is wrong."""
    branch = unit_of(asked, unit)
    received_at = _moment(asked, came)
    kept = [_File(_name(file.filename or ""), file.file.read()) for file in files if file.filename]
    trouble = _trouble(asked, unit, branch, received_at, kept)
    if trouble or received_at is None:
        return asked.desk.pages.page(
            asked, "upload.html.j2", status=422, **_context(asked, trouble, unit, came)
        )
    _record(asked, kept, branch.code if branch else asked.officer.branch, received_at)
    channel = via if via in CHANNELS else CHANNELS[-1]
    for file in kept:
        subject = f"upload {asked.campaign.name}/{asked.day}/{branch.code if branch else '-'}"
        asked.audit("upload", subject, f"{channel}, {came or 'now'}: {shown(file.name)}")
    asked.desk.parts.jobs.intake(asked.campaign, asked.day)
    return RedirectResponse(f"{asked.home}/upload", 303)


@dataclass(frozen=True, slots=True)
class _File:
    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Progress:
    """A submission handed in, and what came of it so far: what of it the officer may see."""

    upload: Uploaded
    unit: Unit | None
    handled: Handled | None
    findings: tuple[Finding, ...]


def _trouble(
    asked: Asked, typed: str, branch: Unit | None, received_at: datetime | None, files: list[_File]
) -> str:
    """Return the word on what does not fit; none where all does."""
    if not files:
        return "desk.upload.trouble.none"
    if any(not file.content for file in files):
        return "desk.upload.trouble.empty"
    if any(len(file.content) > asked.desk.parts.limits.item_bytes for file in files):
        return "desk.upload.trouble.large"
    if typed.strip() and branch is None:
        return "desk.upload.trouble.unit"
    return "desk.upload.trouble.came" if received_at is None else ""


def _record(asked: Asked, files: list[_File], branch: UnitCode | None, received_at: datetime) -> None:
    """Store the bytes for good, then record them: in this order a crash loses nothing and doubles nothing."""
    hashes = Vault(asked.desk.parts.settings.submissions).keep(file.content for file in files)
    arrivals = [
        Recorded(
            source=DESK,
            key=upload_key(asked.day, asked.officer.name, sha256, f"{branch or '-'}/{file.name}"),
            # The unit in front, as a shared folder's sub-folder: the same file for another unit is another one.
            name=f"{branch or '-'}/{file.name}",
            sha256=sha256,
            size=len(file.content),
            sender=None,
            branch=branch,
            received_at=received_at,
            received_day=asked.campaign.local_day(received_at),
            state=SubmissionState.RECEIVED,
            provenance=DESK,
        )
        for file, sha256 in zip(files, hashes, strict=True)
    ]
    asked.store.ledger.record(asked.campaign.name, arrivals, asked.desk.parts.clock())


def _context(asked: Asked, trouble: str = "", unit: str = "", came: str = "") -> dict[str, Any]:
    uploads = [
        one
        for one in asked.store.desk.uploads(asked.campaign.name, asked.day, _SHOWN)
        if asked.sees(one.branch)
    ]
    state = asked.desk.parts.jobs.state(asked.campaign.name)
    waits = any(one.state is SubmissionState.RECEIVED for one in uploads)
    return {
        "progress": _progress(asked, uploads),
        "intake": state,
        "wait": _UNDER_WAY if state.is_running else _SETTLED,
        "waits": waits,
        "trouble": trouble,
        "unit_typed": unit,
        "came_typed": came,
        "channels": CHANNELS,
        "limits": asked.desk.parts.limits,
    }


def _progress(asked: Asked, uploads: list[Uploaded]) -> list[Progress]:
    handled = {one.id: one for one in asked.store.answers.handled([upload.id for upload in uploads])}
    return [
        Progress(
            upload,
            asked.tree[upload.branch] if upload.branch in asked.tree and upload.branch else None,
            handled.get(upload.id),
            _findings(asked, handled.get(upload.id)),
        )
        for upload in uploads
    ]


def _findings(asked: Asked, handled: Handled | None) -> tuple[Finding, ...]:
    if handled is None:
        return ()
    reason = (handled.reason,) if handled.reason else ()
    of_entries = (
        finding for entry in handled.entries for finding in entry.findings if asked.sees(entry.unit)
    )
    found: list[Finding] = []
    for finding in (*reason, *handled.findings, *of_entries):
        if finding not in found:
            found.append(finding)
    return tuple(found)


def unit_of(asked: Asked, typed: str) -> Unit | None:
    """Return the unit of what was typed or chosen: ``Xã Tân Hà (90101)``, a code, or a name that fits only one."""
    text = unicodedata.normalize("NFC", typed).strip()
    code = text[text.rfind("(") + 1 : -1] if text.endswith(")") else text
    if code in asked.visible:
        return asked.tree[code]
    named = [one for one in asked.tree.branch(asked.top.code) if text and _plain(one.name) == _plain(text)]
    return named[0] if len(named) == 1 else None


def _moment(asked: Asked, came: str) -> datetime | None:
    """Return when the unit sent it: now, or an hour of this page's day that has passed; None where it is none."""
    if not came.strip():
        return asked.now
    try:
        at = (
            moment(asked.day, time.fromisoformat(came), asked.campaign.zone)
            if len(came) == len("14:30")
            else None
        )
    except ValueError:
        return None
    return at if at is not None and at <= asked.now else None


def _name(told: str) -> str:
    """Return the file's own name, without any path, as it may be kept and shown."""
    bare = told.replace("\\", "/").rsplit("/", 1)[-1]
    return shown(bare, _LONGEST_NAME).strip(". ") or "-"


def _plain(text: str) -> str:
    return unicodedata.normalize("NFC", text).casefold()
