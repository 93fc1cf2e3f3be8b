"""At the province: what it holds for a node, and the pieces that node asks for. Which kabupaten they are cut for is known from the signature
of who asks, and nothing in the request says another."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import orjson

from hub.base.errors import InvalidInputError
from hub.db.database import Database
from hub.simpul import bundle_statements as store
from hub.simpul import registry_statements
from hub.simpul.bundle_digests import Digests, listing
from hub.simpul.bundle_offer import offer_of
from hub.simpul.bundle_parts import PARTS
from hub.simpul.bundle_statements import Place, columns, speak_alike
from hub.simpul.wire_door import Delivery
from hub.simpul.wire_frames import Frame

_MOST = 20 * 2**20  # bytes of rows in one answer; one piece at least
_MOST_PIECES = 10_000


@dataclass(frozen=True, slots=True)
class Storehouse:
    """Over the province's database. `digests`: of it."""

    db: Database
    digests: Digests

    async def told(self, kode_kab: str) -> dict[str, Any]:
        """What a delivery is answered with: digests of the parts, and versions for people."""
        digests = {part: (await self.digests.about(part, kode_kab)).digest for part in PARTS}
        async with self.db.as_owner() as conn:
            catalogue, regions = await registry_statements.versions(conn, kode_kab[:2])
        return {
            "sidik": digests, "katalog": catalogue, "wilayah": None if regions is None else regions.isoformat(),
        }  # fmt: skip

    async def answer(self, delivery: Delivery) -> Frame:
        """What is held of a part, or pieces of it. Raises InvalidInputError."""
        kode_kab, head = delivery.sender.kode_kab, delivery.frame.head
        part = head.get("bagian")
        if not isinstance(part, str) or part not in PARTS:
            raise InvalidInputError("Bekal itu tidak ada di sini; pakai hub versi yang sama di kedua pihak.")
        if "ambil" in head:
            return await self._pieces(kode_kab, part, head["ambil"])
        async with self.db.as_owner() as conn:
            found = await listing(conn, part, kode_kab)
        return Frame({}, orjson.dumps(offer_of(part, found, _held(delivery.frame.content)).content()))

    async def _pieces(self, kode_kab: str, part: str, asked: object) -> Frame:
        told: list[tuple[str, str, str, int]] = []
        content = b""
        async with self.db.as_owner() as conn:
            await speak_alike(conn)
            for table, wanted in _wanted(part, asked).items():
                names = list(await columns(conn, table))
                for name, digest, rows in await store.rows(conn, Place(part, table, kode_kab), names, wanted):
                    if told and len(content) + len(rows) > _MOST:
                        return Frame({"isi": told}, content)
                    told.append((table, name, digest, len(rows)))
                    content += rows
        return Frame({"isi": told}, content)


def _held(content: bytes) -> Mapping[str, Mapping[str, str]]:
    """Raises InvalidInputError."""
    try:
        held = orjson.loads(content)
        return {str(t): {str(g): str(d) for g, d in groups.items()} for t, groups in held.items()}
    except (ValueError, AttributeError):
        raise InvalidInputError("Daftar bekal yang dipegang simpul tidak terbaca.") from None


def _wanted(part: str, asked: object) -> dict[str, list[str]]:
    """Table → pieces. Raises InvalidInputError."""
    wanted: dict[str, list[str]] = defaultdict(list)
    places = asked if isinstance(asked, list) else [None]
    for place in places[: _MOST_PIECES + 1]:
        match place:
            case [str(table), str(piece)] if table in PARTS[part] and "\0" not in piece:
                wanted[table].append(piece)
            case _:
                raise InvalidInputError("Potongan bekal yang diminta tidak terbaca.")
    if len(places) > _MOST_PIECES:
        raise InvalidInputError(f"Terlalu banyak potongan bekal sekaligus; paling banyak {_MOST_PIECES}.")
    return wanted
