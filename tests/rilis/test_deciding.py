"""A release is decided while its figures are being written: of the same figures as stand afterwards, and stopped where writing fails."""

import asyncio
from collections.abc import Mapping, Sequence
from typing import Any

import pytest

from hub.base.public_id import RekapKey
from hub.db.database import Conn, Database
from hub.db.private_cluster import login_url
from hub.katalog.cache import KatalogCache
from hub.rekap import statements as rekap_store
from hub.rekap.approval import from_stored
from hub.rilis.service import begin_release, deciding
from hub.rilis.shown_rows import RawRow
from tests.client import Client
from tests.rilis.reports import KAB, PERIODE, SMALL, approve, report


def _of_kinds(kinds: Sequence[str]) -> list[dict[str, Any]]:
    """Kinds of PPKS by sex in every desa of SMALL; some desa do not say."""
    return [
        {
            "wilayah": desa, "elemen": "PPK01", "nilai": n + int(kind),
            "rincian": [{"rincian": "jenis_ppks", "pilihan": kind}, {"rincian": "JK", "pilihan": sex}],
        }
        for desa, n in SMALL.items()
        for kind in kinds
        for sex in ("L", "P")
        if (n + int(kind)) % 4
    ]  # fmt: skip


def _told(raw: Mapping[str, Sequence[RawRow]]) -> dict[str, list[tuple[Any, ...]]]:
    return {e: sorted((r.region, r.choices, r.nilai, r.status, r.sensitivity) for r in rows) for e, rows in raw.items()}


@pytest.mark.parametrize(("form", "elemen"), [("F07", ["PPK01"]), ("F02", ["BAN01", "BAN02"])])
def test_it_is_decided_of_what_stands_afterwards(hub: Client, form: str, elemen: list[str]) -> None:
    money = [{"wilayah": desa, "elemen": e, "nilai": n} for desa, n in SMALL.items() for e in elemen]
    approve(hub, form, _of_kinds(("1", "5", "10", "13")) if form == "F07" else money, PERIODE)
    key = RekapKey(KAB, form, PERIODE)

    async def both(db: Database) -> None:
        katalog = await KatalogCache(db).get()
        async with db.as_owner() as conn:
            nilai = await rekap_store.values(conn, key, 1)
            angka, _ = await from_stored(conn, key, 1, nilai, katalog)
            await begin_release(conn, KAB)
            async with deciding(conn, key, elemen, angka) as ahead, deciding(conn, key, elemen) as afterwards:
                (raw, decided), (raw_then, decided_then) = await ahead.decided, await afterwards.decided
        assert _told(raw) == _told(raw_then)
        assert all(raw.values())
        assert decided == decided_then
        assert len({r.sensitivity for rows in raw.values() for r in rows}) > (form == "F07")

    _with(hub, both)


def test_where_writing_fails_its_own_error_is_told_and_nothing_goes_on(hub: Client) -> None:
    report(hub, SMALL)
    key = RekapKey(KAB, "F05", PERIODE)

    async def failing(conn: Conn) -> None:
        async with deciding(conn, key, ["REH09"]):
            raise ValueError("full disk")

    async def fail(db: Database) -> None:
        async with db.as_owner() as conn:
            with pytest.raises(ValueError, match="full disk"):
                await failing(conn)
            assert {t for t in asyncio.all_tasks() if "decided" in repr(t.get_coro())} == set()

    _with(hub, fail)


def _with(hub: Client, what: Any) -> None:
    async def work() -> None:
        db = Database(login_url(hub.url), 3)
        await db.open()
        try:
            await what(db)
        finally:
            await db.close()

    asyncio.run(work())
