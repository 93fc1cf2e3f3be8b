"""The demo's story: made up and says so, loaded many at a time, and yet what it would be had every office entered it."""

import asyncio
import json
import re
from collections.abc import Awaitable, Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

import psycopg
import pytest

from bench.rahasia.caller import Caller
from bench.rahasia.judge import judge
from bench.rahasia.versions import read_versions
from bench.rahasia.walk import walk
from hub.akses.service import TokenService
from hub.angka.verify import verify_rollup
from hub.angka.verify_completeness import verify_completeness
from hub.base.actor import Actor, Role
from hub.berita.chain_verify import verify_chains
from hub.db.database import Database
from hub.db.private_cluster import PrivateCluster, login_url
from hub.gudang.verify import verify_stock
from hub.katalog.cache import KatalogCache
from hub.rekap import release_again
from hub.rekap.examination import SentDraft, examine
from hub.rekap.moves import SUBMIT
from hub.rekap.receipt import Receipt
from hub.rekap.service import RekapWorkflow
from hub.rilis.totals import release_totals
from seeds.demo_load import TOKEN, load_demo
from seeds.story_load import load_story
from seeds.story_plan import Story, offices
from tests.client import Client
from tests.database_clones import clone_of
from tests.hub_server import SETTINGS, serve
from tests.waiting_jobs import run_jobs

T = TypeVar("T")
ROOT = Path(__file__).parents[2]
LATE = ["53.05", "53.12", "53.13"]
TABLES = ["wilayah", "batas", "sumber_daya", "rekap", "rekap_revisi", "rekap_nilai", "rekap_temuan", "rekap_peristiwa", "rekap_lonjakan",
          "angka", "angka_rilis", "angka_riwayat", "kelengkapan", "rilis_kantor", "rilis_total", "token", "wksbm", "mutasi_stok"]  # fmt: skip


def _with_database(url: str, work: Callable[[Database], Awaitable[T]]) -> T:
    async def run() -> T:
        db = Database(login_url(url), 4, 600_000)
        await db.open()
        try:
            return await work(db)
        finally:
            await db.close()

    return asyncio.run(run())


async def _load(db: Database) -> dict[str, str] | None:
    katalog = KatalogCache(db)
    return await load_demo(
        db, katalog, RekapWorkflow(db, katalog), TokenService(db), lambda text: None, story=True
    )  # fmt: skip


@pytest.fixture(scope="module")
def story(cluster: PrivateCluster, templates: dict[str, str]) -> Iterator[Client]:
    """A hub with the story, its totals made; tests only read from it."""

    async def fill(db: Database) -> None:
        assert (await _load(db) or {}).keys() == TOKEN.keys()
        await run_jobs(db, release_totals)

    for url in clone_of(cluster, templates["dasar"]):
        _with_database(url, fill)
        yield from serve(url)


def _counts(hub: Client) -> dict[str, int]:
    return {t: hub.sql(f"SELECT count(*) FROM {t}")[0][0] for t in TABLES}


def _plan(hub: Client, kode: str) -> list[Any]:
    """Of one office, as the loader made it."""
    desa = [k for (k,) in hub.sql("SELECT kode FROM wilayah WHERE tingkat = 4 AND hari_terakhir > '2025-12-31'")]
    names = dict(hub.sql("SELECT kode, 'Dinas Sosial ' || nama || ' (contoh)' FROM wilayah WHERE tingkat <= 2"))
    names |= {k: name for k, (_, name) in TOKEN.items()}
    katalog = _with_database(hub.url, lambda db: KatalogCache(db).get())
    made = Story(katalog, names, desa, SETTINGS.zone, datetime.now(UTC))
    return list(made.rekap(next(o for o in offices() if o.kode == kode)))


# ---------- what there is ----------


def test_every_office_of_both_provinces_has_reported(story: Client) -> None:
    reported = story.sql("SELECT left(kode_kab, 2), count(DISTINCT kode_kab) FROM rekap WHERE periode >= '2024' AND length(kode_kab) = 5 GROUP BY 1")  # fmt: skip
    assert dict(reported) == {"36": 8, "53": 22}
    ((figures,),) = story.sql("SELECT count(*) FROM angka")
    assert 50_000 < figures <= 300_000
    levels = dict(
        story.sql("SELECT DISTINCT left(kode_kab, 5), max(tingkat) FROM angka WHERE periode >= '2024' GROUP BY 1")
    )
    assert {k for k, finest in levels.items() if k.startswith("53") and finest > 2} == {"53.14"}
    assert {levels[k] for k in levels if k.startswith("36")} == {4}


