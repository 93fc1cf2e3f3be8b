"""At the province: digests of what it holds of a kabupaten, for its node to compare with; and what it owns there told again."""

from dataclasses import dataclass
from typing import Any

from hub.base.errors import InvalidInputError
from hub.db.database import Database
from hub.simpul import compare_statements as store
from hub.simpul.compare_statements import TABLES
from hub.simpul.wire_door import Delivery
from hub.simpul.wire_frames import Frame

PATH = "/simpul/banding"
_MOST = 1_000  # things that are told again at one request


@dataclass(frozen=True, slots=True)
class Comparison:
    db: Database

    async def answer(self, delivery: Delivery) -> Frame:
        """`tabel` null: digests of all tables; `bagian` null: of the parts of one; else of the rows of that part. `ulang`: subjects to be
        told again, as far as they are told from here. Raises InvalidInputError."""
        kab, head = delivery.sender.kode_kab, delivery.frame.head
        table, part, again = head.get("tabel"), head.get("bagian"), head.get("ulang")
        if again is not None:
            return await self._again(kab, again)
        if not (table is None or (isinstance(table, str) and table in TABLES)) or not isinstance(part, str | None):
            raise InvalidInputError("Banding itu tidak dikenal; pakai hub versi yang sama di kedua pihak.")
        found: dict[str, Any]
        async with self.db.as_owner() as conn:
            if table is None:
                digests = {t: await store.table_digest(conn, kab, t) for t in TABLES}
                found = {t: [d.count, d.sum] for t, d in digests.items()}
            elif part is None:
                found = {p: [d.count, d.sum] for p, d in (await store.part_digests(conn, kab, table)).items()}
            else:
                found = dict(await store.row_digests(conn, kab, table, part))
        return Frame({"sidik": found})

    async def _again(self, kab: str, subjects: object) -> Frame:
        if not isinstance(subjects, list) or len(subjects) > _MOST or not all(isinstance(s, str) for s in subjects):
            raise InvalidInputError("Daftar yang diminta ulang tidak terbaca.")
        told = []
        async with self.db.as_owner() as conn:
            for subject in subjects:
                if await store.tell_again(conn, kab, subject, None):
                    told.append(subject)
        return Frame({"diulang": told})
