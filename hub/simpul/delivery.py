"""Both ends of POST /simpul/kirim: a node brings what it wrote and what it last received for; the province takes it, and answers with
its receipt and what travels down. Every step is safe to repeat: what is lost on the way, or with a killed hub, comes again.

What is carried, and what it means, is the ledger's: here it is bytes.
"""

import base64
import time
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import partial
from typing import Any, Protocol

import structlog
from structlog.contextvars import unbind_contextvars

from hub.base.errors import HubError, InvalidInputError
from hub.db.database import Conn, Database
from hub.simpul import keys_rotation, registry
from hub.simpul import registry_statements as store
from hub.simpul.bundle_door import Storehouse
from hub.simpul.bundle_fetch import TOLD, Fetching, read_told
from hub.simpul.joining import own_node
from hub.simpul.keys import KeyOf, NodeKey, is_signed
from hub.simpul.refusals import PeerRefusedError, RestoredError, WrongSignatureError
from hub.simpul.registry_statements import Contact
from hub.simpul.wire_client import Line
from hub.simpul.wire_door import Delivery
from hub.simpul.wire_frames import Frame

PATH = "/simpul/kirim"
_log = structlog.get_logger("hub.simpul")
_MOST_ROUNDS = 10_000  # of one delivery: a backlog of years; more is a defect
_RECEIPT, _SIGNATURE, _MORE = "resi", "tanda", "masih"


@dataclass(frozen=True, slots=True)
class Outgoing:
    """Events to be carried, none where `content` holds none. `last`: the number of the last one; `newest`: of the last there is."""

    content: bytes = field(repr=False)
    last: int
    newest: int
    empty: bool


class Ledger(Protocol):
    """What this hub writes to another and takes from it, of one kabupaten."""

    async def begin(self, conn: Conn, kode_kab: str, epoch: int, *, up: bool) -> None:
        """Write down from now on what the other is to get, in that transaction, once those who write just now have ended. `up`: this is
        the node. Safe to repeat."""

    async def handed(self, conn: Conn, kode_kab: str, epoch: int, told: int) -> Mapping[str, Any] | None:
        """At the province: where a node that holds what was told up to that number takes up what both write, as JSON; None: it has gone on
        from there already."""

    async def take_up(self, conn: Conn, kode_kab: str, epoch: int, ends: object) -> None:
        """At the node: go on from there, as the province told it; where it did not, from the beginning. Raises InvalidInputError where
        this hub has written something else."""

    async def place(self, kode_kab: str) -> Mapping[str, Any]:
        """At the node: where it stands, as JSON, so that its province sees whether it went back."""

    async def check_place(self, kode_kab: str, place: Mapping[str, object]) -> None:
        """At the province: raises RestoredError where the node is behind what it told before."""

    async def outgoing(self, kode_kab: str) -> Outgoing | None:
        """What the other has no receipt for yet, the oldest first; None: nothing is ever written to it."""

    async def receive(self, kode_kab: str, content: bytes, clock: timedelta | None) -> bytes:
        """Take what is whole; the receipt. `clock`: the sender's minus ours; None: nobody knows. Safe to repeat. Raises HubError."""

    async def given(self, receipt: bytes, signature: bytes) -> None:
        """Keep a receipt that we gave."""

    async def taken(self, receipt: bytes, signature: bytes) -> int:
        """Keep a receipt that we got: the highest number it acknowledges. Safe to repeat. Raises HubError where it lies."""

    async def waits(self, kode_kab: str) -> bool:
        """Whether the other has no receipt yet for something; cheap."""

    async def received(self, kode_kab: str) -> int:
        """The highest number that we have taken without a hole."""


class StuckError(HubError):
    """The other hub took a package and did not move on."""

    kode = "KIRIMAN_TERTAHAN"
    status = 502


# ---------- at the province ----------


