"""The same events and receipts in one file, for hubs that no line joins (`.hubpaket`).

A file is a row of parts, each whole by itself: a line of JSON that says what it holds, a detached JWS over it and the content (RFC 7515,
appendix F), the content compressed with zstd. So of a file that was cut off, changed or put together anew what is whole and signed is
taken, and the rest is named; the chains themselves say what is missing or came twice.
"""

from collections.abc import AsyncIterator, Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import orjson
import zstandard
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from joserfc import jws
from joserfc.errors import JoseError
from joserfc.jwk import OKPKey

from hub.base.errors import HubError
from hub.berita.chain_event import DOWN, canonical
from hub.db.database import Database
from hub.simpul.bundle_file import BUNDLE, HELD, Packing
from hub.simpul.chain_outbox import acknowledged, read_outbox
from hub.simpul.envelope import open_batch
from hub.simpul.keys import NodeKey
from hub.simpul.receipts import Receipt
from hub.simpul.receive import Receiver

EVENTS, RECEIPTS, KEYS = "PERISTIWA", "RESI", "KUNCI"
_KINDS = (EVENTS, RECEIPTS, KEYS, BUNDLE, HELD)
_NAME, _VERSION = "hubpaket", 1
_ALGORITHM = "Ed25519"  # RFC 9864
_LONGEST_LINE = 4_096  # bytes of what a part says of itself, and of its signature
_LARGEST = 64_000_000  # bytes of the content of one part

KeyNamed = Callable[[str, str], bytes | None]
"""(kabupaten, key's id) → the public key of the other end of that kabupaten which is called so; None: it has none."""


@dataclass(frozen=True, slots=True)
class Ends:
    """Who the other ends are: `now`, `before`: their keys that hold, and those that did once; `epochs`: of each kabupaten."""

    now: KeyNamed
    before: KeyNamed
    epochs: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Part:
    """A part whose signature was found good. `kind`: EVENTS, RECEIPTS, or of the bundle; `signature`: its JWS."""

    kind: str
    kode_kab: str
    content: bytes
    signature: bytes


@dataclass(frozen=True, slots=True)
class Unpacked:
    """`broken`: what was not taken, in words; `ended`: parts signed by the other end with a key that does not hold any more."""

    parts: Sequence[Part]
    broken: Sequence[str]
    ended: Sequence[Part] = ()


def pack(kind: str, kode_kab: str, content: bytes, key: NodeKey) -> bytes:
    """One part of a file."""
    compressed = zstandard.ZstdCompressor().compress(content)
    head = canonical(
        {
            "berkas": _NAME, "versi": _VERSION, "jenis": kind, "kode_kab": kode_kab, "panjang": len(content),
            "termampat": len(compressed),
        }
    ).encode()  # fmt: skip
    whole = jws.serialize_compact(
        {"alg": _ALGORITHM, "kid": key.id},
        _payload(head, content),
        OKPKey.import_key(key.private),
        algorithms=[_ALGORITHM],
    )
    return head + b"\n" + jws.detach_content(whole).encode() + b"\n" + compressed + b"\n"


def _nobody(kode_kab: str, key_id: str) -> None:
    return None


def unpack(file: bytes, keys: KeyNamed | None, former: KeyNamed = _nobody) -> Unpacked:
    """Its parts, as far as they are whole and signed. `keys`: None: whoever signed them; `former`: keys that do not hold any more."""
    parts: list[Part] = []
    ended: list[Part] = []
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
        else:
            part = Part(head["jenis"], head["kode_kab"], content, signature)
            payload = _payload(line, content)
            if keys is None or _is_signed(part, payload, keys):
                parts.append(part)
            elif _is_signed(part, payload, former):
                ended.append(part)
            else:
                broken.append(f"Tanda tangan bagian {number} tidak sah atau dari hub yang tidak dikenal.")
        position = end + 1
    return Unpacked(parts, broken, ended)


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


def _is_signed(part: Part, payload: bytes, keys: KeyNamed) -> bool:
    try:
        head = jws.extract_compact(part.signature, payload).headers()
        # what is not understood must not be passed over (RFC 7515, 4.1.11)
        if set(head) != {"alg", "kid"} or part.signature.count(b".") != 2 or b".." not in part.signature:
            return False
        public = keys(part.kode_kab, str(head["kid"]))
        if public is None:
            return False
        key = OKPKey.import_key(Ed25519PublicKey.from_public_bytes(public))
        jws.deserialize_compact(part.signature, key, algorithms=[_ALGORITHM], payload=payload)
    except (JoseError, ValueError, TypeError):
        return False
    return True


