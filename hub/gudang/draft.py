"""A movement of stock as it was sent: one document, any number of lines."""

import hashlib
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal

import orjson

RECEIVE = "TERIMA"
ISSUE = "KELUAR"
TRANSFER = "PINDAH"
CORRECT = "KOREKSI"


@dataclass(frozen=True, slots=True)
class DraftRow:
    """`jumlah`: above zero, except in a correction, where the sign says the direction; a text is what could not be read.
    `lot`, `sumber_dana` None: not said."""

    barang: str
    jumlah: Decimal | str
    lot: str | None = None
    kedaluwarsa: date | None = None
    sumber_dana: str | None = None


@dataclass(frozen=True, slots=True)
class MovementDraft:
    """`gudang`, `gudang_tujuan`: public ids as sent; `pada` None: now."""

    gudang: str
    jenis: str
    baris: tuple[DraftRow, ...]
    nomor_dokumen: str
    kunci_idempoten: str
    pada: datetime | None = None
    gudang_tujuan: str | None = None
    tujuan: str | None = None
    alasan: str | None = None

    def hash(self) -> bytes:
        """SHA-256 of everything but the key: equal for a retry, other for any change."""
        content = (
            self.gudang, self.jenis, self.nomor_dokumen,
            None if self.pada is None else self.pada.astimezone(UTC).isoformat(),
            self.gudang_tujuan, self.tujuan, self.alasan,
            [
                (
                    b.barang, f"{b.jumlah.normalize():f}" if isinstance(b.jumlah, Decimal) else b.jumlah, b.lot,
                    None if b.kedaluwarsa is None else b.kedaluwarsa.isoformat(), b.sumber_dana,
                )
                for b in self.baris
            ],
        )  # fmt: skip
        return hashlib.sha256(orjson.dumps(content)).digest()
