"""Statements over what a province holds back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from hub.db.database import Conn


@dataclass(frozen=True, slots=True)
class WaitingRow:
    """`kode`: the province, or the kabupaten whose revision waits. `sensitivity`: of the element told by these choices. `carried`: how
    many kabupaten have released it; `threatened`: those of which some count has no proof."""

    kode: str
    elemen: str
    periode: str
    choices: dict[str, str]
    why: str
    since: datetime
    sensitivity: int
    carried: int
    threatened: Sequence[str]


async def waiting_rows(conn: Conn, provinsi: str) -> list[WaitingRow]:
    """Everything of that province and its kabupaten that waits, what has waited longest first."""
    cursor = await conn.execute(
        """
SELECT w.kode_kab, w.elemen, w.periode, w.rincian, w.sebab, w.sejak, hub_peka(w.elemen, w.rincian), k.banyak, k.terancam
FROM rilis_tunggu w CROSS JOIN LATERAL (
  SELECT count(*)::int AS banyak, coalesce(array_agg(n.kode_kab ORDER BY n.kode_kab) FILTER (WHERE n.terancam > 0), '{}') AS terancam
  FROM (
    SELECT DISTINCT ON (b.kode_kab) b.kode_kab, b.terancam FROM rilis_kantor b
    WHERE b.kode_kab >= %(prov)s || '.' AND b.kode_kab < %(prov)s || '/' AND b.elemen = w.elemen AND b.periode = w.periode
    ORDER BY b.kode_kab, b.versi DESC
  ) n
) k
WHERE w.kode_kab = %(prov)s OR w.kode_kab >= %(prov)s || '.' AND w.kode_kab < %(prov)s || '/'
ORDER BY w.sejak, w.kode_kab, w.elemen, w.periode, w.rincian
""",
        {"prov": provinsi},
    )
    return [WaitingRow(*row) for row in await cursor.fetchall()]
