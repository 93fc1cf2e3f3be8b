"""For whom a province asks one of its nodes live. The province vouches for role and region of its caller, signed together with the very
question, for some seconds and once; no token of anybody is handed on. The node decides what that opens there.
"""

import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import structlog

from hub.base.actor import PUBLIC, Actor, Role
from hub.base.standing import Standing
from hub.db.database import Database
from hub.simpul import registry
from hub.simpul import registry_statements as store
from hub.simpul.keys import NodeKey
from hub.simpul.refusals import ClockError, NotAskedError, UnknownKeyError, WrongSignatureError
from hub.simpul.registry_statements import NodeRow
from hub.simpul.wire_signatures import ON_BEHALF, QUESTION, TO, Heads, Signed, key_named, sign_request, verify_request

_log = structlog.get_logger("hub.simpul")
PATH = "/graphql"
_AHEAD = timedelta(seconds=10)  # by which the province's idea of our clock may be wrong
_LONGEST = 200  # letters of a name


@dataclass(frozen=True, slots=True)
class Behalf:
    """Who asks. `request`: the id under which both hubs log it."""

    role: Role
    wilayah: str
    name: str
    request: str


def behalf_of(actor: Actor, request: str) -> Behalf:
    return Behalf(actor.role, actor.wilayah, actor.name, request)


def signed_question(key: NodeKey, node: str, behalf: Behalf, body: bytes, created: datetime) -> dict[str, str]:
    """All heads of a question to that node. `created`: now, by the node's clock."""
    said = {
        "peran": behalf.role.value,
        "wilayah": behalf.wilayah,
        "nama": behalf.name[:_LONGEST],
        "permintaan": behalf.request,
    }
    heads = {"Content-Type": "application/json", TO: node, ON_BEHALF: json.dumps(said)}
    return sign_request(key, PATH, body, heads, created, QUESTION)


@dataclass(frozen=True, slots=True)
class Vouched:
    """A caller the province vouches for, as he counts at this node."""

    actor: Actor
    request: str


class QuestionDoor:
    """At a node. `standing`: of this hub, as it is now."""

    def __init__(self, db: Database, standing: Callable[[], Standing]) -> None:
        self._db = db
        self._standing = standing

    async def admit(self, heads: Heads, body: Callable[[], Awaitable[bytes]]) -> Vouched:
        """Who asks. The body is read only after the signature was found good. Raises NodeRefusedError."""
        own = await self._own_node()
        keys = await registry.province_keys(self._db, own)
        name = key_named(heads, QUESTION)
        if name not in keys:
            raise UnknownKeyError("Pertanyaan langsung ini tidak ditandatangani provinsi simpul ini.")
        signed = verify_request(PATH, heads, keys[name], QUESTION)
        said = {k.lower(): v for k, v in heads.items()}
        if said[TO.lower()] != own.kode_kab:
            raise WrongSignatureError(f"Pertanyaan ini bagi {said[TO.lower()][:20]}, bukan bagi {own.kode_kab}.")
        behalf = _read(said[ON_BEHALF.lower()])
        _check_time(signed, datetime.now(UTC))
        await registry.take_once(self._db, own.kode_induk, signed.nonce, signed.expires + _AHEAD)
        signed.check_body(await body())
        actor = self._counted_as(behalf, own)
        _log.info("ditanya langsung", permintaan=behalf.request, provinsi=own.kode_induk, peran=actor.role.value)
        return Vouched(actor, behalf.request)

    async def _own_node(self) -> NodeRow:
        node = None
        if self._standing().is_node:
            async with self._db.as_owner() as conn:
                node = await store.own_node(conn)
        if node is None or node.dicabut_pada is not None or node.mode_diminta != "TARIK":
            raise NotAskedError("Hub ini tidak ditanya langsung oleh hub lain; ia bukan simpul dengan mode TARIK.")
        return node

    def _counted_as(self, behalf: Behalf, own: NodeRow) -> Actor:
        """The province's officers, and who runs its hub, are the province here; this kabupaten's officer is himself; everybody else,
        another kabupaten's too, is the public."""
        of_province = behalf.role is Role.ADMIN or (behalf.role is Role.PROVINSI and behalf.wilayah == own.kode_induk)
        if of_province:
            return Actor(Role.PROVINSI, own.kode_induk, behalf.name, self._standing())
        if behalf.role is Role.KABUPATEN and behalf.wilayah == own.kode_kab:
            return Actor(Role.KABUPATEN, own.kode_kab, behalf.name, self._standing())
        return PUBLIC


def _read(text: str) -> Behalf:
    try:
        said = json.loads(text)
        role, *texts = (said[k] for k in ("peran", "wilayah", "nama", "permintaan"))
        if not all(isinstance(t, str) and len(t) <= _LONGEST and t.isprintable() for t in texts):
            raise ValueError(texts)
        return Behalf(Role(role), *texts)
    except (ValueError, KeyError, TypeError, RecursionError):
        raise WrongSignatureError("Pertanyaan langsung tidak menyebut atas nama siapa.") from None


def _check_time(signed: Signed, now: datetime) -> None:
    if signed.created - now > _AHEAD or not now < signed.expires <= signed.created + QUESTION.valid:
        raise ClockError("Pertanyaan langsung sudah kedaluwarsa, atau jam kedua hub berbeda; cocokkan jamnya (NTP).")
