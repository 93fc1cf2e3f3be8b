"""The first copy and the hand-over: everything of the kabupaten and nothing of others, found equal on both sides, whatever happens on the
way; until then it writes at the province, from then on at its node."""

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
import pytest
from pydantic import SecretStr

from hub.base.errors import InvalidInputError
from hub.base.role_key import role_key
from hub.base.settings import Settings
from hub.db.private_cluster import PrivateCluster
from hub.katalog.cache import KatalogCache
from hub.simpul import joining_copy, registry
from hub.simpul.joining import Joining, accept, invite, own_node, request_to_join
from hub.simpul.joining_copy import Copied, take_over
from hub.simpul.joining_copy_statements import TABLES, condition
from hub.simpul.keys import NodeKey, node_key
from hub.simpul.refusals import NoPeerError, PeerRefusedError
from hub.simpul.wire_client import Line, ask_plainly
from tests.cli.hub_process import wait_until
from tests.client import Client
from tests.database_clones import clone_of
from tests.hub_server import SETTINGS, Server
from tests.pekerjaan.jobs import opened
from tests.project_files import tables
from tests.rekap.texts import APPROVE, SAVE, SUBMIT, angka, submission
from tests.simpul.paper_ledger import PaperLedger, prepare, write
from tests.sumber_daya.texts import panti, save
from tests.tagana import texts as tagana


@dataclass
class Sides:
    province: Client
    node_url: str
    key: NodeKey
    home: Path

    def take_over(self, line: Line | None = None) -> Copied:
        async def go() -> Copied:
            async with opened(self.node_url) as db:
                ledger = PaperLedger(db, KatalogCache(db))
                return await take_over(db, self.node_url, ledger, line or await self.line(db))

        return asyncio.run(go())

    async def line(self, db: Any) -> Line:
        node = await own_node(db)
        return Line(self.province.address, "53", self.key, await registry.province_keys(db, node))

    def rows(self, url: str, table: str, more: str = "") -> list[tuple[Any, ...]]:
        with psycopg.connect(url, options="-c timezone=UTC") as conn:
            where = condition(table, "53.14").as_string(conn)
            return conn.execute(f"SELECT t::text FROM {table} t WHERE ({where}) {more} ORDER BY 1").fetchall()


@pytest.fixture
def sides(
    cluster: PrivateCluster, templates: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Sides]:
    """A province that serves its demo, and a node that has joined."""
    monkeypatch.setattr(joining_copy.Office, "__init__", _settled(joining_copy.Office.__init__))
    settings = Settings(home=tmp_path / "provinsi", wilayah="53", kunci_peran=SecretStr(role_key(SETTINGS).decode()))
    for url in clone_of(cluster, templates["contoh"]):
        for node_url in clone_of(cluster, templates["dasar"]):
            prepare(url)
            prepare(node_url)
            server = Server(url, settings, ledger_of=PaperLedger)
            server.start()
            with Client(server.address, url) as client:
                sides = Sides(client, node_url, node_key(tmp_path / "simpul"), tmp_path / "simpul")
                asyncio.run(_join(sides))
                yield sides
            server.stop()


def _settled(init: Any) -> Any:
    def short(self: Any, db: Any, ledger: Any) -> None:
        init(self, db, ledger, 0.3)

    return short


async def _join(sides: Sides) -> None:
    async with opened(sides.province.url) as db:
        code = await invite(db, "53.14")
    request = request_to_join(sides.key, Joining("53.14", "KIRIM", "https://simpul.example"), code)
    async with opened(sides.node_url) as db:
        answer = await ask_plainly(f"{sides.province.address}/simpul/gabung", request)
        await accept(db, sides.province.address, (request, code), answer)


def _save(hub: Client, period: str = "2022") -> Any:
    draft = submission("53.14", "F02", period, f"k{period}", nilai=[angka("53.14", "BAN05", 7)])
    return hub.ask(SAVE, {"m": draft}, "53.14")["hasil"]