def test_what_is_made_up_says_so(story: Client) -> None:
    made_up = "periode >= '2024'"
    assert story.sql(f"SELECT count(*) FROM rekap_revisi WHERE {made_up}")[0][0] > 1_500
    assert story.sql(
        f"SELECT kode_kab FROM rekap_revisi WHERE {made_up} AND (oleh NOT LIKE '%(contoh)' OR surat_nomor NOT LIKE 'CONTOH %')"
    ) == []  # fmt: skip
    assert story.sql(f"SELECT oleh FROM rekap_peristiwa WHERE {made_up} AND oleh NOT LIKE '%(contoh)'") == []
    assert story.sql("SELECT kode FROM batas WHERE NOT contoh") == []
    assert story.sql("SELECT kode_desa FROM sumber_daya WHERE nama LIKE 'Contoh %' AND NOT contoh") == []


def test_both_provinces_are_drawn_and_the_resources_stand_somewhere(story: Client) -> None:
    undrawn = story.sql(
        "SELECT w.kode FROM wilayah w WHERE w.hari_terakhir > '2025-12-31' AND NOT EXISTS (SELECT FROM batas b WHERE b.kode_kab = w.kode_kab "
        "AND b.kode = w.kode AND b.wilayah_sejak = w.berlaku_sejak AND b.sampai IS NULL)"
    )
    assert undrawn == []
    assert story.sql("SELECT count(*) FROM sumber_daya WHERE titik IS NULL") == [(0,)]
    outside = story.sql(
        "SELECT s.kode_desa FROM sumber_daya s JOIN batas b ON b.kode = s.kode_desa AND b.sampai IS NULL WHERE NOT ST_Covers(b.geom, s.titik)"
    )
    assert outside == []


# ---------- what it tells ----------


def test_most_are_in_time_and_three_are_late(story: Client) -> None:
    in_time = dict(story.sql(
        "SELECT kode_kab, avg(tepat_waktu::int) FROM rekap WHERE periode >= '2024' AND diajukan_pada IS NOT NULL GROUP BY 1"
    ))  # fmt: skip
    assert sorted(k for k, part in in_time.items() if part < 0.5) == LATE
    assert all(part == 1 for k, part in in_time.items() if k not in LATE)


def test_one_never_sends_its_form(story: Client) -> None:
    without = story.sql(
        "SELECT kode_kab FROM rekap WHERE periode >= '2024' GROUP BY 1 HAVING NOT bool_or(formulir = 'F02') ORDER BY 1"
    )
    assert without == [("53.21",)]


def test_one_was_returned_twice_and_one_for_a_nought_too_many(story: Client) -> None:
    returned = story.sql(
        "SELECT kode_kab || ':' || formulir || ':' || periode, count(*) FROM rekap_peristiwa WHERE aksi = 'KEMBALIKAN' GROUP BY 1 ORDER BY 1"
    )
    assert returned == [("53.04:F02:2025-TW3", 1), ("53.07:F05:2025-TW4", 1), ("53.19:F05:2025-TW2", 2)]
    then, now, proposed = story.sql(
        "SELECT r.nilai, n.nilai, (p.catatan->0->>'usulan')::numeric FROM rekap_nilai r JOIN rekap_nilai n USING (kode_kab, formulir, periode, "
        "elemen) JOIN rekap_peristiwa p USING (kode_kab, formulir, periode) WHERE r.kode_kab = '53.04' AND formulir = 'F02' "
        "AND periode = '2025-TW3' AND elemen = 'BAN01' AND r.revisi = 1 AND n.revisi = 2 AND p.aksi = 'KEMBALIKAN'"
    )[0]
    assert (then, now) == (10 * proposed, proposed)
    found = {
        k
        for (k,) in story.sql(
            "SELECT kode FROM rekap_temuan WHERE kode_kab = '53.04' AND periode = '2025-TW3' AND revisi = 1"
        )
    }
    assert "LONJAKAN_ANGKA" in found


