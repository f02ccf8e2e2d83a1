"""Alarm: minutes before the deadline there must be an accepted delivery, or a person is woken."""

from __future__ import annotations
