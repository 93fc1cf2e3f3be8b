"""A kabupaten's hub and its province's, as they run: joined, handed over, a rekap made at the one and approved at the other, killed between
delivery and receipt. Real processes, real sockets, the real chains."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from hub.simpul.chain_sealing import recipient
from hub.simpul.keys import node_key
from hub.simpul.keys_rotation import rotate
from tests.cli.hub_process import wait_until
from tests.client import Client
from tests.rekap.texts import APPROVE, SAVE, SEND_BACK, SUBMIT, angka, submission
from tests.simpul.handed_over import HandedOver
from tests.simpul.hub_pair import Pair
from tests.simpul.line_proxy import cut, dripping, late, line_to, losing
from tests.simpul.prepared_processes import run_prepared

_REKAP = "query ($id: ID!) { rekap(id: $id) { status revisi revisiDisetujui riwayat { aksi alasan } nilai { nilai } } }"


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


def _draft(period: str, value: int, key: str = "a") -> dict[str, Any]:
    return {"m": submission("53.14", "F02", period, f"{period}{key}", nilai=[angka("53.14", "BAN05", value)])}


def _rekap(hub: Client, period: str, as_whom: str) -> Any:
    return hub.ask(_REKAP, {"id": f"53.14:F02:{period}"}, as_whom)["rekap"]


def _until(hub: Client, period: str, as_whom: str, status: str) -> Any:
    def there() -> bool:
        rekap = _rekap(hub, period, as_whom)
        return rekap is not None and rekap["status"] == status

    wait_until(there, f"{_rekap(hub, period, as_whom)}", 40)
    return _rekap(hub, period, as_whom)


def test_a_rekap_made_at_the_node_is_approved_at_the_province(hubs: Pair, province: Client, node: Client) -> None:
    wait_until(
        lambda: node.ask(SUBMIT, _draft("2022", 7), "53.14")["hasil"]["__typename"] == "RekapDiterima",
        "not written",
        15,
    )
    came = _until(province, "2022", "53", "DIAJUKAN")
    assert came["nilai"] == [{"nilai": 7}]
    approval = {"id": "53.14:F02:2022", "revisi": came["revisi"]}
    assert province.ask(APPROVE, approval, "53")["hasil"]["__typename"] == "RekapDiterima"
    back = _until(node, "2022", "53.14", "DISETUJUI")
    assert back["revisiDisetujui"] == came["revisi"]
    state = "SELECT urutan_simpul - urutan_terakhir, alasan FROM simpul"
    wait_until(lambda: hubs.province.sql(state) == [(0, None)], "a backlog is left", 20)
    (told,) = province.ask("{ daftarSimpul { mode sehat urutanTerakhir } }", None, "53")["daftarSimpul"]
    assert (told["mode"], told["sehat"]) == ("KIRIM", True)
    assert told["urutanTerakhir"] > 0


def test_what_is_returned_goes_back_with_its_reason(province: Client, node: Client) -> None:
    assert node.ask(SUBMIT, _draft("2021", 8), "53.14")["hasil"]["__typename"] == "RekapDiterima"
    came = _until(province, "2021", "53", "DIAJUKAN")
    sent_back = {"id": "53.14:F02:2021", "revisi": came["revisi"], "alasan": "periksa lagi", "catatan": []}
    assert province.ask(SEND_BACK, sent_back, "53")["hasil"]["__typename"] == "RekapDiterima"
    back = _until(node, "2021", "53.14", "DIKEMBALIKAN")
    assert "periksa lagi" in str(back["riwayat"])


def test_a_province_killed_between_taking_and_answering_has_it_once(hubs: Pair, node: Client) -> None:
    hubs.province.kill()
    hubs.province.start(MATI_DI="given:before")
    assert node.ask(SUBMIT, _draft("2019", 9), "53.14")["hasil"]["__typename"] == "RekapDiterima"
    hubs.province.wait_for_death()
    hubs.province.start()
    with Client(hubs.province.address, hubs.province.url) as province:
        came = _until(province, "2019", "53", "DIAJUKAN")
        assert [e["aksi"] for e in came["riwayat"]].count("AJUKAN") == 1
        revisions = (
            "SELECT count(*) FROM rekap_revisi WHERE kode_kab = '53.14' AND formulir = 'F02' AND periode = '2019'"
        )
        assert province.sql(revisions) == [(1,)]
    wait_until(lambda: hubs.complaints() == [None, None], f"{hubs.complaints()}", 40)


def test_a_province_killed_in_the_middle_of_a_batch_has_all_of_it_once(hubs: Pair, node: Client) -> None:
    hubs.province.kill()
    for month in ("2015-01", "2015-02", "2015-03"):
        assert node.ask(SUBMIT, _draft(month, 5), "53.14")["hasil"]["__typename"] == "RekapDiterima"
    hubs.province.start(MATI_DI="batch")
    hubs.province.wait_for_death()
    there = "SELECT count(*) FROM rekap_revisi WHERE kode_kab = '53.14' AND formulir = 'F02' AND periode LIKE '2015%'"
    assert hubs.province.sql(there) == [(0,)]
    hubs.province.start()
    wait_until(lambda: hubs.province.sql(there) == [(3,)], f"{hubs.province.sql(there)}", 60)
    told = there.replace("rekap_revisi", "rekap_peristiwa").replace("count(*)", "count(*), count(DISTINCT pada)")
    assert hubs.province.sql(told) == [(3, 1)]
    wait_until(lambda: hubs.complaints() == [None, None], f"{hubs.complaints()}", 60)


@pytest.mark.parametrize(
    ("year", "carry"),
    [
        ("2014", losing(0.1, 7)),
        ("2013", late(1.0)),  # there and back: two seconds
        ("2012", cut(4, 900)),
        ("2011", dripping(60, 0.02)),
    ],
    ids=["loses a tenth", "two seconds late", "cut in the middle", "dripping"],
)
def test_a_bad_line_delivers_everything_once(
    hubs: Pair, province: Client, node: Client, year: str, carry: Callable[[bytes, int, int], Iterator[bytes]]
) -> None:
    wait_until(lambda: hubs.complaints() == [None, None], f"{hubs.complaints()}", 40)
    with line_to(hubs.province.address, carry) as line:
        hubs.node.sql("UPDATE simpul SET induk = %s", line.address)
        try:
            periods = [f"{year}-{month:02}" for month in (1, 2, 3)]
            for number, period in enumerate(periods):
                assert node.ask(SUBMIT, _draft(period, number), "53.14")["hasil"]["__typename"] == "RekapDiterima"
            for period in periods:
                _until(province, period, "53", "DIAJUKAN")
            for period in periods[:2]:
                approval = {"id": f"53.14:F02:{period}", "revisi": 1}
                assert province.ask(APPROVE, approval, "53")["hasil"]["__typename"] == "RekapDiterima"
            for period in periods[:2]:
                _until(node, period, "53.14", "DISETUJUI")
            wait_until(lambda: hubs.complaints() == [None, None], f"{hubs.complaints()}", 60)
            assert line.connections > 0
            assert line.broken > 0 or year not in ("2014", "2012"), "the line was as bad as it should be"
        finally:
            hubs.node.sql("UPDATE simpul SET induk = %s", hubs.province.address)
    for hub in (province, node):
        told = "SELECT periode, array_agg(aksi ORDER BY pada) FROM rekap_peristiwa WHERE periode LIKE %s AND aksi <> 'SIMPAN' GROUP BY 1 ORDER BY 1"
        assert hub.sql(told, f"{year}-%") == [
            (periods[0], ["AJUKAN", "SETUJUI"]), (periods[1], ["AJUKAN", "SETUJUI"]), (periods[2], ["AJUKAN"]),
        ]  # fmt: skip
    chain = "SELECT nomor, sidik, jenis, subjek FROM {} ORDER BY nomor"
    wrote, came = (
        hubs.node.sql(chain.format("rantai_peristiwa")),
        hubs.province.sql(chain.format("rantai_peristiwa_masuk")),
    )
    assert wrote[-len(came) :] == came, "in order, once, to the last one"


def test_chains_and_figures_verify_at_both_ends_after_all_of_it(hubs: Pair) -> None:
    for end in (hubs.province, hubs.node):
        for what in ("rantai", "rollup"):
            proof = run_prepared("check", what, **end.environment())
            assert proof.returncode == 0, (what, proof.stdout, proof.stderr)


def test_what_no_line_carries_a_file_does(hubs: Pair, node: Client, tmp_path: Path) -> None:
    """There, back with receipts and what the province has for it, and there again; opened twice, and changed."""
    hubs.province.kill()
    assert node.ask(SUBMIT, _draft("2017", 6), "53.14")["hasil"]["__typename"] == "RekapDiterima"
    file = tmp_path / "rote.hubpaket"
    hubs.node.do("kemas", str(file))
    changed = tmp_path / "lain.hubpaket"
    changed.write_bytes(file.read_bytes().replace(b'"kode_kab":"53.14"', b'"kode_kab":"53.15"'))
    refused = hubs.province.run("buka", str(changed))
    assert refused.returncode == 1
    assert "tidak sah" in refused.stderr
    assert not changed.with_name("lain-jawaban.hubpaket").exists()
    for _ in range(2):
        told = hubs.province.run("buka", str(file))
        assert told.returncode == 0, told.stderr
    assert hubs.province.sql("SELECT status, revisi FROM rekap WHERE formulir = 'F02' AND periode = '2017'") == [
        ("DIAJUKAN", 1)
    ]
    waits = "SELECT r.nomor - r.diterima FROM rantai r"
    assert hubs.node.sql(waits) != [(0,)]
    opened = hubs.node.run("buka", str(tmp_path / "rote-jawaban.hubpaket"))
    assert opened.returncode == 0, opened.stderr
    assert hubs.node.sql(waits) == [(0,)]
    assert "tidak ditulis" in hubs.node.run("kemas", str(tmp_path / "kosong.hubpaket")).stderr
    hubs.province.start()
    wait_until(lambda: hubs.complaints() == [None, None], f"{hubs.complaints()}", 40)
    with Client(hubs.province.address, hubs.province.url) as province:
        assert [e["aksi"] for e in _rekap(province, "2017", "53")["riwayat"]] == ["AJUKAN"]


def test_packages_in_flight_while_keys_change(hubs: Pair, tmp_path: Path) -> None:
    """In both directions: signed with the old key it is taken for thirty days, then it is said what to do; a new key of the province
    comes in the file itself."""
    province, node = hubs.province, hubs.node
    down, later, up = (tmp_path / f"{name}.hubpaket" for name in ("turun", "nanti", "naik"))
    node.kill()
    with Client(province.address, province.url) as client:
        for period in ("2021", "2017"):  # one was returned, one waits
            revision = _rekap(client, period, "53")["revisi"]
            sent_back = {"id": f"53.14:F02:{period}", "revisi": revision, "alasan": "lagi", "catatan": []}
            client.ask(SEND_BACK, sent_back, "53")
            if period == "2021":
                continue
            province.do("kemas", str(down), "--kabupaten", "53.14")
            former = node_key(province.home).id
            province.do("putar-kunci")
            assert province.do("kunci").split()[0] == node_key(province.home).id != former
            province.do("kemas", str(later), "--kabupaten", "53.14", "--untuk", recipient(node.home))
    for file in (down, later):
        told = node.run("buka", str(file))
        assert told.returncode == 0, (file, told.stderr)
    assert later.read_bytes().startswith(b"age-encryption.org/v1")
    assert "dikunci bagi hub lain" in province.run("buka", str(later)).stderr
    known = "SELECT sidik, sampai > now() + interval '29 days' FROM simpul_kunci WHERE kode_kab = '53' ORDER BY sejak"
    assert node.sql(known) == [(former, True), (node_key(province.home).id, None)]
    node.sql("UPDATE simpul_kunci SET sampai = now() WHERE sidik = %s", former)
    refused = node.run("buka", str(down))
    assert refused.returncode == 1
    assert "KUNCI_DICABUT" in refused.stderr
    node.start()
    with Client(node.address, node.url) as client:
        assert client.ask(SUBMIT, _draft("2016", 3), "53.14")["hasil"]["__typename"] == "RekapDiterima"
    province.kill()
    with Client(node.address, node.url) as client:
        assert client.ask(SUBMIT, _draft("2015", 3), "53.14")["hasil"]["__typename"] == "RekapDiterima"
    node.do("kemas", str(up))
    province.start()
    node.do("putar-kunci")
    wait_until(lambda: hubs.complaints() == [None, None], f"{hubs.complaints()}", 40)
    assert province.run("buka", str(up)).returncode == 0
    newest = rotate(province.home, "53").id
    wait_until(lambda: (newest, None) in node.sql(known), "not told over the line", 40)
    told = node.run("putar-kunci", "--percaya", "salah")
    assert told.returncode == 1
    assert "periksa sidiknya" in told.stderr
    node.do("putar-kunci", "--percaya", newest)
    assert node.sql("SELECT sidik FROM simpul_kunci WHERE kode_kab = '53' AND dicabut_pada IS NULL") == [(newest,)]
    province.sql("UPDATE simpul_kunci SET sampai = now() WHERE sampai IS NOT NULL")
    refused = province.run("buka", str(up))
    assert refused.returncode == 1
    assert "KUNCI_DICABUT" in refused.stderr
    assert "hub simpul kemas" in refused.stderr


def test_the_office_is_told_at_the_province_where_to_write(province: Client) -> None:
    answer = province.ask(SAVE, _draft("2018", 1), "53.14")["hasil"]
    assert answer["__typename"] == "TidakBerwenang"
    assert "hubnya sendiri" in answer["pesan"]


def test_a_kabupaten_whose_node_was_revoked_writes_at_the_province_again(hubs: Pair, province: Client) -> None:
    assert province.sql("SELECT ditulis FROM rantai WHERE kode_kab = '53.14'") == [(True,)]
    hubs.province.do("cabut", "53.14")
    assert province.sql("SELECT ditulis FROM rantai WHERE kode_kab = '53.14'") == [(False,)]
    wait_until(
        lambda: province.ask(SAVE, _draft("2018", 1), "53.14")["hasil"]["__typename"] == "RekapDiterima",
        "still refused",
        15,
    )
    hubs.told("dicabut oleh provinsi")
