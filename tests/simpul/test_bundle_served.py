"""What a province changes shows at its node while both serve, to the public too and without a restart; and a node that dies while it takes a
part holds the old one, whole, until it has the new one, whole. Real processes, real sockets."""

from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from tests.cli.hub_process import wait_until
from tests.client import Client
from tests.rekap.texts import APPROVE, SUBMIT, angka, submission
from tests.simpul.handed_over import HandedOver
from tests.simpul.hub_pair import Pair
from tests.simpul.newer_catalogue import install_without

_DEADLINES = '{ daftarTenggat(formulir: ["F02"], periode: ["2027"], wilayah: "53.14") { tanggal alasan } }'
_FORM = '{ formulir(kode: "F02") { versi elemen { kode } } }'
_FIGURE = '{ agregat(elemen: ["BAN05"], periode: ["2022"], wilayah: "53.14", tingkat: KABUPATEN) { nilai status } }'
_NODES = "{ daftarSimpul { sehat alasan versiKatalog versiWilayah } }"


@pytest.fixture(scope="module")
def hubs(handed_over: HandedOver, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pair]:
    with handed_over.serving(tmp_path_factory.mktemp("simpul")) as both:
        yield both


@pytest.fixture
def province(hubs: Pair) -> Iterator[Client]:
    with Client(hubs.province.address, hubs.province.url) as client:
        yield client


@pytest.fixture
def node(hubs: Pair) -> Iterator[Client]:
    with Client(hubs.node.address, hubs.node.url) as client:
        yield client


def elements(hub: Client) -> list[str]:
    return [e["kode"] for e in hub.ask(_FORM)["formulir"]["elemen"]]


def tagged(hub: Client) -> tuple[int, str]:
    """Status and ETag of the figure, asked for as it was known."""
    answer = httpx.get(hub.address + "/graphql", params={"query": _FIGURE}, headers={"Apollo-Require-Preflight": "1"})
    return answer.status_code, answer.headers.get("ETag", "")


def test_a_deadline_shows_without_a_restart(province: Client, node: Client) -> None:
    before = node.ask(_DEADLINES)
    province.sql(
        "INSERT INTO tenggat (formulir, periode, kode_wilayah, urut, tanggal, alasan, kantor) "
        "VALUES ('F02', '2027', '53', 1, '2028-02-29', 'cuti bersama', '53')"
    )
    wait_until(lambda: node.ask(_DEADLINES) == province.ask(_DEADLINES), f"{node.ask(_DEADLINES)}", 30)
    assert node.ask(_DEADLINES) != before


def test_a_figure_shows_to_the_public_once_its_province_has_released_it(province: Client, node: Client) -> None:
    m = {"m": submission("53.14", "F02", "2022", "a", nilai=[angka("53.14", "BAN05", 70)])}
    wait_until(lambda: node.ask(SUBMIT, m, "53.14")["hasil"]["__typename"] == "RekapDiterima", "not written", 15)
    ask = '{ rekap(id: "53.14:F02:2022") { status revisi } }'
    wait_until(lambda: (province.ask(ask, None, "53")["rekap"] or {}).get("status") == "DIAJUKAN", "not come", 30)
    ((before,), tag) = node.ask(_FIGURE)["agregat"], tagged(node)
    assert before["nilai"] is None
    assert tag[0] == 200
    assert tag[1]
    revision = province.ask(ask, None, "53")["rekap"]["revisi"]
    approval = {"id": "53.14:F02:2022", "revisi": revision}
    assert province.ask(APPROVE, approval, "53")["hasil"]["__typename"] == "RekapDiterima"
    seen: Any = {}

    def shown() -> bool:
        seen.update(node.ask(_FIGURE)["agregat"][0])
        return bool(seen == {"nilai": 70, "status": "ADA"})

    wait_until(shown, f"{seen}", 30)
    assert node.ask(_FIGURE) == province.ask(_FIGURE)
    assert tagged(node) != tag


def test_a_node_that_dies_while_it_takes_a_catalogue_has_it_whole_or_not_at_all(hubs: Pair, province: Client) -> None:
    hubs.node.kill()
    state = "SELECT (SELECT count(*) FROM elemen), (SELECT versi FROM formulir WHERE kode = 'F02'), (SELECT count(*) FROM aturan)"
    before = hubs.node.sql(state)
    install_without(hubs.province.url, "BAN08")
    hubs.node.start(MATI_BEKAL="katalog")
    hubs.node.wait_for_death()
    assert hubs.node.sql(state) == before
    assert hubs.node.sql("SELECT count(*) > 0 FROM simpul_bekal_isi WHERE bagian = 'katalog'") == [(True,)]
    hubs.node.start()
    with Client(hubs.node.address, hubs.node.url) as node:
        wait_until(lambda: "BAN08" not in elements(node), "the catalogue does not come", 30)
        assert node.ask(_FORM) == province.ask(_FORM)
    assert hubs.node.sql("SELECT count(*) FROM simpul_bekal_isi") == [(0,)]


def test_a_catalogue_shows_without_a_restart_and_both_ends_know(hubs: Pair, province: Client, node: Client) -> None:
    assert "BAN10" in elements(node)
    before = node.ask(_NODES, None, "53.14")["daftarSimpul"][0]["versiKatalog"]
    install_without(hubs.province.url, "BAN08", "BAN10")
    wait_until(lambda: "BAN10" not in elements(node), "the catalogue does not show", 30)
    nodes: list[Any] = []

    def known() -> bool:
        nodes[:] = [
            hub.ask(_NODES, None, as_whom)["daftarSimpul"] for hub, as_whom in ((node, "53.14"), (province, "53"))
        ]
        (told,) = nodes[0]
        return bool(nodes[0] == nodes[1] and told["sehat"] and told["versiKatalog"] != before)

    wait_until(known, f"{nodes}", 30)
    for hub in (hubs.province, hubs.node):
        told = hub.do("status")
        assert told.count(nodes[0][0]["versiKatalog"]) == 2, told
        assert "di provinsi" not in told, told
