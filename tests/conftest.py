"""Fixtures shared by all tests; the real servers live in tests/services/, one a file."""

from __future__ import annotations

from pathlib import Path

_HERE = Path(__file__).parent

pytest_plugins = [f"tests.services.{path.stem}" for path in sorted((_HERE / "services").glob("*_server.py"))]
