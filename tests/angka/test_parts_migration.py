"""What was stored before one part counted for a whole kabupaten, and before offices were counted, is brought in line."""

import asyncio
from typing import Any

from hub.angka.verify import verify_rollup
from hub.db.database import Database
from hub.db.migrate import migrate
from tests.client import Client
from tests.db.older_schema import go_back
from tests.rekap.texts import APPROVE, SUBMIT, angka, submission

KAB, PROV = "53.14", "53"


def _send(hub: Client, periode: str, nilai: list[dict[str, Any]]) -> None:
    result = hub.ask(SUBMIT, {"m": submission(KAB, "F01", periode, periode, nilai=nilai)}, KAB)["hasil"]
    hub.ask(APPROVE, {"id": f"{KAB}:F01:{periode}", "revisi": result["revisi"]}, PROV)


async def _wrong(url: str) -> int:
    db = Database(url, 1)
    await db.open()
    try:
        return len((await verify_rollup(db))[1])
    finally:
        await db.close()


def test_stored_figures_and_counts_follow_the_rule(hub: Client) -> None:
    _send(hub, "2023-TW1", [angka(f"{KAB}.01", "WIL03", 100), angka(f"{KAB}.02", "WIL03", 200)])
    _send(hub, "2023-TW2", [angka(f"{KAB}.02", "WIL03", 250)])
    right = hub.sql(
        "SELECT * FROM angka WHERE kode_kab = %s AND periode LIKE '2023%%' ORDER BY 1, 2, 3, 4, 5, 6, 7", KAB
    )
    now = hub.sql("SELECT * FROM kelengkapan WHERE kode_kab = %s AND periode LIKE '2023%%' ORDER BY 1, 2, 3", KAB)
    go_back(hub.url, "0029_rapat")
    # as it was folded then: every region with its own newest part; and rekap were counted
    for periode in ("2023-S1", "2023"):
        hub.sql(
            "INSERT INTO angka (kode_kab, periode, elemen, tingkat, dimensi, kode_wilayah, rincian, nilai, status, turunan) "
            "VALUES (%s, %s, 'WIL03', 3, '', %s, '{}', 100, 'ADA', true)", KAB, periode, f"{KAB}.01",
        )  # fmt: skip
    hub.sql(
        "UPDATE kelengkapan SET diharapkan = 3, diterima = 2, disetujui = 2 WHERE kode_kab = %s AND periode = '2023'",
        KAB,
    )
    hub.sql(
        "UPDATE kelengkapan SET diharapkan = 2, diterima = 2, disetujui = 2 WHERE kode_kab = %s AND periode = '2023-S1'",
        KAB,
    )
    migrate(hub.url)
    assert (
        hub.sql("SELECT * FROM angka WHERE kode_kab = %s AND periode LIKE '2023%%' ORDER BY 1, 2, 3, 4, 5, 6, 7", KAB)
        == right
    ), "what was right stays"
    assert (
        hub.sql("SELECT * FROM kelengkapan WHERE kode_kab = %s AND periode LIKE '2023%%' ORDER BY 1, 2, 3", KAB) == now
    )
    gone = hub.sql(
        "SELECT periode, nilai FROM angka_riwayat WHERE kode_kab = %s AND kode_wilayah = %s AND periode IN ('2023', '2023-S1') ORDER BY 1",
        KAB, f"{KAB}.01",
    )  # fmt: skip
    assert {("2023", 100), ("2023-S1", 100)} <= set(gone)
    assert asyncio.run(_wrong(hub.url)) == 0