def _payload(head: bytes, content: bytes) -> bytes:
    """What is signed, which stands beside the signature."""
    return head + b"\n" + content


# ---------- whole files ----------


def rotations_in(file: bytes) -> list[str]:
    """What a file says of another key of its sender; each of it shows by itself whether it is to be believed."""
    unpacked = unpack(file, None)
    return [part.content.decode("ascii", "replace") for part in unpacked.parts if part.kind == KEYS]


async def pack_outbox(db: Database, kode_kab: str, key: NodeKey) -> AsyncIterator[bytes]:
    """All that the other end has not said it has, part by part; nothing where there is nothing. `key`: this hub's."""
    told = key.told
    after = await acknowledged(db, kode_kab)
    while (batch := await read_outbox(db, kode_kab, after)) is not None and not batch.empty:
        if told and batch.direction == DOWN:
            yield pack(KEYS, kode_kab, told.encode(), key)
            told = ""
        yield pack(EVENTS, kode_kab, batch.content, key)
        after = batch.last


async def take_file(
    receiver: Receiver, file: bytes, ends: Ends, key: NodeKey, packing: Packing | None = None
) -> tuple[bytes, list[str]]:
    """Take a file of the other end: its events as if they had come by a line, by a clock that nobody knows, and its receipts. `key`:
    this hub's; `packing`: takes what is of the bundle. The file that goes back (empty where there was nothing to answer), and what was
    not taken. Safe to repeat."""
    unpacked = unpack(file, ends.now, ends.before)
    answer, said = b"", list(unpacked.broken)
    said += [sentence for part in unpacked.ended for sentence in _ended(part, ends.epochs.get(part.kode_kab, 0))]
    for part in unpacked.parts:
        try:
            if part.kind == KEYS:  # they were looked at before
                continue
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
        packed = pack(RECEIPTS, part.kode_kab, receipt.content(), key)
        await receiver.keep_given(receipt, packed.split(b"\n", 2)[1])
        answer += packed
        said += _told(receipt)
    return answer, said


def _told(receipt: Receipt) -> list[str]:
    """Its problems; of those that a restored or replaced machine makes, with what to do."""
    return [f"{p.message} {_REMEDIES[p.kode]}" if p.kode in _REMEDIES else p.message for p in receipt.problems]


_RESTORED = "Bila basis data hub pengirimnya dipulihkan dari cadangan, jalankan di simpul: hub simpul pulihkan."
_REMEDIES = {"RANTAI_BERCABANG": _RESTORED, "RANTAI_PUTUS": _RESTORED, "MASA_LAMA": _RESTORED}


def _ended(part: Part, epoch: int) -> Iterator[str]:
    """What a part holds that nobody takes any more, each event by name."""
    if part.kind != EVENTS:
        yield f"Tanda terima {part.kode_kab} ditandatangani kunci yang tidak berlaku lagi; kemas lagi di hub yang membuatnya (KUNCI_DICABUT)."
        return
    events = [e.event for e in open_batch(part.content).enclosed if e.whole]
    names = ", ".join(f"{e.number} {e.kind} {e.subject}" for e in events[:_NAMED])
    names += f", … ({len(events)} semuanya)" if len(events) > _NAMED else ""
    if events and events[0].epoch < epoch:
        yield (
            f"Peristiwa {part.kode_kab} dari mesin yang sudah diganti tidak dicatat (MASA_LAMA: masa {events[0].epoch}, sekarang {epoch}): "
            f"{names}. Yang masih diperlukan dapat dijadikan draf di simpul yang sekarang: hub simpul pulihkan --dari BERKAS."
        )
        return
    yield (
        f"Peristiwa {part.kode_kab} ditandatangani kunci yang sudah dicabut atau lama diganti (KUNCI_DICABUT) dan tidak dicatat: {names}. "
        "Bila hub pengirimnya masih dipakai, kemas lagi di sana dengan kunci yang sekarang: hub simpul kemas."
    )


_NAMED = 20
