"""Another key for a province. Its nodes know the old one, which signs that the new one takes its place; that travels with every answer and
in every file, and is believed for thirty days. Later whoever may have found the old key could say the same, so people settle it.
"""

import base64
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import orjson

from hub.base.errors import SetupError
from hub.base.secret_file import put
from hub.db.database import Database
from hub.simpul import registry_statements as store
from hub.simpul.keys import PUBLIC_BYTES, ROTATIONS, is_signed, key_id, next_key, node_key, take_next
from hub.simpul.refusals import FormerKeyError
from hub.simpul.registry import province_keys
from hub.simpul.registry_statements import NodeRow

BELIEVED = timedelta(days=30)
_KEPT = 5  # rotations that are told
_SAYS = b"hub-simpul-kunci-provinsi|"


@dataclass(frozen=True, slots=True)
class Rotation:
    """`former`: id of the key that another takes the place of; `public`: that one."""

    province: str
    former: str
    public: bytes
    at: datetime
    by_former: bytes
    by_new: bytes

    @property
    def id(self) -> str:
        return key_id(self.public)

    def message(self) -> bytes:
        return _SAYS + b"|".join(
            (self.province.encode(), self.former.encode(), self.at.isoformat().encode(), self.public)
        )

    def is_of(self, former: bytes) -> bool:
        """Whether both keys signed it."""
        return is_signed(former, self.message(), self.by_former) and self.is_proved

    @property
    def is_proved(self) -> bool:
        """Whether the new key signed it."""
        return len(self.public) == PUBLIC_BYTES and is_signed(self.public, self.message(), self.by_new)


def rotate(home: Path, province: str) -> Rotation:
    """At the province: from now on it signs with another key. Stopped in between it is done by asking again. Raises SetupError."""
    now, coming = node_key(home), next_key(home)
    told = [r for r in read_rotations(now.told) if r.id != coming.id]
    unsigned = Rotation(province, now.id, coming.public, datetime.now(UTC).replace(microsecond=0), b"", b"")
    message = unsigned.message()
    rotation = Rotation(province, now.id, coming.public, unsigned.at, now.sign(message), coming.sign(message))
    try:
        put(home / ROTATIONS, _written([*told, rotation][-_KEPT:]))
    except OSError as error:
        raise SetupError(f"{home / ROTATIONS} tidak dapat ditulis: {error.strerror}.") from None
    take_next(home)
    return rotation


async def learn(db: Database, node: NodeRow, told: str) -> dict[str, bytes]:
    """At a node: believe what its province's keys say of their successors; all keys it signs with then, by name. Raises FormerKeyError
    where that is too long ago."""
    keys = await province_keys(db, node)
    for rotation in read_rotations(told):
        former = keys.get(rotation.former)
        if rotation.id in keys or rotation.province != node.kode_induk or former is None or not rotation.is_of(former):
            continue
        if datetime.now(UTC) - rotation.at > BELIEVED:
            raise FormerKeyError(
                f"Provinsi {node.kode_induk} mengganti kuncinya pada {rotation.at:%Y-%m-%d}, lebih dari {BELIEVED.days} hari yang lalu, dan "
                "simpul ini tidak terhubung selama itu. Tanyakan sidik kunci provinsi lewat telepon (di sana: hub simpul kunci), lalu "
                "jalankan di sini: hub simpul putar-kunci --percaya SIDIK."
            )
        await _take(db, node, rotation)
        keys = await province_keys(db, node)
    return keys


async def trust(db: Database, node: NodeRow, told: str, name: str) -> dict[str, bytes]:
    """At a node: believe a key that people have told each other the name of, and no other any more. Raises FormerKeyError where the
    province does not show that one."""
    for rotation in read_rotations(told):
        if rotation.id == name and rotation.province == node.kode_induk and rotation.is_proved:
            async with db.as_owner() as conn:
                await store.add_key(conn, node.kode_induk, name, rotation.public)
                await store.drop_other_keys(conn, node.kode_induk, name)
            break
    keys = await province_keys(db, node)
    if name not in keys:
        raise FormerKeyError(f'Provinsi {node.kode_induk} tidak memakai kunci bersidik "{name}"; periksa sidiknya.')
    return keys


async def _take(db: Database, node: NodeRow, rotation: Rotation) -> None:
    async with db.as_owner() as conn:
        await store.add_key(conn, node.kode_induk, rotation.id, rotation.public)
        await store.end_key(conn, node.kode_induk, rotation.former, rotation.at + BELIEVED)


def read_rotations(told: str) -> list[Rotation]:
    """The oldest first; none where it is not of that form: whoever sends it is not known yet."""
    try:
        entries = orjson.loads(base64.b64decode(told, validate=True)) if told else []
        return [_read(entry) for entry in entries[:_KEPT]]
    except (ValueError, KeyError, TypeError):
        return []


def _read(entry: Mapping[str, str]) -> Rotation:
    public, by_former, by_new = (
        base64.b64decode(entry[k], validate=True) for k in ("kunci", "tanda_lama", "tanda_baru")
    )
    at = datetime.fromisoformat(entry["pada"])
    if at.tzinfo is None:
        raise ValueError(at)
    return Rotation(str(entry["provinsi"]), str(entry["lama"]), public, at, by_former, by_new)


def _written(rotations: list[Rotation]) -> str:
    entries = [
        {
            "provinsi": r.province, "lama": r.former, "kunci": _text(r.public), "pada": r.at.isoformat(), "tanda_lama": _text(r.by_former),
            "tanda_baru": _text(r.by_new),
        }
        for r in rotations
    ]  # fmt: skip
    return _text(orjson.dumps(entries))


def _text(value: bytes) -> str:
    return base64.b64encode(value).decode()
