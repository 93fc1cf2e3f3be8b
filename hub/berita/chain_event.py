"""An event of a chain, its canonical content and its hash. Pure; the database hashes the same way (migration 0054_rantai)."""

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import orjson

UP, DOWN = DIRECTIONS = ("NAIK", "TURUN")  # from a node to its province, and back
NO_HASH = bytes(32)  # before the first event


@dataclass(frozen=True, slots=True)
class Head:
    """Where a chain stands: its epoch, the number and the hash of its last event (0 and NO_HASH: it has none)."""

    kode_kab: str
    direction: str
    epoch: int
    number: int
    hash: bytes


@dataclass(frozen=True, slots=True)
class ChainEvent:
    """One event. `content`: canonical JSON; `at`, `by`: time and actor where it happened; `before`: hash of the event before."""

    kode_kab: str
    direction: str
    epoch: int
    number: int
    kind: str
    subject: str
    content: str
    at: datetime
    by: str
    before: bytes

    def content_hash(self) -> bytes:
        return hashlib.sha256(self.content.encode()).digest()

    def hash(self) -> bytes:
        """Of where it stands, what it says, and of the event before it."""
        place = [
            self.kode_kab, self.direction, self.epoch, self.number, self.kind, self.subject, written_moment(self.at),
            self.by, self.content_hash().hex(), self.before.hex(),
        ]  # fmt: skip
        return hashlib.sha256(orjson.dumps(place)).digest()


def canonical(value: Any) -> str:
    """JSON as RFC 8785 has it: keys in order, no spaces. Numbers are whole; figures are strings."""
    return orjson.dumps(value, option=orjson.OPT_SORT_KEYS).decode()


def written_moment(moment: datetime) -> str:
    """A moment as chains write it: UTC, microseconds."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
