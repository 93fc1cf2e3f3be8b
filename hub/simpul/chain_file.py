"""The same events and receipts in one file, for hubs that no line joins (`.hubpaket`).

A file is a row of parts, each whole by itself: a line of JSON that says what it holds, a detached JWS over it and the content (RFC 7515,
appendix F), the content compressed with zstd. So of a file that was cut off, changed or put together anew what is whole and signed is
taken, and the rest is named; the chains themselves say what is missing or came twice.
"""

import base64
import binascii
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass
from typing import Any

import orjson
import zstandard

from hub.base.errors import HubError
from hub.berita.chain_event import canonical
from hub.db.database import Database
from hub.simpul.bundle_file import BUNDLE, HELD, Packing
from hub.simpul.chain_outbox import acknowledged, read_outbox
from hub.simpul.receipts import Receipt
from hub.simpul.receive import Receiver

EVENTS, RECEIPTS = "PERISTIWA", "RESI"
_KINDS = (EVENTS, RECEIPTS, BUNDLE, HELD)
_NAME, _VERSION = "hubpaket", 1
_LONGEST_LINE = 4_096  # bytes of what a part says of itself, and of its signature
_LARGEST = 64_000_000  # bytes of the content of one part

Sign = Callable[[bytes], bytes]
"""A message → its Ed25519 signature."""
IsSigned = Callable[[str, str, bytes, bytes], bool]
"""(kabupaten, key's id, message, signature) → whether the other end of that kabupaten signed it with a key that holds."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part whose signature was found good. `kind`: EVENTS, RECEIPTS, or of the bundle; `signature`: its JWS."""

    kind: str
    kode_kab: str
    content: bytes
    signature: bytes


@dataclass(frozen=True, slots=True)
class Unpacked:
    """`broken`: what was not taken, in words."""

    parts: Sequence[Part]
    broken: Sequence[str]


def pack(kind: str, kode_kab: str, content: bytes, key_id: str, sign: Sign) -> bytes:
    """One part of a file."""
    compressed = zstandard.ZstdCompressor().compress(content)
    head = canonical(
        {
            "berkas": _NAME, "versi": _VERSION, "jenis": kind, "kode_kab": kode_kab, "panjang": len(content),
            "termampat": len(compressed),
        }
    ).encode()  # fmt: skip
    protected = _text(canonical({"alg": "EdDSA", "kid": key_id}).encode())
    signature = sign(_message(protected, head, content))
    return head + b"\n" + protected + b".." + _text(signature) + b"\n" + compressed + b"\n"


def unpack(file: bytes, is_signed: IsSigned) -> Unpacked:
    """Its parts, as far as they are whole and signed."""
    parts: list[Part] = []
    broken: list[str] = []
    position, number = 0, 0
    while position < len(file):
        number += 1
        read = _head_at(file, position)
        if read is None:
            broken.append(f"Bagian {number} dan seterusnya terpotong atau bukan paket hub.")
            break
        head, line, signature, start = read
        end = start + head["termampat"]
        if end > len(file):
            broken.append(f"Bagian {number} terpotong.")
            break
        content = _decompressed(file[start:end], head["panjang"])
        if content is None:
            broken.append(f"Bagian {number} rusak.")
        elif not _is_signed(head["kode_kab"], line, content, signature, is_signed):
            broken.append(f"Tanda tangan bagian {number} tidak sah atau dari hub yang tidak dikenal.")
        else:
            parts.append(Part(head["jenis"], head["kode_kab"], content, signature))
        position = end + 1
    return Unpacked(parts, broken)