def test_one_stands_out_and_the_hub_saw_it(story: Client) -> None:
    rows = story.sql("SELECT kode_kab, nilai FROM angka WHERE elemen = 'BEN02' AND periode = '2025-TW3' AND kode_kab LIKE '53.%' AND dimensi = '' ORDER BY 2 DESC LIMIT 2")  # fmt: skip
    assert rows[0][0] == "53.11"
    assert rows[0][1] > 3 * rows[1][1]
    jumps = {
        e for (e,) in story.sql("SELECT elemen FROM rekap_lonjakan WHERE kode_kab = '53.11' AND periode = '2025-TW3'")
    }
    assert "BEN02" in jumps


def test_a_small_island_has_small_counts_and_nobody_sees_them(story: Client) -> None:
    ((small,),) = story.sql("SELECT count(*) FROM angka a JOIN elemen e ON e.kode = a.elemen WHERE kode_kab = '53.20' AND sensitif > 0 AND nilai BETWEEN 1 AND 4")  # fmt: skip
    assert small > 50
    query = (
        '{ agregat(elemen: ["REH02"], periode: ["2025-TW1"], wilayah: "53.20", tingkat: KABUPATEN) { nilai status } }'
    )
    assert story.ask(query)["agregat"] == [{"nilai": None, "status": "DISUPRESI"}]
    assert 0 < story.ask(query, as_whom="53.20")["agregat"][0]["nilai"] < 5


# ---------- what holds ----------


def test_what_is_kept_is_what_the_facts_add_up_to(story: Client) -> None:
    async def check(db: Database) -> None:
        counted, wrong = await verify_rollup(db, at_once=2)
        assert counted > 50_000
        assert wrong == []
        for verify in (verify_completeness, verify_stock):
            counted, faults = await verify(db)
            assert counted > 0
            assert faults == []
        assert await verify_chains(db) == (0, [])
        assert not await release_again.behind(db)

    _with_database(story.url, check)


def test_no_count_is_given_away(story: Client) -> None:
    """By asking for every figure of every period: of NTT here, of both provinces by scripts/bench rahasia --demo."""
    with Caller(story.address) as caller:
        heard = walk(caller, provinces=("53",), moments=(), figures_only=True)
    assert heard.contradictions == heard.opened_elsewhere == []
    verdict = judge(heard, read_versions(story.url, heard.elements))
    assert verdict.cells > verdict.closed >= verdict.primary > 500
    assert (verdict.wrong, verdict.differ, verdict.open_small) == ([], [], [])
    assert (verdict.recovered, verdict.narrow) == ([], [])


def test_no_small_count_is_among_what_everybody_sees(story: Client) -> None:
    small = "x.peka >= 1 AND (x.nilai BETWEEN 1 AND 4 OR x.peka = 3 AND x.nilai < 10)"
    figures = "SELECT hub_peka(elemen, rincian) AS peka, a.* FROM {} a WHERE nilai IS NOT NULL AND periode >= '2024'"
    raw, shown = (
        dict(story.sql(f"SELECT x.tingkat, count(*) FROM ({figures.format(t)}) x WHERE {small} GROUP BY 1"))
        for t in ("angka", "angka_rilis")
    )
    assert raw[2] > 500
    assert raw[4] > 50  # a small island's desa
    assert shown == {}
    assert story.sql(f"SELECT count(*) FROM ({figures.format('angka_rilis')}) x WHERE x.peka >= 1")[0][0] > 3_000


def test_readme_answers_as_printed(story: Client) -> None:
    example = re.compile(r"```\n(curl [^`]*?-d '(\{.*?\n\})')\n```\n\n```json\n(.*?)\n```", re.DOTALL)
    found = example.findall((ROOT / "README.md").read_text(encoding="utf-8"))
    assert len(found) == 2
    for command, body, answer in found:
        question = json.loads(body)
        as_whom = "53.14" if "$TOKEN" in command else None
        assert story.ask(question["query"], question.get("variables"), as_whom) == json.loads(answer)["data"]


def test_loaded_once_more_nothing_is_added(story: Client) -> None:
    before = _counts(story)
    names = {o.kode: "x (contoh)" for o in offices()} | {"36": "x", "53": "x"}

    async def again(db: Database) -> None:
        assert await _load(db) is None
        desa = [k for (k,) in story.sql("SELECT DISTINCT kode FROM wilayah WHERE tingkat = 4")]
        await load_story(db, KatalogCache(db), names, desa, lambda text: None)

    _with_database(story.url, again)
    assert _counts(story) == before


