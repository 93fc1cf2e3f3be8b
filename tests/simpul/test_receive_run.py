"""Submissions that come together are taken in one transaction: decided as one by one, all of them or none, and none twice."""

import asyncio
import random
from collections.abc import Awaitable, Callable, Iterator, Sequence
from datetime import UTC, datetime
from typing import Any

import orjson
import psycopg
import pytest

from hub.angka.verify_completeness import verify_completeness
from hub.base.actor import Actor, Role
from hub.base.errors import RevisionConflictError, ServiceNotReadyError
from hub.base.public_id import rekap_key
from hub.berita.chain_event import DOWN, ChainEvent
from hub.berita.chain_verify import verify_chains
from hub.db.database import Conn, Database
from hub.db.private_cluster import PrivateCluster, login_url
from hub.katalog.cache import KatalogCache
from hub.rekap import arrival_statements, arrivals
from hub.rekap.draft import RekapDraft
from hub.rekap.examination import KnownRegions
from hub.rekap.service import RekapWorkflow
from hub.simpul import receive, receive_run
from hub.simpul.envelope import enclose
from hub.simpul.receipts import Receipt
from hub.simpul.receive import Receiver
from hub.wilayah import region_index
from hub.wilayah.region_index import RegionIndex
from tests.database_clones import clone_of
from tests.simpul import written_events
from tests.simpul.two_hubs import CLOCKS_AGREE, begin, with_database
from tests.simpul.written_events import KAB, chain, content, untidy

PROVINCE = Actor(Role.PROVINSI, KAB[:2], "provinsi")
# what is left out is when it was received, and what hangs on that
SAME = (
    "SELECT kode_kab, formulir, periode, status, revisi, revisi_disetujui, tenggat, tepat_waktu, (SELECT r.diajukan_pada FROM rekap_revisi v "
    "WHERE v.kode_kab = r.kode_kab AND v.asal_pada = r.diajukan_pada LIMIT 1) FROM rekap r ORDER BY 1, 2, 3",
    "SELECT kode_kab, formulir, periode, revisi, jenis, oleh, kunci_idempoten, hash_isi, versi_formulir, surat_nomor, surat_tanggal, "
    "asal_pada FROM rekap_revisi ORDER BY 1, 2, 3, 4",
    "SELECT kode_kab, formulir, periode, revisi, elemen, kode_wilayah, rincian::text, nilai::text, status FROM rekap_nilai "
    "ORDER BY 1, 2, 3, 4, 5, 6, 7",
    "SELECT kode_kab, formulir, periode, revisi, urut, elemen, kode_wilayah, tertulis, dihitung FROM rekap_total ORDER BY 1, 2, 3, 4, 5",
    "SELECT kode_kab, formulir, periode, revisi, urut, kode, tingkat, pesan, wilayah, elemen, nilai, usulan, lokasi::text "
    "FROM rekap_temuan ORDER BY 1, 2, 3, 4, 5",
    "SELECT kode_kab, formulir, periode, revisi, elemen, kode_wilayah, rincian::text FROM rekap_lonjakan ORDER BY 1, 2, 3, 4, 5, 6, 7",
    "SELECT kode_kab, formulir, periode, urut, oleh, aksi, dari, ke, revisi, alasan, catatan::text, asal_pada FROM rekap_peristiwa "
    "ORDER BY 1, 2, 3, 4",
    "SELECT kode_kab, formulir, periode, diharapkan, diterima, disetujui, tepat_waktu FROM kelengkapan ORDER BY 1, 2, 3",
    "SELECT kode_kab, nomor, masa, jenis, subjek, isi, sidik, asal_pada, asal_oleh, putusan, temuan::text FROM rantai_peristiwa_masuk "
    "ORDER BY 1, 2",
    "SELECT kode_kab, nomor, sidik FROM rantai_masuk ORDER BY 1",
)