class Counter:
    """Takes what nodes bring. `key`: this hub's; `storehouse`: what it has for them beside events."""

    def __init__(self, db: Database, ledger: Ledger, key: KeyOf, storehouse: Storehouse) -> None:
        self._db = db
        self._ledger = ledger
        self._key = key
        self._storehouse = storehouse

    async def take(self, delivery: Delivery) -> Frame:
        """The answer. Raises HubError."""
        kab, ledger, began = delivery.sender.kode_kab, self._ledger, time.perf_counter()
        unbind_contextvars("peristiwa", "ditolak", "masalah", "angka")
        try:
            place = delivery.state.get("tempat")
            await ledger.check_place(kab, place if isinstance(place, dict) else {})
            answer = await self._take(kab, delivery)
        except HubError as error:
            await registry.note_failure(self._db, kab, error.message)
            raise
        contact = _contact(delivery)
        taken = await ledger.received(kab)
        await registry.note_contact(self._db, kab, contact, taken)
        last = delivery.sender.node.terakhir_kontak
        _log.info(
            "kiriman simpul", kabupaten=kab, ms=round((time.perf_counter() - began) * 1000), bita=len(delivery.frame.content),
            tertunda=max(contact.newest - taken, 0), beda_jam_ms=contact.clock_ms,
            sejak_kontak_detik=None if last is None else round((delivery.sender.now - last).total_seconds()),
        )  # fmt: skip
        return answer

    async def _take(self, kab: str, delivery: Delivery) -> Frame:
        frame = delivery.frame
        if _RECEIPT in frame.head:
            receipt, signature = receipt_of(frame.head)
            keys = await registry.keys_of(self._db, kab)
            check_receipt(keys, receipt, signature)
            await self._ledger.taken(receipt, signature)
        head: dict[str, Any] = {}
        if frame.content:
            receipt = await self._ledger.receive(kab, frame.content, delivery.clock)
            head |= _signed(self._key(), receipt)
            await self._ledger.given(receipt, base64.b64decode(head[_SIGNATURE]))
        down = await self._ledger.outgoing(kab)
        if down is None or down.empty:
            if await self._ledger.received(kab) >= _contact(delivery).newest:  # else it comes again at once
                head[TOLD] = await self._storehouse.told(kab)
            return Frame(head)
        return Frame({**head, _MORE: down.last < down.newest}, down.content)


def _contact(delivery: Delivery) -> Contact:
    """What the node said of itself, as far as it can be believed to be of that kind."""
    state, clock = delivery.state, delivery.clock
    newest, regions = state.get("urutan"), state.get("wilayah")
    try:
        day = date.fromisoformat(regions) if isinstance(regions, str) else None
    except ValueError:
        day = None
    clock_ms = None if clock is None else int(clock / timedelta(milliseconds=1))
    is_number = isinstance(newest, int) and 0 <= newest < 2**62
    return Contact(
        newest if is_number and isinstance(newest, int) else 0, _word(state.get("katalog")), day, _word(state.get("hub")), clock_ms,
        _word(state.get("sebab"), 300),
    )  # fmt: skip


def _word(value: object, most: int = 60) -> str | None:
    return value[:most] if isinstance(value, str) and value.isprintable() else None


# ---------- at the node ----------