# ---------- as if it had been entered ----------


@pytest.mark.parametrize("kode", ["36.72", "53.04", "53.14", "53.20"])
def test_the_hub_finds_in_it_what_is_stored(story: Client, kode: str) -> None:
    """Of what simply passed it finds nothing."""
    plan = [r for r in _plan(story, kode) if r.key.periode in ("2024-TW1", "2025-TW3", "2025-S2", "2025-TW4")]
    assert len(plan) > 10

    async def find(db: Database) -> list[tuple[str, int, list[str]]]:
        katalog, found = await KatalogCache(db).get(), []
        actor = Actor(Role.KABUPATEN, kode, "uji")
        for r in plan:
            for number, s in enumerate(r.sendings, 1):
                outcome = await examine(db, SentDraft(actor, SUBMIT, s.draft, katalog, r.formulir))
                found.append((r.key.id, number, sorted(t.kode for t in outcome.temuan)))
        return found

    stored = story.sql(
        "SELECT r.kode_kab || ':' || r.formulir || ':' || r.periode, r.revisi, array_remove(array_agg(t.kode ORDER BY t.kode), NULL) "
        "FROM rekap_revisi r LEFT JOIN rekap_temuan t USING (kode_kab, formulir, periode, revisi) WHERE r.kode_kab = %s GROUP BY 1, 2",
        kode,
    )  # fmt: skip
    expected = {(id_, number): codes for id_, number, codes in stored}
    for id_, number, codes in _with_database(story.url, find):
        assert codes == expected[id_, number], (id_, number)


_KEPT = {
    "rekap": "formulir, periode, status, revisi, revisi_disetujui, tenggat",
    "rekap_revisi": "formulir, periode, revisi, jenis, oleh, kunci_idempoten, hash_isi, versi_formulir, surat_nomor, surat_tanggal",
    "rekap_nilai": "formulir, periode, revisi, elemen, kode_wilayah, rincian, nilai, status",
    "rekap_total": "formulir, periode, revisi",
    "rekap_temuan": "formulir, periode, revisi, kode, wilayah",
    "rekap_peristiwa": "formulir, periode, urut, oleh, aksi, dari, ke, revisi, alasan, catatan",
    "angka": "elemen, periode, tingkat, dimensi, kode_wilayah, rincian, nilai, status, turunan",
    "angka_rilis": "elemen, periode, tingkat, dimensi, kode_wilayah, rincian, nilai, status, turunan",
    "angka_tertulis": "elemen, periode, tertulis",
    "rilis_kantor": "elemen, periode, versi, isi, keperluan, ruang, jalur, terancam",
    "rilis_tunggu": "elemen, periode, rincian, sebab",
    "kelengkapan": "formulir, periode, diharapkan, diterima, disetujui",
}
"""All but times, and whether it was in time."""


def test_it_is_what_entering_it_one_by_one_makes(story: Client, demo_url: str) -> None:
    """One office's first year, in a hub of the small demo, sent and approved rekap by rekap."""
    kode = "53.20"
    plan = [r for r in _plan(story, kode) if r.key.periode.startswith("2024")]
    kabupaten = Actor(Role.KABUPATEN, kode, plan[0].events[0].by)
    provinsi = Actor(Role.PROVINSI, kode[:2], TOKEN[kode[:2]][1])

    async def enter(db: Database) -> None:
        workflow = RekapWorkflow(db, KatalogCache(db))
        for r in sorted(plan, key=lambda r: r.key.periode):
            sent = await workflow.submit(kabupaten, r.sendings[0].draft)
            assert isinstance(sent, Receipt), sent
            assert isinstance(await workflow.approve(provinsi, r.key, 1), Receipt)

    _with_database(demo_url, enter)
    with psycopg.connect(demo_url) as conn:
        for table, columns in _KEPT.items():
            query = f"SELECT {columns} FROM {table} WHERE kode_kab = '{kode}' AND left(periode, 4) = '2024' ORDER BY {columns}"
            one_by_one = conn.execute(query).fetchall()
            assert story.sql(query) == one_by_one, table
            assert one_by_one or table in ("rekap_total", "rekap_temuan", "angka_tertulis", "rilis_tunggu"), table
