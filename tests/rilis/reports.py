"""Sending, approving and reading figures of a sensitive element, as its users do; doing the jobs that this leaves; changing how
sensitive an element is."""

import asyncio
from typing import Any

from hub.db.database import Database
from hub.db.private_cluster import login_url
from hub.rekap.release_again import release_waiting
from tests.client import Client
from tests.katalog.spoilt_katalog import broken, elemen, install
from tests.rekap.texts import APPROVE, REOPEN, SUBMIT, angka, submission
from tests.waiting_jobs import run_jobs

KAB, PROV, SIBLING = "53.14", "53", "53.15"
PERIODE = "2017"
READ = """query ($w: KodeWilayah!, $t: TingkatWilayah!, $e: [String!]!, $p: [Periode!]!, $r: [String!]) {
  agregat(wilayah: $w, tingkat: $t, elemen: $e, periode: $p, rincian: $r) {
    wilayah { kode } rincian { pilihan } nilai tertulis status } }"""


def report(
    hub: Client,
    figures: dict[str, int],
    elemen: str = "REH09",
    periode: str = PERIODE,
    revision: int = 1,
    kab: str = KAB,
) -> None:
    """Sent and approved. `figures`: desa → count."""
    approve(hub, "F05", [angka(desa, elemen, n) for desa, n in figures.items()], periode, revision, kab)


def approve(
    hub: Client,
    form: str,
    cells: list[dict[str, Any]],
    periode: str = PERIODE,
    revision: int = 1,
    kab: str = KAB,
    **more: Any,
) -> None:
    """Sent and approved. `more`: of the RekapMasukan."""
    key = f"{kab}:{form}:{periode}"
    if revision > 1:
        hub.ask(REOPEN, {"id": key, "alasan": "perbaikan"}, PROV)
    m = submission(kab, form, periode, f"{key} {revision}", nilai=cells, **more)
    for answer in (
        hub.ask(SUBMIT, {"m": m}, kab)["hasil"], hub.ask(APPROVE, {"id": key, "revisi": revision}, PROV)["hasil"],
    ):  # fmt: skip
        assert answer["__typename"] == "RekapDiterima", answer


def seen(
    hub: Client, level: str, as_whom: str | None = None, periode: str = PERIODE, elemen: str = "REH09"
) -> dict[str, Any]:
    rows = hub.ask(READ, {"w": KAB, "t": level, "e": [elemen], "p": [periode]}, as_whom)["agregat"]
    return {r["wilayah"]["kode"]: r["nilai"] if r["nilai"] is not None else r["status"] for r in rows}


SMALL = {"53.14.01.2005": 3, "53.14.01.2006": 20, "53.14.01.2007": 31, "53.14.02.2018": 40, "53.14.02.2021": 12}


def jobs(hub: Client) -> int:
    """Do all that wait; how many there were."""

    async def work() -> int:
        db = Database(login_url(hub.url), 2)
        await db.open()
        try:
            return await run_jobs(db, release_waiting)
        finally:
            await db.close()

    return asyncio.run(work())


def sensitivity(hub: Client, **changes: int) -> None:
    """Install the shipped catalogue with these changed, and no others."""

    def change(b: Any) -> None:
        for kode, n in changes.items():
            elemen(b, kode)["sensitif"] = n

    install(hub.url, broken(change))


_SINCE = READ.replace("status }", "status dirilisPada kelengkapan { disetujui } terisi { dari berisi } }")


def total(hub: Client, as_whom: str | None = None, periode: str = PERIODE) -> Any:
    """The row of the province's total of REH09."""
    (row,) = hub.ask(_SINCE, {"w": PROV, "t": "PROVINSI", "e": ["REH09"], "p": [periode]}, as_whom)["agregat"]
    return row