class Courier:
    """Carries what this node wrote to its province, and brings back what is for it. `key`: this hub's, as it is now; `fetching`: brings what
    it has beside events."""

    def __init__(self, db: Database, ledger: Ledger, key: KeyOf, fetching: Fetching) -> None:
        self._db = db
        self._ledger = ledger
        self._key = key
        self._fetching = fetching
        self._ahead = timedelta()  # the province's clock minus ours

    async def deliver(self) -> int:
        """Everything that there is, both ways; how many exchanges it took. Raises HubError where it did not come to an end; then the
        reason stands in the registry."""
        node = await own_node(self._db)
        try:
            return await self._deliver(node.kode_kab, takes_bundle=node.serah_pada is not None)
        except HubError as error:
            await registry.note_failure(self._db, node.kode_kab, error.message)
            raise

    async def pending(self) -> bool | None:
        """Whether something waits to be carried; None: this hub has not joined, and nobody needs to go."""
        async with self._db.as_owner() as conn:
            node = await store.own_node(conn)
        if node is None or node.dicabut_pada is not None:
            return None
        return await self._ledger.waits(node.kode_kab)

    async def _deliver(self, kab: str, *, takes_bundle: bool) -> int:
        line = await self._line()
        head: dict[str, Any] = {}
        held = 0  # exchanges, one after the other, that brought something which could not be taken
        brought = False
        for round_ in range(1, _MOST_ROUNDS):
            out = await self._ledger.outgoing(kab)
            content = b"" if out is None or out.empty else out.content
            newest = 0 if out is None else out.newest
            contact = await registry.own_contact(self._db, newest)
            received = await self._ledger.received(kab)
            state = {
                "tempat": await self._ledger.place(kab), "urutan": newest, "katalog": contact.catalogue, "hub": contact.program,
                "wilayah": None if contact.regions is None else contact.regions.isoformat(), "sebab": _ascii(contact.bundle),
            }  # fmt: skip
            try:
                answer = await line.ask(PATH, Frame(head, content), state)
            except PeerRefusedError as error:
                if error.their_code != RestoredError.kode or await self._ledger.place(kab) == state["tempat"]:
                    raise
                continue  # somebody else has delivered meanwhile
            self._ahead = line.ahead
            acknowledged = await self._acknowledge(line, answer, out)
            head = await self._bring_in(kab, answer)
            held = held + 1 if head and await self._ledger.received(kab) == received else 0
            if held > 1:  # it has been told why
                raise StuckError(
                    f"Yang turun dari provinsi sesudah nomor {received} tidak dapat diterima; sebabnya ada di tanda terimanya. Bila basis "
                    "data ini dipulihkan dari cadangan: hub simpul pulihkan."
                )
            clock_ms = int(-line.ahead / timedelta(milliseconds=1))
            await registry.note_contact(
                self._db,
                kab,
                replace(contact, clock_ms=clock_ms),
                acknowledged,
            )
            if not head and acknowledged >= newest:
                # what was written is carried by now: nothing that is the matter with the rest holds it up
                told = read_told(answer.head) if takes_bundle else None
                if told is not None and await self._fetching.bring(line, kab, told) and not brought:
                    brought = True  # the province is told at once
                    continue
                return round_
        raise StuckError(f"Kiriman tidak habis sesudah {_MOST_ROUNDS} kali; laporkan kepada pengelola hub.")

    async def _line(self) -> Line:
        line = await line_to_province(self._db, self._key())
        line.ahead = self._ahead
        return line

    async def _acknowledge(self, line: Line, answer: Frame, out: Outgoing | None) -> int:
        """The highest number that the province has a receipt for. Raises StuckError."""
        if out is None:
            return 0
        if out.empty:
            return out.newest
        receipt, signature = receipt_of(answer.head)
        check_receipt(line.keys, receipt, signature)
        number = await self._ledger.taken(receipt, signature)
        if number < out.last:
            raise StuckError(
                f"Provinsi menerima sampai nomor {number}, bukan {out.last}; sebabnya ada di tanda terimanya (hub simpul status)."
            )
        return number

    async def _bring_in(self, kab: str, answer: Frame) -> dict[str, Any]:
        """Take what came down; the head that says so the next time, empty where nothing came."""
        if not answer.content:
            return {}
        receipt = await self._ledger.receive(kab, answer.content, None)
        head = _signed(self._key(), receipt)
        await self._ledger.given(receipt, base64.b64decode(head[_SIGNATURE]))
        return head


async def line_to_province(db: Database, key: NodeKey) -> Line:
    """The way from this node to its province. `key`: this hub's. Raises SetupError where it has not joined."""
    node = await own_node(db)
    assert node.induk is not None
    return Line(
        node.induk, node.kode_induk, key, await registry.province_keys(db, node), learn=partial(keys_rotation.learn, db, node)
    )  # fmt: skip


def _ascii(text: str | None) -> str | None:
    """As a head may have it."""
    return None if text is None else text.encode("ascii", "replace").decode()


# ---------- both ----------


def _signed(key: NodeKey, receipt: bytes) -> dict[str, str]:
    return {_RECEIPT: receipt.decode(), _SIGNATURE: base64.b64encode(key.sign(receipt)).decode()}


def receipt_of(head: Mapping[str, Any]) -> tuple[bytes, bytes]:
    text, signature = head.get(_RECEIPT), head.get(_SIGNATURE)
    if not isinstance(text, str) or not isinstance(signature, str):
        raise InvalidInputError("Jawaban tanpa tanda terima.")
    try:
        return text.encode(), base64.b64decode(signature, validate=True)
    except ValueError:
        raise InvalidInputError("Tanda tangan tanda terima bukan base64.") from None


def check_receipt(keys: Mapping[str, bytes], receipt: bytes, signature: bytes) -> None:
    """Signed by itself, for it is kept longer than the message it came in."""
    if not any(is_signed(public, receipt, signature) for public in keys.values()):
        raise WrongSignatureError("Tanda terima tidak ditandatangani hub yang memberikannya.")
