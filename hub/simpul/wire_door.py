"""The province's doors for nodes: who asks is known by his signature before his body is read, and every answer is signed, refusals too."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import orjson
import structlog

from hub.base.errors import HubError, InvalidInputError
from hub.db.database import Database
from hub.simpul import registry
from hub.simpul.keys import KeyOf
from hub.simpul.refusals import ClockError, WrongSignatureError
from hub.simpul.registry import Sender
from hub.simpul.wire_frames import ENCODING, MEDIA_TYPE, Frame, pack, unpack
from hub.simpul.wire_signatures import (
    CLOCK,
    KEYS,
    STATE,
    TO,
    VALID_FOR,
    Heads,
    Signed,
    key_named,
    sign_answer,
    verify_request,
)

_log = structlog.get_logger("hub.simpul")
TOLERANCE = timedelta(seconds=60)  # by which the time of a signature may differ from ours


@dataclass(frozen=True, slots=True)
class Delivery:
    """A request that is its sender's beyond doubt. `clock`: his clock minus ours; None: he did not say what it shows; `state`: what he
    said of himself."""

    sender: Sender
    frame: Frame
    clock: timedelta | None
    state: dict[str, object]


Work = Callable[[Delivery], Awaitable[Frame]]
Body = Callable[[], Awaitable[bytes]]


@dataclass(frozen=True, slots=True)
class Asked:
    """A request as it came. `body`: reads it, within the bound of the door."""

    path: str
    heads: Heads
    body: Body


@dataclass(frozen=True, slots=True)
class Answered:
    """Status, heads and body, signed where the request bore any signature at all."""

    status: int
    heads: dict[str, str]
    body: bytes


class NodeDoor:
    """`key`: this hub's."""

    def __init__(self, db: Database, key: KeyOf) -> None:
        self._db = db
        self._key = key

    async def answer(self, asked: Asked, work: Work) -> Answered:
        """Let the work be done for who proves to be a node. Refusals are answers; raises what is no HubError."""
        try:
            delivery = await self._delivered(asked)
            frame, status = await work(delivery), 200
        except HubError as error:
            _log.warning("kiriman simpul ditolak", kode=error.kode, sebab=error.message)
            frame, status = Frame({"kode": error.kode, "pesan": error.message, **error.rincian}), error.status
        body = pack(frame)
        heads = {"Content-Type": MEDIA_TYPE, "Content-Encoding": ENCODING, "Cache-Control": "no-store"}
        key = self._key()
        if key.told:
            heads[KEYS] = key.told
        try:
            heads = sign_answer(key, (asked.path, asked.heads), status, body, heads)
        except WrongSignatureError:  # there is nothing that an answer could be bound to
            heads = {"Content-Type": "application/json", "Cache-Control": "no-store"}
            body = orjson.dumps(dict(frame.head))
        return Answered(status, heads, body)

    async def _delivered(self, asked: Asked) -> Delivery:
        sender = await registry.sender(self._db, key_named(asked.heads))
        signed = verify_request(asked.path, asked.heads, sender.public)
        said = {name.lower(): value for name, value in asked.heads.items()}
        if said[TO.lower()] != sender.node.kode_induk:
            raise WrongSignatureError(f"Kiriman ini bagi {said[TO.lower()][:20]}, bukan bagi {sender.node.kode_induk}.")
        _check_time(signed, sender.now)
        await registry.take_once(self._db, sender.kode_kab, signed.nonce, signed.expires + TOLERANCE)
        body = await asked.body()
        signed.check_body(body)
        return Delivery(sender, unpack(body), _clock(said[CLOCK.lower()], sender.now), _state(said[STATE.lower()]))


def _check_time(signed: Signed, now: datetime) -> None:
    early, late = signed.created - now > TOLERANCE, now - signed.created > TOLERANCE
    if early or late or not now < signed.expires <= signed.created + VALID_FOR:
        apart = abs(signed.created - now).total_seconds()
        raise ClockError(
            f"Waktu tanda tangan berbeda {apart:.0f} detik dari jam hub ini ({now.astimezone(UTC):%Y-%m-%d %H:%M:%S} UTC); "
            "cocokkan jam simpul (NTP), atau kirim dengan waktu yang dinyatakan jawaban ini."
        )


def _clock(text: str, now: datetime) -> timedelta | None:
    try:
        shown = datetime.fromisoformat(text)
        return shown - now if shown.tzinfo is not None else None
    except (ValueError, OverflowError):
        return None


def _state(text: str) -> dict[str, object]:
    try:
        state = orjson.loads(text)
    except ValueError:
        state = None
    if not isinstance(state, dict):
        raise InvalidInputError(f"{STATE} bukan objek JSON.")
    return state
