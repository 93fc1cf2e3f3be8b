"""At a node whose database was restored from an older copy: its own events come back from its province, which has them, with the rows that
they made, and both go on in a new epoch. What the restored copy wrote meanwhile is kept, and becomes drafts where it can.

Events are verified one by one and kept as they are. Rows are fetched as at a hand-over and found equal on both sides before anything is
final; names of people and addresses of shelters never left the node, and stay as the backup has them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import orjson
import psycopg
from psycopg import AsyncConnection

from hub.base.errors import HubError, InvalidInputError
from hub.base.secret_file import put
from hub.berita.chain import acknowledged_number, chain_head, hash_at, received_head
from hub.berita.chain_event import DOWN, UP, ChainEvent
from hub.db.connections import Conn, connect_async
from hub.db.database import Database
from hub.simpul import joining_copy_statements as copy
from hub.simpul import recovery_statements as store
from hub.simpul.chain_ledger import ChainLedger
from hub.simpul.chain_outbox import read_outbox
from hub.simpul.delivery import PATH, check_receipt, receipt_of
from hub.simpul.envelope import enclose, open_batch
from hub.simpul.joining import own_node
from hub.simpul.joining_copy import DifferentCopyError, pages, write
from hub.simpul.recovery_door import EPOCH_PATH, FETCH_PATH
from hub.simpul.recovery_drafts import Written
from hub.simpul.refusals import NoPeerError, PeerRefusedError
from hub.simpul.wire_client import Line
from hub.simpul.wire_frames import Frame

_ATTEMPTS = 3
FOLDER = "pulihan"


class ForeignHistoryError(HubError):
    """What the province has is no continuation of what this copy holds."""

    kode = "RANTAI_BERCABANG"
    status = 409


@dataclass(frozen=True, slots=True)
class Recovered:
    """`up`, `down`: events that came back; `epoch`: the new one; `written`: what the restored copy wrote that the province never got;
    `file`: where that is kept, None: there was nothing; `lacking`: social resources with columns that only a newer backup would have;
    `people`: changes of the Tagana register whose names no backup has."""

    up: int
    down: int
    epoch: int
    written: Written
    file: Path | None
    lacking: Sequence[tuple[str, str]]
    people: int


@dataclass(frozen=True, slots=True)
class _Chain:
    """`events`: those with higher numbers than this copy was sure of; `end`: number and hash; `refused`: numbers."""

    events: Sequence[ChainEvent]
    end: tuple[int, bytes]
    refused: frozenset[int]


async def recover(db: Database, owner_url: str, ledger: ChainLedger, line: Line, home: Path) -> Recovered:
    """`owner_url`: of this hub's database, as its owner; `home`: the hub's folder. Raises NoPeerError, PeerRefusedError,
    ForeignHistoryError, InvalidInputError; then nothing is changed, and it may be run again."""
    node = await own_node(db)
    kab = node.kode_kab
    if node.serah_pada is None:
        raise InvalidInputError(
            "Cadangan ini dari sebelum serah terima; tidak ada yang dapat disambung. Mulailah dengan basis data baru: provinsi mencabut "
            f"simpul (hub simpul cabut {kab}) dan mengundang lagi, lalu hub simpul gabung dan hub simpul serah."
        )
    for attempt in range(1, _ATTEMPTS + 1):
        await _hand_in(db, ledger, line, kab)
        try:
            async with await connect_async(owner_url, AsyncConnection[tuple[Any, ...]]) as conn:
                return await _recover(conn, kab, line, home)
        except (PeerRefusedError, psycopg.errors.DeadlockDetected) as error:
            retried = isinstance(error, psycopg.Error) or error.their_code == DifferentCopyError.kode
            if not retried or attempt == _ATTEMPTS:
                raise
    raise AssertionError("the last attempt raises")


async def _hand_in(db: Database, ledger: ChainLedger, line: Line, kab: str) -> None:
    """Bring what waits and goes on from what the province has, if that is so: it is lost to nobody then."""
    while True:
        async with db.as_owner() as conn:
            own = await chain_head(conn, kab)
            after = await acknowledged_number(conn, kab)
        said = await line.ask(FETCH_PATH, Frame({"rantai": UP, "sesudah": after}), {})
        number, hash_ = _end(said.head.get("ujung"))
        async with db.as_owner() as conn:
            fits = own is not None and await hash_at(conn, own, number) == hash_
        batch = await read_outbox(db, kab, number)
        if not fits or batch is None or batch.empty:
            return
        answer = await line.ask(PATH, Frame({}, batch.content), {})
        receipt, signature = receipt_of(answer.head)
        check_receipt(line.keys, receipt, signature)
        if await ledger.taken(receipt, signature) < batch.last:
            return


async def _recover(conn: Conn, kab: str, line: Line, home: Path) -> Recovered:
    await store.hold(conn)
    own, received = await chain_head(conn, kab), await received_head(conn, kab)
    if own is None or received is None:
        raise InvalidInputError("Basis data ini tidak berisi rantai catatan simpul; pulihkan cadangan yang lain.")
    known = await acknowledged_number(conn, kab)
    up = await _fetch(line, kab, UP, (known, await hash_at(conn, own, known)))
    down = await _fetch(line, kab, DOWN, (received.number, received.hash))
    common = known
    for event in up.events:
        if await hash_at(conn, own, event.number) != event.hash():
            break
        common = event.number
    meanwhile = await store.own_after(conn, kab, UP, common)
    before = await store.stored_revisions(conn, kab, every=True)
    hidden = await store.hidden_values(conn, kab)
    await copy.clear(conn, kab, store.FETCHED)
    async for table, names, content in pages(line, again=True):
        if content and table in store.FETCHED:
            await write(conn, table, names, content)
    came = [e for e in up.events if e.number > common]
    written = await _written(conn, kab, meanwhile, before, [e for e in came if e.number in up.refused])
    file = _keep(home, kab, written, hidden)  # before anything of it is gone
    digests = {t: [d.count, d.sum] for t, d in (await copy.digests(conn, kab)).items() if t in store.FETCHED}
    told = {"naik": [up.end[0], up.end[1].hex()], "turun": [down.end[0], down.end[1].hex()], "sidik": digests}
    answer = await line.ask(EPOCH_PATH, Frame(told), {})
    epoch = answer.head.get("zaman")
    if type(epoch) is not int:
        raise NoPeerError("Jawaban provinsi tidak menyebut zaman; pakai hub versi yang sama di kedua pihak.")
    await store.drop_own_after(conn, kab, common)
    await store.put_events(conn, came, up.refused, received=False)
    await store.put_events(conn, down.events, frozenset(), received=True)
    await store.set_ends(conn, kab, epoch, up.end, down.end)
    await store.put_hidden(conn, kab, hidden)
    people = sum(e.kind == "tagana.jumlah" for e in came)
    found = Recovered(len(came), len(down.events), epoch, written, file, await store.lacking(conn, kab), people)
    await store.let_go(conn)
    return found


async def _written(
    conn: Conn,
    kab: str,
    meanwhile: Sequence[ChainEvent],
    before: Sequence[store.Revision],
    refused: Sequence[ChainEvent],
) -> Written:
    """What the province has not, of what this copy held. `before`: its newest revisions, before they were taken away; `refused`: what
    came back that the province had not taken."""
    keys = await store.revision_keys(conn, kab)
    there = {(r.formulir, r.periode): r for r in await store.stored_revisions(conn, kab, every=False)}
    lost: list[dict[str, Any]] = []
    earlier: list[dict[str, Any]] = []
    for r in before:
        now = there.get((r.formulir, r.periode))
        if r.key in keys or (now is not None and now.figures == r.figures):
            continue
        older = not r.newest or (now is not None and r.at <= now.at)
        content = {**orjson.loads(r.content), **orjson.loads(r.figures)}
        entry = {"oleh": r.by, "pada": r.at.isoformat(), "jenis": r.kind, "lama": older, "isi": content}
        (lost if r.newest else earlier).append(entry)
    for e in reversed(refused):  # the newest of each
        data = orjson.loads(e.content)
        now = there.get((data.get("formulir"), data.get("periode")))
        known = {(x["isi"]["formulir"], x["isi"]["periode"]) for x in lost}
        if (
            e.kind == "rekap.ajukan"
            and data.get("kunci") not in keys
            and (data["formulir"], data["periode"]) not in known
        ):
            older = now is not None and e.at <= now.at
            lost.append({"oleh": e.by, "pada": e.at.isoformat(), "jenis": "AJUAN", "lama": older, "isi": data})
    return Written(kab, lost, [*meanwhile, *refused], earlier)


def _keep(home: Path, kab: str, written: Written, hidden: Sequence[Mapping[str, Any]]) -> Path | None:
    """Write it to a file that only the hub's account reads. Raises OSError."""
    if not (written.rekap or written.events or written.earlier):
        return None
    told = {str(e.subject).rpartition(":")[2] for e in written.events if e.kind == "sumber_daya.simpan"}
    content = {
        "berkas": "hub-pulihan", "kode_kab": kab, "dibuat": datetime.now(UTC).isoformat(), "rekap": written.rekap,
        "revisi_lain": written.earlier,
        "peristiwa": orjson.Fragment(enclose(written.events)), "tertutup": [h for h in hidden if h["id"] in told],
    }  # fmt: skip
    path = home / FOLDER / f"{kab}-{datetime.now(UTC):%Y%m%dT%H%M%S%f}.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    put(path, orjson.dumps(content).decode())
    return path