def test_a_node_gets_everything_of_its_kabupaten_and_nothing_of_others(sides: Sides) -> None:
    hub = sides.province
    hub.ask(SUBMIT, {"m": submission("53.14", "F02", "2021", "a", nilai=[angka("53.14", "BAN05", 7)])}, "53.14")
    hub.ask(APPROVE, {"id": "53.14:F02:2021", "revisi": 1}, "53")
    assert _save(hub)["__typename"] == "RekapDiterima"
    assert save(hub, panti(), "53.14")["__typename"] == "SumberDayaTersimpan"
    assert tagana.save(hub, tagana.member(1))["__typename"] == "TaganaTersimpan"
    assert _save(hub, "2017")["__typename"] == "RekapDiterima"
    copied = sides.take_over()
    assert copied.attempts == 1
    filled = set()
    for table in TABLES:
        rows = sides.rows(hub.url, table)
        assert rows == sides.rows(sides.node_url, table), table
        if rows:
            filled.add(table)
    assert {
        "rekap",
        "rekap_nilai",
        "rekap_peristiwa",
        "angka",
        "angka_rilis",
        "sumber_daya",
        "tagana",
        "wilayah",
        "batas",
        "wksbm",
    } <= filled
    assert copied.rows.keys() == filled
    with psycopg.connect(sides.node_url) as conn:
        for table in TABLES:
            if "kode_kab" in TABLES[table].columns:
                others = conn.execute(f"SELECT count(*) FROM {table} WHERE kode_kab NOT IN ('53.14', '53')").fetchone()
                assert others == (0,), table
        on = conn.execute(
            "SELECT count(*) FROM pg_trigger WHERE tgenabled <> 'O' AND NOT tgisinternal AND tgname IN ('klaim', 'kabar_data')"
        ).fetchone()
    assert on == (0,), "triggers hold again"


_STAYS = {
    "batas_piramida": "drawn anew", "piramida_satuan": "drawn anew", "mutu_batas": "looked for anew",
    "rilis_kantor": "the province decides what is shown", "rilis_total": "of a province", "rilis_tunggu": "the province decides",
    "ambang_rilis": "the province decides", "rilis_gagal": "of a province", "rilis_tarik": "the province decides",
    "bacaan_peka": "who read what at the province", "simpul": "each hub's own", "simpul_kunci": "each hub's own",
    "simpul_undangan": "the province's", "simpul_kiriman": "the province's",
    "simpul_bekal": "what a node has of what comes down", "simpul_bekal_isi": "what a node has of what comes down",
    "rantai": "each hub writes its own", "rantai_masuk": "each hub's own", "rantai_peristiwa": "each hub writes its own",
    "rantai_peristiwa_masuk": "each hub's own", "rantai_garam": "each hub's own", "tanda_terima": "each hub's own",
    "simpul_langsung": "how nodes answer the province",
    "tagana_simpul": "the province counts the node's register, which it has no more",
}  # fmt: skip


def test_every_table_of_kabupaten_is_copied_or_has_a_reason_not_to_be() -> None:
    of_kabupaten = {name for name, table in tables().items() if next(iter(table.primary_key)).name == "kode_kab"}
    assert of_kabupaten - TABLES.keys() == _STAYS.keys()
    assert TABLES.keys() <= tables().keys()


def test_a_node_that_serves_meanwhile_shows_what_came(sides: Sides) -> None:
    settings = Settings(home=sides.home, wilayah="53.14", kunci_peran=SecretStr(role_key(SETTINGS).decode()))
    server = Server(sides.node_url, settings, ledger_of=PaperLedger)
    server.start()
    address = "/tabel.csv?elemen=BAN01&periode=2020&wilayah=53.14&tingkat=KABUPATEN"
    with Client(server.address, sides.node_url) as node:
        before = node.get(address)
        assert "11731" not in before.text
        sides.take_over()
        tag = {"If-None-Match": before.headers["etag"]}
        wait_until(lambda: node.get(address, headers=tag).status_code == 200, "it is said to be unchanged", 10)
        assert "11731" in node.get(address, headers=tag).text
    server.stop()


