"""Who read raw figures of sensitivity 3 (table `bacaan_peka`, written by hub/db/watched_reads.py)."""

from dataclasses import dataclass
from datetime import datetime

from hub.db.database import Database


@dataclass(frozen=True, slots=True)
class Reading:
    """`reach`: the region that the reader reaches; `what`: codes of elements, forms, indicators; `where`: of regions."""

    at: datetime
    by: str
    role: str
    reach: str
    what: tuple[str, ...]
    where: tuple[str, ...]


async def newest(db: Database, provinsi: str, most: int) -> list[Reading]:
    """By the province's officers and those of its kabupaten, newest first; of the administrator what names a region of it."""
    async with db.as_owner() as conn:
        cursor = await conn.execute(
            "SELECT pada, oleh, peran, kode_kab, yang, wilayah FROM bacaan_peka WHERE left(kode_kab, 2) = %(prov)s "
            "OR EXISTS (SELECT FROM unnest(wilayah) w WHERE left(w, 2) = %(prov)s) ORDER BY id DESC LIMIT %(most)s",
            {"prov": provinsi, "most": most},
        )
        return [
            Reading(at, by, role, reach, tuple(what), tuple(where))
            for at, by, role, reach, what, where in await cursor.fetchall()
        ]