def _head_at(file: bytes, position: int) -> tuple[dict[str, Any], bytes, bytes, int] | None:
    """What a part says of itself, as an object and as it was written, its JWS, and where its content begins."""
    first = file.find(b"\n", position, position + _LONGEST_LINE)
    second = file.find(b"\n", first + 1, first + 1 + _LONGEST_LINE) if first >= 0 else -1
    if second < 0:
        return None
    line = file[position:first]
    try:
        head = orjson.loads(line)
    except ValueError:
        return None
    if not isinstance(head, dict) or (head.get("berkas"), head.get("versi")) != (_NAME, _VERSION):
        return None
    lengths = [head.get("panjang"), head.get("termampat")]
    if not all(type(n) is int and 0 <= n <= _LARGEST for n in lengths) or head.get("jenis") not in _KINDS:
        return None
    return (head, line, file[first + 1 : second], second + 1) if isinstance(head.get("kode_kab"), str) else None


def _decompressed(compressed: bytes, length: int) -> bytes | None:
    """The content, which is that long; None where it is not."""
    try:
        reader = zstandard.ZstdDecompressor(max_window_size=2**27).stream_reader(compressed)
        content = reader.read(length + 1)
    except zstandard.ZstdError:
        return None
    return content if len(content) == length else None


def _is_signed(kode_kab: str, head: bytes, content: bytes, jws: bytes, is_signed: IsSigned) -> bool:
    protected, empty, signature = [*jws.split(b".", 2), b"", b""][:3]
    try:
        said = orjson.loads(_bytes(protected))
        signed = _bytes(signature)
    except ValueError:
        return False
    if empty or not isinstance(said, dict) or said.get("alg") != "EdDSA" or not isinstance(said.get("kid"), str):
        return False
    # what is not understood must not be passed over (RFC 7515, 4.1.11)
    return set(said) == {"alg", "kid"} and is_signed(kode_kab, said["kid"], _message(protected, head, content), signed)


def _message(protected: bytes, head: bytes, content: bytes) -> bytes:
    """What a JWS signs: its header and the payload, which here stands beside it."""
    return protected + b"." + _text(head + b"\n" + content)


def _text(data: bytes) -> bytes:
    return base64.urlsafe_b64encode(data).rstrip(b"=")


def _bytes(text: bytes) -> bytes:
    """Raises ValueError."""
    try:
        return base64.b64decode(text + b"=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except binascii.Error as error:
        raise ValueError("no base64url") from error


# ---------- whole files ----------


async def pack_outbox(db: Database, kode_kab: str, key_id: str, sign: Sign) -> AsyncIterator[bytes]:
    """All that the other end has not said it has, part by part; nothing where there is nothing."""
    after = await acknowledged(db, kode_kab)
    while (batch := await read_outbox(db, kode_kab, after)) is not None and not batch.empty:
        yield pack(EVENTS, kode_kab, batch.content, key_id, sign)
        after = batch.last


async def take_file(
    receiver: Receiver, file: bytes, is_signed: IsSigned, reply: tuple[str, Sign], packing: Packing | None = None
) -> tuple[bytes, list[str]]:
    """Take a file of the other end: its events as if they had come by a line, by a clock that nobody knows, and its receipts. `reply`:
    this hub's key; `packing`: takes what is of the bundle. The file that goes back (empty where there was nothing to answer), and what was not taken. Safe to repeat."""
    unpacked = unpack(file, is_signed)
    answer, said = b"", list(unpacked.broken)
    for part in unpacked.parts:
        try:
            if part.kind == RECEIPTS:
                await receiver.take_receipt(part.content, part.signature)
                continue
            if part.kind != EVENTS:
                why = None if packing is None else await packing.take(part.kind, part.kode_kab, part.content)
                said += [] if why is None else [why]
                continue
            receipt = await receiver.receive(part.kode_kab, part.content, None)
        except HubError as error:
            said.append(error.message)
            continue
        packed = pack(RECEIPTS, part.kode_kab, receipt.content(), *reply)
        await receiver.keep_given(receipt, packed.split(b"\n", 2)[1])
        answer += packed
        said += _told(receipt)
    return answer, said


def _told(receipt: Receipt) -> list[str]:
    return [p.message for p in receipt.problems]