def test_the_kabupaten_writes_at_the_province_until_the_hand_over_and_at_its_node_from_then_on(sides: Sides) -> None:
    hub = sides.province
    assert _save(hub)["__typename"] == "RekapDiterima"
    sides.take_over()
    wait_until(lambda: _save(hub, "2017")["__typename"] == "TidakBerwenang", "still written", 10)
    assert "https://simpul.example" in _save(hub)["pesan"]
    assert hub.sql("SELECT mode, serah_pada IS NOT NULL FROM simpul") == [("KIRIM", True)]
    settings = Settings(home=sides.home, wilayah="53.14", kunci_peran=SecretStr(role_key(SETTINGS).decode()))
    server = Server(sides.node_url, settings, ledger_of=PaperLedger)
    server.start()
    with Client(server.address, sides.node_url) as node:
        assert _save(node, "2019")["__typename"] == "RekapDiterima"
        assert (
            node.ask('{ rekap(id: "53.14:F05:2020") { status revisi } }')["rekap"]
            == hub.ask('{ rekap(id: "53.14:F05:2020") { status revisi } }')["rekap"]
        )
        figures = '{ agregat(elemen: ["BAN01"], periode: ["2020"], wilayah: "53.14", tingkat: DESA) { wilayah { kode } nilai } }'
        assert node.ask(figures) == hub.ask(figures)
    server.stop()
    assert sides.take_over() == Copied({}, 0), "a second time there is nothing to do"


def test_what_is_written_while_the_copy_is_under_way_is_copied_again(sides: Sides) -> None:
    hub = sides.province

    class Busy(Line):
        asked = 0

        async def ask(self, path: str, frame: Any, state: Any) -> Any:
            if path == joining_copy.HAND_OVER_PATH and not Busy.asked:
                Busy.asked = 1
                assert (await asyncio.to_thread(_save, hub, "2018"))["__typename"] == "RekapDiterima"
            return await super().ask(path, frame, state)

    async def busy() -> Line:
        async with opened(sides.node_url) as db:
            line = await sides.line(db)
        return Busy(line.address, line.province, line.key, line.keys)

    assert sides.take_over(asyncio.run(busy())).attempts == 2
    assert sides.rows(hub.url, "rekap") == sides.rows(sides.node_url, "rekap")
    assert any("2018" in str(r) for r in sides.rows(sides.node_url, "rekap"))


def test_a_node_whose_copy_differs_is_not_handed_over_and_the_kabupaten_goes_on_writing(sides: Sides) -> None:
    class Lying(Line):
        async def ask(self, path: str, frame: Any, state: Any) -> Any:
            if path == joining_copy.HAND_OVER_PATH:
                frame.head["sidik"]["angka"] = [1, "1"]
            return await super().ask(path, frame, state)

    async def lying() -> Line:
        async with opened(sides.node_url) as db:
            line = await sides.line(db)
        return Lying(line.address, line.province, line.key, line.keys)

    with pytest.raises(PeerRefusedError, match="angka"):
        sides.take_over(asyncio.run(lying()))
    assert sides.province.sql("SELECT mode, serah_pada FROM simpul") == [("HOSTING", None)]
    wait_until(lambda: _save(sides.province)["__typename"] == "RekapDiterima", "not written any more", 10)


def test_what_a_node_wrote_and_nobody_has_yet_is_not_written_over(sides: Sides) -> None:
    write(sides.node_url, "belum terkirim")
    with pytest.raises(InvalidInputError, match="belum sampai ke provinsi"):
        sides.take_over()
    assert sides.province.sql("SELECT mode FROM simpul") == [("HOSTING",)]


def test_a_hand_over_whose_answer_was_lost_is_done_by_asking_again(sides: Sides) -> None:
    class Cut(Line):
        async def ask(self, path: str, frame: Any, state: Any) -> Any:
            answer = await super().ask(path, frame, state)
            if path == joining_copy.HAND_OVER_PATH:
                raise NoPeerError("terputus")
            return answer

    async def cut() -> Line:
        async with opened(sides.node_url) as db:
            line = await sides.line(db)
        return Cut(line.address, line.province, line.key, line.keys)

    with pytest.raises(NoPeerError):
        sides.take_over(asyncio.run(cut()))
    state = "SELECT mode, serah_pada IS NOT NULL FROM simpul"
    assert sides.province.sql(state) == [("KIRIM", True)]
    before = sides.rows(sides.node_url, "rekap")
    sides.take_over()
    with psycopg.connect(sides.node_url) as conn:
        assert conn.execute(state).fetchall() == [("KIRIM", True)]
    assert sides.rows(sides.node_url, "rekap") == before
