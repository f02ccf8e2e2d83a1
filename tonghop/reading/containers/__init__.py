"""Submissions unpacked: what kind of container the bytes are, its guards, and the tables inside."""

from tonghop.reading.containers.model import Document, Opened, Refused
from tonghop.reading.containers.unpack import unpack

__all__ = ["Document", "Opened", "Refused", "unpack"]
