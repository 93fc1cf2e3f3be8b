"""Receipts: what became of the events of a batch, and up to which number the receiver has them all. Kept at both ends."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson

from hub.base.errors import InvalidInputError
from hub.base.temuan import Temuan
from hub.base.uuid7 import uuid7
from hub.berita.chain_event import canonical, written_moment
from hub.db.database import Conn
from hub.simpul.troubles import count_troubles

TAKEN, REFUSED = "DITERIMA", "DITOLAK"
_TOLD = ("kode", "tingkat", "pesan", "wilayah", "elemen", "nilai", "usulan")  # of a finding
ALARMS = frozenset({"RANTAI_BERCABANG", "RANTAI_PUTUS", "MASA_LAMA", "PERISTIWA_ASING"})  # an operator must look at


@dataclass(frozen=True, slots=True)
class Answered:
    """What became of one event: `verdict` TAKEN or REFUSED, `at`: when it was received first, `temuan`: findings as objects (kode,
    tingkat, pesan, wilayah, elemen, nilai, usulan)."""

    number: int
    verdict: str
    at: str
    temuan: Sequence[Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Problem:
    """Why the receiver went no further, or what it could not read. `number`: of the event; None: it has none that could be read."""

    number: int | None
    kode: str
    message: str


@dataclass(frozen=True, slots=True)
class Receipt:
    """`direction`: of the chain that was received; `number`, `hash`, `epoch`: of its last event without a hole."""

    kode_kab: str
    direction: str
    epoch: int
    number: int
    hash: bytes
    at: datetime
    answered: Sequence[Answered]
    problems: Sequence[Problem]

    def content(self) -> bytes:
        """Canonical JSON: what is signed and sent."""
        return canonical(
            {
                "kode_kab": self.kode_kab, "arah": self.direction, "masa": self.epoch, "nomor": self.number, "sidik": self.hash.hex(),
                "pada": written_moment(self.at),
                "peristiwa": [
                    {"nomor": a.number, "putusan": a.verdict, "pada": a.at, "temuan": list(a.temuan)} for a in self.answered
                ],
                "masalah": [{"nomor": p.number, "kode": p.kode, "pesan": p.message} for p in self.problems],
            }
        ).encode()  # fmt: skip

    @property
    def alarming(self) -> bool:
        return any(p.kode in ALARMS for p in self.problems)


def read_receipt(content: bytes) -> Receipt:
    """Raises InvalidInputError for what is no receipt."""
    try:
        read = orjson.loads(content)
        return Receipt(
            _text(read["kode_kab"]), _text(read["arah"]), int(read["masa"]), int(read["nomor"]), bytes.fromhex(read["sidik"]),
            datetime.fromisoformat(read["pada"]),
            [
                Answered(int(a["nomor"]), _verdict(a["putusan"]), _text(a["pada"]), [dict(t) for t in a["temuan"]])
                for a in read["peristiwa"]
            ],
            [
                Problem(None if p["nomor"] is None else int(p["nomor"]), _text(p["kode"]), _text(p["pesan"]))
                for p in read["masalah"]
            ],
        )  # fmt: skip
    except (ValueError, KeyError, TypeError) as error:
        raise InvalidInputError("Tanda terima ini tidak dapat dibaca.") from error


def _text(value: object) -> str:
    if not isinstance(value, str) or "\0" in value:
        raise ValueError
    return value


def _verdict(value: object) -> str:
    if value not in (TAKEN, REFUSED):
        raise ValueError
    return str(value)


def told(temuan: Sequence[Temuan]) -> list[dict[str, Any]]:
    """Findings as a receipt has them: where they stood in a file is of no use at the other end."""
    return [{name: said for name in _TOLD if (said := getattr(t, name)) is not None} for t in temuan]


async def keep(conn: Conn, receipt: Receipt, signature: bytes | None, *, given: bool, alarming: bool = False) -> None:
    """Write it down, in a transaction of the hub's own work. `given`: by this hub; else it was given to it.
    `alarming`: an operator must look at it, whatever it says itself."""
    await conn.execute(
        "INSERT INTO tanda_terima (kode_kab, id, diberi, nomor, isi, tanda_tangan, peringatan) VALUES (%s, %s, %s, %s, %s, %s, %s)",
        (
            receipt.kode_kab, uuid7(), given, receipt.number, receipt.content().decode(), signature, alarming or receipt.alarming,
        ),
    )  # fmt: skip
    await count_troubles(conn, receipt.kode_kab)
