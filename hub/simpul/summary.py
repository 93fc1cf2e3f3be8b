"""How nodes are doing, in figures: what waits and since when, what was refused, how often they answered live. For `hub simpul status`, and
one line an hour in the log, for whoever watches by it."""

from collections.abc import Mapping
from dataclasses import dataclass

import structlog
from psycopg.rows import class_row

from hub.db.database import Database

_log = structlog.get_logger("hub.simpul")


@dataclass(frozen=True, slots=True)
class Figures:
    """Of one node that was not revoked, as known here. `backlog`: of its events, those that the province has not taken; `own`: of those of this
    hub, for the other end; `lag`: seconds since the oldest of these was written; None: none waits; `silent`: seconds since the last contact;
    None: there was none; `asked`, `live`: how often it was to be asked and answered itself, in all."""

    kode_kab: str
    backlog: int
    own: int
    lag: float | None
    refused: int
    alarms: int
    silent: float | None
    asked: int
    live: int


async def figures(db: Database) -> list[Figures]:
    """By code. Raises ServiceNotReadyError."""
    async with db.as_owner() as conn:
        cursor = conn.cursor(row_factory=class_row(Figures))
        await cursor.execute(
            "SELECT s.kode_kab, CASE WHEN s.induk IS NULL THEN greatest(s.urutan_simpul - s.urutan_terakhir, 0) "
            "ELSE coalesce(r.nomor - r.diterima, 0) END AS backlog, coalesce(r.nomor - r.diterima, 0) AS own, "
            "(SELECT extract(epoch FROM now() - p.asal_pada)::float8 FROM rantai_peristiwa p "
            "WHERE p.kode_kab = s.kode_kab AND p.nomor > r.diterima ORDER BY p.nomor LIMIT 1) AS lag, "
            "s.ditolak AS refused, s.peringatan AS alarms, extract(epoch FROM now() - s.terakhir_kontak)::float8 AS silent, "
            "coalesce(l.ditanya, 0) AS asked, coalesce(l.langsung, 0) AS live FROM simpul s "
            "LEFT JOIN rantai r ON r.kode_kab = s.kode_kab LEFT JOIN simpul_langsung l ON l.kode_kab = s.kode_kab "
            "WHERE s.dicabut_pada IS NULL ORDER BY s.kode_kab"
        )
        return await cursor.fetchall()


class Summary:
    """Told every hour; how often nodes answered live, since it was told last."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._before: Mapping[str, Figures] | None = None

    async def begin(self) -> None:
        """From now on is counted. Raises ServiceNotReadyError."""
        self._before = {f.kode_kab: f for f in await figures(self._db)}

    async def tell(self) -> None:
        """A line for each node. Raises ServiceNotReadyError."""
        found = await figures(self._db)
        before, self._before = self._before or {}, {f.kode_kab: f for f in found}
        for f in found:
            last = before.get(f.kode_kab)
            _log.info(
                "ringkasan simpul", kabupaten=f.kode_kab, tertunda=f.backlog, menunggu=f.own, menunggu_detik=_whole(f.lag), ditolak=f.refused,
                peringatan=f.alarms, sejak_kontak_detik=_whole(f.silent), ditanya=f.asked - (last.asked if last else 0),
                dijawab=f.live - (last.live if last else 0),
            )  # fmt: skip


def _whole(seconds: float | None) -> int | None:
    return None if seconds is None else round(seconds)
