"""The version of the map: which shapes and names it has, known without asking the database as long as nobody changes them."""

import asyncio
import hashlib
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from geo.tile_address import Box
from hub.base.kode import is_within, kode_kab
from hub.batas.drawn import FirstZooms
from hub.db.database import Database
from hub.peta.statements import TABLES, whole_map

_DEAF_SECONDS = 2.0  # seconds between looks while nobody listens
_TILE_FORMAT = 2  # of the tiles themselves: a new one when the same shapes and names are written another way


@dataclass(frozen=True, slots=True)
class Peta:
    """`version`: equal on every machine as long as what tiles of regions show is equal; `shapes_version`: the part of it that stands for
    the shapes. `box`: west, south, east, north in degrees; None: no boundary is loaded.
    `first_zooms`: from which zoom each level is drawn."""

    version: str
    shapes_version: str | None
    box: Box | None
    first_zooms: FirstZooms
    _since: Mapping[str, date]

    def newest_region(self, wilayah: str) -> date:
        """The first day of the region there that came last; date.min where the map has none."""
        kab = kode_kab(wilayah)
        if kab in self._since and len(kab) == 5:
            return self._since[kab]
        return max((s for k, s in self._since.items() if is_within(k, wilayah)), default=date.min)


class PetaVersion:
    """`hears`: whether news of changes would reach this process right now. As long as not, `get` looks itself every other
    second, and nothing it says is for ever."""

    def __init__(self, db: Database, hears: Callable[[], bool]) -> None:
        self._db = db
        self._hears = hears
        self._kept: Peta | None = None
        self._seen_at = float("-inf")
        self._turn = 0
        self._lock = asyncio.Lock()

    @property
    def certain(self) -> bool:
        """Whether a change would be known here."""
        return self._hears()

    async def get(self) -> Peta:
        fresh = self._fresh()
        if fresh is not None:
            return fresh
        async with self._lock:
            fresh = self._fresh()
            if fresh is not None:
                return fresh
            turn = self._turn
            content = await whole_map(self._db)
            version = hashlib.sha256(
                f"{_TILE_FORMAT} {content.shapes_version} {content.first_zooms} {content.names_hash}".encode()
            ).hexdigest()[:16]
            peta = Peta(version, content.shapes_version, content.box, content.first_zooms, content.since)
            if turn == self._turn:  # else it changed again while we looked
                self._kept, self._seen_at = peta, time.monotonic()
            return peta

    def _fresh(self) -> Peta | None:
        return self._kept if self._hears() or time.monotonic() - self._seen_at < _DEAF_SECONDS else None

    def changed(self, table: str | None) -> None:
        """Somebody wrote to that table; None: nobody knows what was written while nobody listened."""
        if table is None or table in TABLES:
            self._turn += 1
            self._kept = None
