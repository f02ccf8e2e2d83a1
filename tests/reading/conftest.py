"""The reader as the product starts it: one for all tests of this folder, with its children."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from tests.reading.places import duc_hue, form, incoming
from tonghop.domain.reading import Incoming, Reading
from tonghop.reading.limits import Limits
from tonghop.reading.reader import Reader

Read = Callable[..., Reading]


@pytest.fixture(autouse=True)
def held(nursery: None) -> None:
    """Every test here that reads takes its children from one nursery."""


@pytest.fixture(scope="session")
def reader() -> Iterator[Reader]:
    with Reader(form(), Limits(seconds=20.0), workers=2) as reader:
        yield reader


_TREE = duc_hue()


@pytest.fixture(scope="session")
def read(reader: Reader) -> Read:
    """Return a function that reads one file: ``read(name, content, sender=…, branch=…)``."""

    def read_one(name: str, content: bytes, **around: object) -> Reading:
        tree = around.pop("tree", _TREE)
        submission: Incoming = incoming(name, content)
        (reading,) = reader.read([submission._replace(**around)], tree)
        return reading

    return read_one