@pytest.fixture
def urls(cluster: PrivateCluster, templates: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Two provinces that begin with the same rows."""
    for one in clone_of(cluster, templates["contoh"]):
        for other in clone_of(cluster, templates["contoh"]):
            for url in (one, other):
                begin(url, KAB, DOWN)
            yield one, other


@pytest.fixture
def url(cluster: PrivateCluster, templates: dict[str, str]) -> Iterator[str]:
    for one in clone_of(cluster, templates["contoh"]):
        begin(one, KAB, DOWN)
        yield one


def rows(url: str, *statements: str) -> list[list[tuple[Any, ...]]]:
    with psycopg.connect(url) as conn:
        return [conn.execute(s).fetchall() for s in statements]


def regions(url: str) -> list[str]:
    (found,) = rows(url, f"SELECT kode FROM wilayah WHERE kode_kab = '{KAB}' AND tingkat = 4 ORDER BY kode LIMIT 6")
    return [kode for (kode,) in found]


def take(url: str, events: Sequence[ChainEvent]) -> Receipt:
    async def work(db: Database) -> Receipt:
        return await Receiver(db, KatalogCache(db)).receive(KAB, enclose(events), CLOCKS_AGREE)

    return with_database(url, work)


def approve_some(url: str, chance: random.Random) -> None:
    async def work(db: Database) -> None:
        workflow = RekapWorkflow(db, KatalogCache(db))
        for form, periode, revision in submitted:
            if chance.random() < 0.4:
                await workflow.approve(PROVINCE, rekap_key(f"{KAB}:{form}:{periode}"), revision)

    (submitted,) = rows(
        url,
        f"SELECT formulir, periode, revisi FROM rekap WHERE kode_kab = '{KAB}' AND status = 'DIAJUKAN' ORDER BY 1, 2",
    )
    with_database(url, work)


def apart(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(receive, "may_run", lambda event: False)


@pytest.mark.parametrize("seed", range(3))
def test_together_they_are_decided_as_one_by_one(
    urls: tuple[str, str], monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    together, one_by_one = urls
    chance, now, last = random.Random(seed), datetime.now(UTC), None
    taken: list[int] = []
    receive_many = arrivals.Arrivals.receive

    async def counted(self: arrivals.Arrivals, *arguments: Any) -> Any:
        told = await receive_many(self, *arguments)
        taken.append(len(told))
        return told

    for part in range(3):
        contents = [{**c, "kunci": f"{part}{c['kunci']}"} for c in untidy(chance, regions(together), 14)]
        events = chain(contents, now, last)
        last = events[-1]
        monkeypatch.setattr(arrivals.Arrivals, "receive", counted)
        with monkeypatch.context() as patch:
            patch.setattr(receive_run, "_log", None)  # nothing falls back unseen
            first = take(together, events)
        with monkeypatch.context() as patch:
            apart(patch)
            second = take(one_by_one, events)
        told = [[(a.number, a.verdict, a.temuan) for a in r.answered] for r in (first, second)]
        assert told[0] == told[1]
        assert first.problems == second.problems == []
        for there, here in zip(rows(one_by_one, *SAME), rows(together, *SAME), strict=True):
            assert there == here
        approving = chance.random()
        for url in urls:
            approve_some(url, random.Random(approving))
    assert max(taken) > 5
    verdicts = {v for (v,) in rows(together, "SELECT DISTINCT putusan FROM rantai_peristiwa_masuk")[0]}
    assert verdicts == {"DITERIMA", "DITOLAK"}
    for url in urls:
        assert with_database(url, verify_chains)[1] == []
        assert with_database(url, verify_completeness)[1] == []


def plain(url: str, count: int, after: ChainEvent | None = None) -> list[ChainEvent]:
    """Submissions with which nothing is wrong, of months on end."""
    where = regions(url)[0]
    contents = [
        content("F02", f"{2016 + n // 12}-{n % 12 + 1:02}", 1, [("BAN01", where, {}, f"{n + 3}", "ADA")], f"bulan {n}") for n in range(count)
    ]  # fmt: skip
    return chain(contents, datetime.now(UTC), after)


def stands(url: str) -> tuple[int, int, int]:
    """How many events were taken in, how many revisions and events of rekap there are of them."""
    counts = rows(
        url, "SELECT count(*) FROM rantai_peristiwa_masuk", "SELECT count(*) FROM rekap_revisi WHERE kunci_idempoten LIKE 'bulan %'",
        "SELECT count(*) FROM rekap_peristiwa p JOIN rekap_revisi r USING (kode_kab, formulir, periode, revisi) "
        "WHERE kunci_idempoten LIKE 'bulan %'",
    )  # fmt: skip
    a, b, c = (int(found[0][0]) for found in counts)
    return a, b, c


def test_a_batch_of_one_kabupaten_is_one_transaction(url: str) -> None:
    take(url, plain(url, 8))
    assert stands(url) == (8, 8, 8)
    assert rows(url, "SELECT count(DISTINCT xmin::text) FROM rekap_revisi WHERE kunci_idempoten LIKE 'bulan %'") == [
        [(1,)]
    ]


def test_the_seventh_is_no_submission_at_all(url: str) -> None:
    good = plain(url, 10)
    contents: list[dict[str, Any]] = [written_events.content("F02", "2016-01", 1, [], "x")] * 10
    for n, event in enumerate(good):
        contents[n] = {**_data(event)} if n != 6 else {**_data(event), "nilai": [[1]]}
    receipt = take(url, chain(contents, datetime.now(UTC)))
    assert [a.verdict for a in receipt.answered] == [*["DITERIMA"] * 6, "DITOLAK", *["DITERIMA"] * 3]
    assert receipt.answered[6].temuan[0]["kode"] == "PERISTIWA_RUSAK"
    assert stands(url) == (10, 9, 9)
    assert len({a.at for a in receipt.answered}) == 3


def _data(event: ChainEvent) -> dict[str, Any]:
    read: dict[str, Any] = orjson.loads(event.content)
    return read


def test_one_that_is_refused_in_the_middle_leaves_the_others(url: str) -> None:
    good = plain(url, 7)
    contents = [_data(e) for e in good]
    where = contents[3]["nilai"][0][1]
    contents[3] = {**contents[3], "nilai": [["BAN01", where, {}, "-4", "ADA"]]}
    events = chain(contents, datetime.now(UTC))
    receipts = [take(url, events) for _ in range(2)]
    assert [a.verdict for a in receipts[0].answered] == [*["DITERIMA"] * 3, "DITOLAK", *["DITERIMA"] * 3]
    assert receipts[0].answered[3].temuan[0]["kode"] == "ANGKA_NEGATIF"
    assert len({a.at for a in receipts[0].answered}) == 1  # one transaction
    assert receipts[1].answered == receipts[0].answered
    assert stands(url) == (7, 6, 6)


def test_each_may_guess_as_often_as_if_it_came_by_itself(
    urls: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(region_index, "_GUESSED", 1)
    indexed: list[RegionIndex] = []

    def counted(self: KnownRegions, draft: RekapDraft) -> RegionIndex:
        indexed.append(of_draft(self, draft))
        return indexed[-1]

    of_draft = KnownRegions.index
    where = regions(urls[0])[0]
    wrong = ("53.14.01.2998", "53.14.01.2999")  # no desa has these
    contents = [
        content("F02", "2020-01", n, [("BAN01", wrong[n % 2] if n in (3, 4) else where, {}, f"{n}", "ADA")], f"k{n}")
        for n in range(1, 7)
    ]
    events = chain(contents, datetime.now(UTC))
    with monkeypatch.context() as patch:
        patch.setattr(KnownRegions, "index", counted)
        together = take(urls[0], events)
    apart(monkeypatch)
    one_by_one = take(urls[1], events)
    told = [[(a.number, a.verdict, a.temuan) for a in r.answered] for r in (together, one_by_one)]
    assert told[0] == told[1]
    assert [a.temuan[0].get("usulan") is not None for a in together.answered[2:4]] == [True, True]
    assert len(indexed) == 3  # the first, and after each that guessed


def test_figures_that_take_several_statements(urls: tuple[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    together, one_by_one = urls
    events = chain(untidy(random.Random(5), regions(together), 10), datetime.now(UTC))
    with monkeypatch.context() as patch:
        patch.setattr(arrival_statements, "BATCH", 1)
        patch.setattr(receive_run, "_log", None)  # nothing falls back unseen
        take(together, events)
    apart(monkeypatch)
    take(one_by_one, events)
    assert rows(together, *SAME) == rows(one_by_one, *SAME)


_STEPS = ("read", "revisions", "values", "chain", "end")


@pytest.mark.parametrize("step", _STEPS)
def test_killed_in_the_middle_of_a_batch_nothing_of_it_is_there(
    url: str, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    async def dies(conn: Conn) -> None:
        async with await psycopg.AsyncConnection.connect(url, autocommit=True) as owner:
            await owner.execute("SELECT pg_terminate_backend(%s)", (conn.info.backend_pid,))

    def around(module: Any, name: str, *, after: bool) -> None:
        usual = getattr(module, name)

        async def killed(conn: Conn, *arguments: Any) -> Any:
            if not after:
                await dies(conn)
            result = await usual(conn, *arguments)
            await dies(conn)
            return result

        monkeypatch.setattr(module, name, killed)

    match step:
        case "read":
            around(arrivals, "read_known", after=True)
        case "revisions":
            around(arrival_statements, "_insert_revisions", after=True)
        case "values":
            around(arrivals, "recount_each", after=False)
        case "chain":
            around(receive_run, "_keep", after=False)
        case "end":
            around(receive_run, "_keep", after=True)
    events = plain(url, 8)
    with pytest.raises(ServiceNotReadyError):
        take(url, events)
    assert stands(url) == (0, 0, 0)
    monkeypatch.undo()
    assert [a.verdict for a in take(url, events).answered] == ["DITERIMA"] * 8
    assert stands(url) == (8, 8, 8)


def test_what_cannot_be_written_together_is_taken_one_by_one(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    async def fails(*arguments: Any) -> None:
        raise psycopg.errors.CheckViolation("that one alone")

    monkeypatch.setattr(arrival_statements, "_insert_values", fails)
    receipt = take(url, plain(url, 5))
    assert [a.verdict for a in receipt.answered] == ["DITERIMA"] * 5
    assert stands(url) == (5, 5, 5)
    assert len({a.at for a in receipt.answered}) == 5


async def _gathered(url: str, *works: Callable[[Database], Awaitable[Any]]) -> list[Any]:
    """Each by a hub of its own."""
    dbs = [Database(login_url(url), 2) for _ in works]
    for db in dbs:
        await db.open()
    try:
        return await asyncio.gather(*(w(db) for w, db in zip(works, dbs, strict=True)), return_exceptions=True)
    finally:
        for db in dbs:
            await db.close()


@pytest.mark.parametrize("first", [8, 3])
def test_two_requests_of_one_node_at_once(url: str, first: int) -> None:
    """It was started again, and sends what it has once more, and more of it."""
    events = plain(url, 8)

    def of(count: int) -> Callable[[Database], Awaitable[Receipt]]:
        async def work(db: Database) -> Receipt:
            return await Receiver(db, KatalogCache(db)).receive(KAB, enclose(events[:count]), CLOCKS_AGREE)

        return work

    receipts = asyncio.run(_gathered(url, of(first), of(8), of(8)))
    assert [r.problems for r in receipts] == [[], [], []], receipts
    assert [r.number for r in receipts[1:]] == [8, 8]
    said = [[(a.number, a.verdict, a.at) for a in r.answered] for r in receipts]
    assert said[1] == said[2]
    assert said[0] == said[1][:first]
    assert stands(url) == (8, 8, 8)


@pytest.mark.parametrize("verdict_first", [True, False])
def test_a_verdict_that_is_written_meanwhile(url: str, verdict_first: bool) -> None:
    """Whoever comes first holds what the reporter says by that form; the other finds it decided."""
    events = plain(url, 4)
    take(url, events)
    key = rekap_key(f"{KAB}:F02:2016-02")
    contents = [{**_data(e), "revisi": 2, "kunci": f"{_data(e)['kunci']} lagi"} for e in events]
    again = chain(contents, datetime.now(UTC), events[-1])

    async def receiving(db: Database) -> Receipt:
        return await Receiver(db, KatalogCache(db)).receive(KAB, enclose(again), CLOCKS_AGREE)

    async def approving(db: Database) -> Any:
        return await RekapWorkflow(db, KatalogCache(db)).approve(PROVINCE, key, 1)

    async def after(work: Callable[[Database], Awaitable[Any]], waiting: int, db: Database) -> Any:
        while await _waiting(url) < waiting:  # noqa: ASYNC110 - it is another process that is waited for
            await asyncio.sleep(0.02)
        return await work(db)

    async def crossing() -> list[Any]:
        async with await psycopg.AsyncConnection.connect(url) as holder:
            await holder.execute("SELECT pg_advisory_xact_lock(hashtextextended('rekap ' || %s || ' F02', 0))", (KAB,))
            works = [approving, receiving] if verdict_first else [receiving, approving]
            both = asyncio.create_task(_gathered(url, works[0], lambda db: after(works[1], 1, db)))
            while await _waiting(url) < 2:  # noqa: ASYNC110
                await asyncio.sleep(0.02)
            await holder.rollback()
            answers = await both
        return answers if verdict_first else answers[::-1]

    approved, receipt = asyncio.run(crossing())
    verdicts = [a.verdict for a in receipt.answered]
    if verdict_first:
        assert verdicts == ["DITERIMA", "DITOLAK", "DITERIMA", "DITERIMA"]
        assert receipt.answered[1].temuan[0]["kode"] == "KEADAAN_REKAP"
        assert approved.revisi == 1
    else:
        assert verdicts == ["DITERIMA"] * 4
        assert isinstance(approved, RevisionConflictError)
        assert approved.newest_revision == 2
    stand = "SELECT status, revisi, revisi_disetujui FROM rekap WHERE formulir = 'F02' AND periode = '2016-02' AND kode_kab = '53.14'"
    assert rows(url, stand) == [[("DISETUJUI", 1, 1) if verdict_first else ("DIAJUKAN", 2, None)]]
    assert with_database(url, verify_chains)[1] == []


async def _waiting(url: str) -> int:
    async with await psycopg.AsyncConnection.connect(url, autocommit=True) as conn:
        cursor = await conn.execute(
            "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted "
            "AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
        )
        row = await cursor.fetchone()
    assert row is not None
    return int(row[0])
