"""What a part of the bundle holds, as digests of its pieces; worked out anew only where its tables were written to, and by a province with
many nodes no oftener than it can afford."""

import hashlib
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from hub.db.database import Conn, Database
from hub.simpul.bundle_parts import PARTS
from hub.simpul.bundle_statements import Piece, Place, columns, pieces, speak_alike

VersionOf = Callable[..., str | None]
"""Tables → a word that is the same as long as nobody wrote to any of them; None: nobody knows."""
_REST = (
    20.0  # times as long as it took to work digests out, before they are worked out again for a node that only looks
)


@dataclass(frozen=True, slots=True)
class Listing:
    """`columns`: table → those that were looked at, by name; `pieces`: table → its pieces."""

    columns: Mapping[str, Sequence[str]]
    pieces: Mapping[str, Sequence[Piece]]

    @property
    def digest(self) -> str:
        """Of all of it."""
        told = (
            (table, *self.columns[table], *(f"{p.name} {p.digest}" for p in of))
            for table, of in sorted(self.pieces.items())
        )
        return _digest(word for words in told for word in words)

    def groups(self) -> dict[str, dict[str, str]]:
        """Table → group → its digest."""
        found: dict[str, dict[str, list[str]]] = {}
        for table, of in self.pieces.items():
            groups = found.setdefault(table, {})
            for p in of:
                groups.setdefault(p.group, []).append(f"{p.name} {p.digest}")
        return {table: {g: _digest(words) for g, words in groups.items()} for table, groups in found.items()}


def _digest(words: Iterable[str]) -> str:
    return hashlib.sha256("\n".join(words).encode()).hexdigest()[:16]


async def listing(conn: Conn, part: str, kode_kab: str, names: Mapping[str, Sequence[str]] | None = None) -> Listing:
    """As that transaction sees it. `names`: table → columns to look at, of those tables alone; None: all."""
    await speak_alike(conn)
    if names is None:
        names = {t: list(await columns(conn, t)) for t in PARTS[part]}
    return Listing(names, {t: await pieces(conn, Place(part, t, kode_kab), of) for t, of in names.items()})


@dataclass(slots=True)
class _Kept:
    listing: Listing
    version: str | None
    at: float
    took: float


@dataclass(slots=True)
class Digests:
    """Over one database. `version_of`: see VersionOf; without one nothing is kept."""

    db: Database
    version_of: VersionOf = field(default=lambda *tables: None)
    _kept: dict[tuple[str, str], _Kept] = field(default_factory=dict)

    async def now(self, part: str, kode_kab: str) -> Listing:
        """As it stands."""
        kept = self._kept.get(_key(part, kode_kab))
        if kept is not None and kept.version is not None and kept.version == self.version_of(*PARTS[part]):
            return kept.listing
        return await self._anew(part, kode_kab)

    async def about(self, part: str, kode_kab: str) -> Listing:
        """As it stands, or as it stood a moment ago: approvals come one after the other, and each node asks every minute."""
        kept = self._kept.get(_key(part, kode_kab))
        if kept is not None and kept.version is not None and time.monotonic() - kept.at < kept.took * _REST:
            return kept.listing
        return await self.now(part, kode_kab)

    async def _anew(self, part: str, kode_kab: str) -> Listing:
        version, began = self.version_of(*PARTS[part]), time.monotonic()
        async with self.db.as_owner() as conn:
            found = await listing(conn, part, kode_kab)
        ended = time.monotonic()
        self._kept[_key(part, kode_kab)] = _Kept(found, version, ended, ended - began)
        return found


def _key(part: str, kode_kab: str) -> tuple[str, str]:
    """What is the same for all kabupaten is worked out once."""
    cuts = PARTS[part].values()
    if any("{kab}" in cut.whose for cut in cuts):
        return part, kode_kab
    return part, kode_kab[:2] if any("{prov}" in cut.whose for cut in cuts) else ""
