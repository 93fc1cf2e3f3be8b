"""Schemas of nodes: known before anybody asks, once for all that have the same, and after a restart. And what a question wants of kabupaten
is worked out once."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from hub.db.private_cluster import PrivateCluster
from hub.simpul import live_schemas
from hub.simpul.live_ask import LiveAsker
from schema.build import sdl
from schema.simpul import live_plan
from tests.cli.hub_process import wait_until
from tests.client import Client
from tests.database_clones import clone_of
from tests.simpul.faulty_node import FaultyNode, entity, faulty_node, says
from tests.simpul.live_hubs import ask, forget, register, serving

Running = tuple[Client, LiveAsker]
KAB, OTHER = "53.14", "53.15"
OLDER = sdl().replace("  gudang: [GudangBencana!]!", "  gudangLama: [GudangBencana!]!")


@pytest.fixture(scope="module", autouse=True)
def _at_once() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(live_schemas, "_PAUSE", 0.05)
        yield


@pytest.fixture(scope="module")
def database(cluster: PrivateCluster, templates: dict[str, str]) -> Iterator[str]:
    yield from clone_of(cluster, templates["contoh"])


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("provinsi")


@pytest.fixture(scope="module")
def running(database: str, home: Path) -> Iterator[Running]:
    with serving(database, home, "53") as hub:
        yield hub


@pytest.fixture
def province(running: Running) -> Client:
    """As if no node was ever asked."""
    forget(*running)
    running[0].sql("DELETE FROM simpul_skema")
    return running[0]


@pytest.fixture
def node() -> Iterator[FaultyNode]:
    with faulty_node(sdl()) as fake:
        fake.answer = entity(lambda k: k)
        yield fake


def _kept(province: Client, *nodes: FaultyNode) -> list[tuple[Any, ...]]:
    """Whose schemas are kept as these told them: what an earlier test had under way may yet come."""
    return province.sql(
        "SELECT kode_kab FROM simpul_langsung JOIN simpul_skema s ON s.sidik = skema WHERE skema_alamat = ANY(%s) ORDER BY kode_kab",
        [n.url for n in nodes],
    )


def test_it_is_fetched_before_anybody_asks_and_again_once_the_node_is_another(
    province: Client, node: FaultyNode
) -> None:
    register(province, KAB, node.url)
    wait_until(lambda: _kept(province, node) == [(KAB,)], "not fetched", 20)
    assert [ask(province, [KAB])[0]["sumber"] for _n in range(2)] == ["LANGSUNG"] * 2
    assert node.told == 1
    province.sql("UPDATE simpul SET versi_hub = '0099_lain' WHERE kode_kab = %s", KAB)
    wait_until(lambda: node.told == 2, "not fetched again", 20)
    with faulty_node(sdl()) as moved:
        province.sql("UPDATE simpul SET url = %s WHERE kode_kab = %s", moved.url, KAB)
        wait_until(lambda: moved.told == 1, "not fetched where it is now", 20)


def test_a_restart_knows_it(province: Client, node: FaultyNode, database: str, home: Path) -> None:
    """Also that of a node whose program is older, which may be all that there is of it."""
    node.sdl = OLDER
    register(province, KAB, node.url)
    wait_until(lambda: _kept(province, node) == [(KAB,)], "not fetched", 20)
    with serving(database, home, "53") as (again, _):
        (told,) = ask(again, [KAB])
        assert (told["sumber"], told["alasan"]) == ("LANGSUNG", "Dari salinan: gudang (belum dikenal simpul).")
    assert node.told == 1


def test_what_it_knows_is_worked_out_once_however_many_have_it(
    province: Client, running: Running, node: FaultyNode, monkeypatch: pytest.MonkeyPatch
) -> None:
    schemas, learned = running[1].schemas, []
    learn = schemas._learn

    def counted(text: str) -> object | None:
        learned.append(text)
        return learn(text)

    monkeypatch.setattr(schemas, "_learn", counted)
    node.sdl = OLDER + "\n# another"
    with faulty_node(node.sdl) as other:
        other.answer = node.answer
        register(province, KAB, node.url)
        register(province, OTHER, other.url)
        wait_until(lambda: _kept(province, node, other) == [(KAB,), (OTHER,)], "not fetched", 20)
        assert {t["sumber"] for t in ask(province, [KAB, OTHER])} == {"LANGSUNG"}
    assert len(learned) == 1
    assert province.sql("SELECT count(*) FROM simpul_skema") == [(1,)]


def test_a_text_goes_with_the_last_node_that_had_it(province: Client, node: FaultyNode) -> None:
    register(province, KAB, node.url)
    wait_until(lambda: _kept(province, node) == [(KAB,)], "not fetched", 20)
    node.sdl = OLDER
    province.sql("UPDATE simpul SET versi_hub = '0001_lama' WHERE kode_kab = %s", KAB)
    wait_until(lambda: province.sql("SELECT isi FROM simpul_skema") == [(OLDER,)], "not replaced", 20)


def test_what_the_node_refuses_is_looked_at_again(province: Client, node: FaultyNode) -> None:
    """It has become another though it says that it is of the same version."""
    register(province, KAB, node.url)
    wait_until(lambda: _kept(province, node) == [(KAB,)], "not fetched", 20)
    node.sdl = OLDER
    node.answer = says({"errors": [{"message": "x", "extensions": {"kode": "GRAPHQL"}}]}, "422 Unprocessable Content")
    assert ask(province, [KAB])[0]["sumber"] == "SALINAN"
    wait_until(lambda: node.told == 2, "not fetched again", 20)
    node.answer = entity(lambda k: k)
    assert ask(province, [KAB])[0]["alasan"] == "Dari salinan: gudang (belum dikenal simpul)."


def test_who_tells_none_is_not_asked_for_it_at_every_contact(province: Client, node: FaultyNode) -> None:
    node.sdl = "{"
    register(province, KAB, node.url)
    wait_until(lambda: node.told == 1, "not asked", 20)
    for _n in range(3):
        province.sql("UPDATE simpul SET terakhir_kontak = now() WHERE kode_kab = %s", KAB)
    (told,) = ask(province, [KAB])
    assert (told["sumber"], "tidak memberitahukan skemanya" in told["alasan"]) == ("SALINAN", True)
    assert node.told == 2, "once ahead, and once for who asked"


# ---------- what a question wants ----------

_FIGURES = """query($k: [KodeWilayah!]!, $e: [String!]!, $kode: Boolean!) { langsung(kabupaten: $k) {
  kabupaten { kode @include(if: $kode) nilai(elemen: $e, periode: ["2020"]) { elemen { kode } } ...F } } } fragment F on Kabupaten { nama }"""


def test_it_is_worked_out_once_for_whatever_kabupaten_and_anew_for_what_shapes_it(
    province: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = []

    class Counted(live_plan.LivePlan):
        def __init__(self, *args: Any) -> None:
            made.append(args)
            super().__init__(*args)

    monkeypatch.setattr(live_plan, "LivePlan", Counted)

    def elements(kode: str, element: str, *, with_code: bool) -> tuple[set[str], bool]:
        (told,) = province.ask(_FIGURES, {"k": [kode], "e": [element], "kode": with_code}, "53")["langsung"]
        kab = told["kabupaten"]
        return {n["elemen"]["kode"] for n in kab["nilai"]}, kab.get("kode") == kode

    assert elements(KAB, "BAN05", with_code=True) == ({"BAN05"}, True)
    assert elements(OTHER, "BAN05", with_code=True) == ({"BAN05"}, True)
    assert len(made) == 1
    assert elements(KAB, "REH09", with_code=True) == ({"REH09"}, True)
    assert elements(KAB, "REH09", with_code=False) == ({"REH09"}, False)
    assert elements(KAB, "BAN05", with_code=True) == ({"BAN05"}, True)
    assert len(made) == 3