async def _fetch(line: Line, kab: str, direction: str, start: tuple[int, bytes | None]) -> _Chain:
    """A chain after that event, each verified after the one before it. `start`: number and hash; None: it is not looked at. Raises
    ForeignHistoryError, NoPeerError."""
    number, hash_ = start
    events: list[ChainEvent] = []
    refused: set[int] = set()
    while True:
        answer = await line.ask(FETCH_PATH, Frame({"rantai": direction, "sesudah": number}), {})
        end, end_hash = _end(answer.head.get("ujung"))
        if end < number:
            raise ForeignHistoryError(
                f"Provinsi hanya menyimpan peristiwa {kab} sampai nomor {end}, sedangkan simpul ini sudah menyampaikan sampai {number}: "
                "provinsi yang dipulihkan dari cadangan lama. Hubungi pengelola hub provinsi."
            )
        opened = open_batch(answer.content)
        page = [e for e in opened.enclosed if (e.event.kode_kab, e.event.direction) == (kab, direction)]
        if opened.broken or len(page) != len(opened.enclosed) or (not page and number < end):
            raise NoPeerError(
                "Provinsi mengembalikan peristiwa yang tidak dapat dibaca; pakai hub versi yang sama di kedua pihak."
            )
        for e in page:
            if not e.whole or e.event.number != number + 1 or hash_ not in (None, e.event.before):
                raise ForeignHistoryError(
                    f"Peristiwa {e.event.number} dari provinsi bukan sambungan dari yang ada di cadangan ini, atau sidiknya tidak cocok; "
                    "tidak ada yang diubah. Periksa kedua hub: hub check rantai."
                )
            events.append(e.event)
            number, hash_ = e.event.number, e.hash
        refused |= {n for n in answer.head.get("ditolak") or () if isinstance(n, int)}
        if number >= end:
            if hash_ not in (None, end_hash):
                raise ForeignHistoryError(
                    f"Ujung rantai {kab} di provinsi bukan dari peristiwanya; periksa provinsi: hub check rantai."
                )
            return _Chain(events, (number, end_hash), frozenset(refused))


def _end(value: object) -> tuple[int, bytes]:
    try:
        assert isinstance(value, list)
        number, hash_ = value
        return int(number), bytes.fromhex(hash_)
    except (AssertionError, TypeError, ValueError):
        raise NoPeerError(
            "Jawaban provinsi tidak menyebut ujung rantai; pakai hub versi yang sama di kedua pihak."
        ) from None
