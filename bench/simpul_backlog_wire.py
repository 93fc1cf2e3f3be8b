"""How nodes bring their backlog: signed packages as hub/simpul/delivery.py sends them, packed beforehand, some of them sent again, cut off or
without hearing the answer."""

import asyncio
import base64
import contextlib
import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from urllib.parse import urlsplit

import orjson

from bench.simpul_backlog_data import Backlog
from hub.simpul.delivery import PATH
from hub.simpul.envelope import enclose
from hub.simpul.keys import NodeKey, is_signed
from hub.simpul.refusals import NoPeerError
from hub.simpul.wire_client import post
from hub.simpul.wire_frames import ENCODING, MEDIA_TYPE, Frame, pack, unpack
from hub.simpul.wire_signatures import CLOCK, STATE, TO, sign_request, verify_answer

_AGAIN, _CUT, _LOST = 0.05, 0.02, 0.02  # of all deliveries
_TRIES, _PAUSE, _PATIENCE = 20, 0.5, 60.0  # of one delivery; seconds


@dataclass(frozen=True, slots=True)
class Package:
    """What one node sends. `body`: packed; `state`: what it says of itself."""

    backlog: Backlog
    key: NodeKey = field(repr=False)
    body: bytes = field(repr=False)
    state: str

    @classmethod
    def of(cls, backlog: Backlog, key: NodeKey) -> "Package":
        state = {"urutan": len(backlog.events), "katalog": None, "hub": None, "wilayah": None}
        return cls(backlog, key, pack(Frame({}, enclose(backlog.events))), orjson.dumps(state).decode())

    def heads(self) -> dict[str, str]:
        """Signed now."""
        now = datetime.now(UTC)
        heads = {
            "Content-Type": MEDIA_TYPE, "Content-Encoding": ENCODING, TO: self.backlog.kode_kab[:2], CLOCK: now.isoformat(),
            STATE: self.state,
        }  # fmt: skip
        return sign_request(self.key, PATH, self.body, heads, now)


@dataclass
class Seen:
    """`province`: the key that answers must bear; `wrong`: answers that are no receipt of all that was sent."""

    province: NodeKey
    again: int = 0
    cut: int = 0
    lost: int = 0
    wrong: list[str] = field(default_factory=list)


async def deliver(url: str, packages: Sequence[Package], at_once: int, seen: Seen, chance: random.Random) -> None:
    """All of them, so many at a time, until each has its receipt."""
    gate = asyncio.Semaphore(at_once)

    async def one(package: Package) -> None:
        async with gate:
            if chance.random() < _CUT:
                await _send_part(url, package, len(package.body) // 2)
                seen.cut += 1
            if chance.random() < _LOST:
                await _send_part(url, package, len(package.body))
                seen.lost += 1
            first = await _until_told(url, package, seen)
            if chance.random() < _AGAIN:
                seen.again += 1
                if await _until_told(url, package, seen) != first:
                    seen.wrong.append(f"{package.backlog.kode_kab}: answered otherwise than before")

    await asyncio.gather(*(one(p) for p in packages))


async def _send_part(url: str, package: Package, length: int) -> None:
    """So many bytes of the body, and hang up."""
    address = urlsplit(url)
    reader, writer = await asyncio.open_connection(address.hostname, address.port)
    heads = {**package.heads(), "Host": address.netloc, "Content-Length": str(len(package.body))}
    head = "".join(f"{name}: {value}\r\n" for name, value in heads.items())
    writer.write(f"POST {PATH} HTTP/1.1\r\n{head}\r\n".encode() + package.body[:length])
    with contextlib.suppress(OSError):
        await writer.drain()
        await asyncio.sleep(0.2)  # so that it is read
        writer.close()
        await writer.wait_closed()
    del reader


async def _until_told(url: str, package: Package, seen: Seen) -> list[tuple[int, str]]:
    """The verdicts of the receipt."""
    kab, why = package.backlog.kode_kab, ""
    for _ in range(_TRIES):
        heads = package.heads()
        try:
            status, said, raw = await post(url + PATH, package.body, heads, _PATIENCE)
        except NoPeerError as error:
            why = error.message
            await asyncio.sleep(_PAUSE)
            continue
        if status != 200:
            why = f"{status} {raw[:200]!r}"
            await asyncio.sleep(_PAUSE)
            continue
        verify_answer((PATH, _Lines(heads)), status, said, seen.province.public).check_body(raw)
        return _receipt(package, unpack(raw), seen)
    seen.wrong.append(f"{kab}: no receipt after {_TRIES} tries: {why}")
    return []


@dataclass(frozen=True, slots=True)
class _Lines:
    values: dict[str, str]

    def items(self) -> list[tuple[str, str]]:
        return list(self.values.items())


def _receipt(package: Package, frame: Frame, seen: Seen) -> list[tuple[int, str]]:
    kab, text = package.backlog.kode_kab, str(frame.head.get("resi"))
    if not is_signed(seen.province.public, text.encode(), base64.b64decode(str(frame.head.get("tanda")))):
        seen.wrong.append(f"{kab}: a receipt that is not signed")
        return []
    told = orjson.loads(text)
    if told["nomor"] != len(package.backlog.events) or told["masalah"]:
        seen.wrong.append(f"{kab}: up to {told['nomor']} {str(told['masalah'])[:300]}")
    return [(p["nomor"], p["putusan"]) for p in told["peristiwa"]]
