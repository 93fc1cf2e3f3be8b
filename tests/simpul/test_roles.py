"""A node answers for its own region alone and does nothing that is its province's; a province writes nothing of a kabupaten that has a
node which sends."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr

from hub.base.role_key import role_key
from hub.base.settings import Settings
from hub.db.private_cluster import PrivateCluster, login_url
from tests.cli.hub_process import run_hub, wait_until
from tests.client import Client
from tests.database_clones import clone_of
from tests.hub_server import SETTINGS, Server
from tests.rekap.texts import APPROVE, SAVE, SUBMIT, angka, submission
from tests.simpul.hub_pair import Hub
from tests.sumber_daya.texts import panti, save

_FIGURES = {
    "agregat": 'agregat(elemen: ["BAN01"], periode: ["2020"], wilayah: "{}", tingkat: KABUPATEN) {{ nilai }}',
    "indikator": 'indikator(kode: ["I01"], periode: ["2020"], wilayah: "{}", tingkat: KABUPATEN) {{ nilai }}',
    "ketersediaan": 'ketersediaan(wilayah: "{}") {{ elemen }}',
    "sdm": 'sdm(wilayah: "{}", tingkat: KABUPATEN) {{ jumlah }}',
    "rasioSdm": 'rasioSdm(wilayah: "{}", tingkat: KABUPATEN) {{ rasio }}',
    "kelengkapan": 'kelengkapan(periode: ["2020"], wilayah: "{}") {{ status }}',
    "jelaskanAngka": 'jelaskanAngka(wilayah: "{}", elemen: "BAN01", periode: "2020") {{ cara }}',
    "capaianKinerja": 'capaianKinerja(wilayah: "{}", tahun: 2020) {{ __typename }}',
    "anggaran": 'anggaran(wilayah: "{}", periode: "2020") {{ __typename }}',
    "registerTagana": 'registerTagana(wilayah: "{}", tingkat: KABUPATEN) {{ __typename }}',
    "cakupan": 'cakupan(jenis: [PANTI], jarakKm: 5, wilayah: "{}") {{ jumlahDesa }}',
    "usulanLokasi": 'usulanLokasi(jenis: [PANTI], jarakKm: 5, wilayah: "{}") {{ urutan }}',
    "jejaring": 'jejaring(wilayah: "{}") {{ simpul }}',
    "wksbmPerTahap": 'wksbmPerTahap(wilayah: "{}", periode: ["2020"]) {{ __typename }}',
    "daftarRekap": 'daftarRekap(saring: {{ pelapor: ["{}"] }}) {{ totalCount }}',
    "daftarSumberDaya": 'daftarSumberDaya(saring: {{ di: "{}" }}) {{ totalCount }}',
    "daftarWksbm": 'daftarWksbm(saring: {{ di: "{}" }}) {{ totalCount }}',
}
_ADDRESSES = (
    "/tabel.csv?elemen=BAN01&periode=2020&wilayah={}&tingkat=KABUPATEN",
    "/tabel.xlsx?elemen=BAN01&periode=2020&wilayah={}&tingkat=KABUPATEN",
    "/ubin/angka/0/0/0.mvt?elemen=BAN01&periode=2020&wilayah={}&tingkat=KABUPATEN",
    "/ubin/angka.json?elemen=BAN01&periode=2020&wilayah={}&tingkat=KABUPATEN",
    "/ubin/cakupan/0/0/0.mvt?jenis=PANTI&jarakKm=5&wilayah={}",
)
_DRAFT = submission("53.14", "F02", "2022", "k", nilai=[angka("53.14", "BAN05", 7)])


def _serving(url: str, folder: Path, wilayah: str) -> Iterator[Client]:
    settings = Settings(home=folder, wilayah=wilayah, kunci_peran=SecretStr(role_key(SETTINGS).decode()))
    server = Server(url, settings)
    server.start()
    with Client(server.address, url) as client:
        yield client
    server.stop()


@pytest.fixture(scope="module")
def node(
    cluster: PrivateCluster, templates: dict[str, str], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Client]:
    """A hub that runs 53.14, whose database holds more than that, and which was handed over."""
    for url in clone_of(cluster, templates["contoh"]):
        for client in _serving(url, tmp_path_factory.mktemp("simpul"), "53.14"):
            client.sql(
                "INSERT INTO simpul (kode_kab, mode, mode_diminta, induk, kode_induk, bergabung_pada, serah_pada) "
                "VALUES ('53.14', 'KIRIM', 'KIRIM', 'https://hub.example', '53', now(), now())"
            )
            yield client


@pytest.fixture(scope="module")
def province(
    cluster: PrivateCluster, templates: dict[str, str], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Client]:
    """A hub that runs 53, where 53.14 has joined and not yet handed over."""
    for url in clone_of(cluster, templates["contoh"]):
        for client in _serving(url, tmp_path_factory.mktemp("provinsi"), "53"):
            client.sql(
                "INSERT INTO simpul (kode_kab, mode, mode_diminta, url, kode_induk, bergabung_pada) "
                "VALUES ('53.14', 'HOSTING', 'KIRIM', 'https://simpul.example', '53', now())"
            )
            yield client


@pytest.mark.parametrize("field", _FIGURES)
def test_a_node_answers_figures_of_its_own_region_and_none_above_or_beside(node: Client, field: str) -> None:
    query = _FIGURES[field]
    assert node.ask(f"{{ {query.format('53.14')} }}", None, "53.14")[field] is not None
    for code in ("53", "53.15", "36"):
        for whom in (None, "53.14", ""):
            answer = node.send(f"{{ {query.format(code)} }}", None, whom).json()
            assert (answer["data"] or {}).get(field) is None
            assert [e["extensions"]["kode"] for e in answer["errors"]] == ["BUKAN_WILAYAH_SIMPUL"], answer


@pytest.mark.parametrize("address", _ADDRESSES)
def test_so_do_tables_and_tiles(node: Client, address: str) -> None:
    assert node.get(address.format("53.14")).status_code in (200, 204)
    for code in ("53", "53.15"):
        answer = node.get(address.format(code))
        assert (answer.status_code, answer.json()["kode"]) == (421, "BUKAN_WILAYAH_SIMPUL"), answer.text


def test_a_rekap_of_another_office_is_not_said_to_be_none(node: Client) -> None:
    assert node.ask('{ rekap(id: "53.14:F05:2020") { status } }')["rekap"] == {"status": "DISETUJUI"}
    (error,) = node.errors('{ rekap(id: "53.15:F05:2020") { status } }')
    assert error["extensions"]["kode"] == "BUKAN_WILAYAH_SIMPUL"
    assert "tanyakan 53.15" in error["message"]


def test_a_province_answers_for_all_of_it_and_for_no_other(province: Client) -> None:
    query = _FIGURES["agregat"]
    assert province.ask(f"{{ {query.format('53')} }}")["agregat"]
    (error,) = province.errors(f"{{ {query.format('36')} }}")
    assert error["extensions"]["kode"] == "BUKAN_WILAYAH_SIMPUL"


@pytest.mark.parametrize("whom", ["53", "53.15", "36"])
def test_a_node_lets_in_nobody_but_its_own_office_and_who_runs_it(node: Client, whom: str) -> None:
    answer = node.send("{ siapaSaya: __typename }", None, whom)
    assert answer.status_code == 401
    assert "Hub ini melayani 53.14" in answer.text


def test_what_is_the_provinces_a_node_refuses_and_says_where_it_is_done(node: Client) -> None:
    refused = [
        node.ask(APPROVE, {"id": "53.14:F05:2020", "revisi": 1}, "53.14")["hasil"],
        node.ask(
            'mutation { hasil: aturTenggat(masukan: {wilayah: "53.14", formulir: "F02", periode: "2030", tanggal: "2031-01-01", alasan: "x"}) '
            "{ __typename ... on TidakBerwenang { pesan } } }", None, "",
        )["hasil"],
        save(node, panti(pemilik="PROVINSI"), ""),
    ]  # fmt: skip
    for answer in refused:
        assert answer["__typename"] == "TidakBerwenang"
        assert "Hub ini simpul 53.14; hal itu dilakukan di hub provinsi 53 (https://hub.example)" in answer["pesan"]
    assert node.ask(SUBMIT, {"m": _DRAFT}, "53.14")["hasil"]["__typename"] == "RekapDiterima"
    assert save(node, panti(), "53.14")["__typename"] == "SumberDayaTersimpan"


def test_a_node_is_not_written_before_the_hand_over(node: Client) -> None:
    node.sql("UPDATE simpul SET serah_pada = NULL")
    wait_until(lambda: "belum serah terima" in str(save(node, panti(), "53.14")), "still written", 10)
    assert "tulis di hub provinsi 53 (https://hub.example)" in _save(node, "53.14")["pesan"]
    node.sql("UPDATE simpul SET serah_pada = now()")
    wait_until(lambda: _save(node, "53.14")["__typename"] == "RekapDiterima", "not written", 10)


def test_commands_of_the_province_say_so_at_a_node(node: Client, tmp_path: Path) -> None:
    hub = Hub(node.url, tmp_path, {"HUB_WILAYAH": "53.14"})
    environment = {**hub.environment(), "HUB_DATABASE_URL": login_url(node.url)}
    for words in (
        ("token", "create", "--role", "PROVINSI", "--wilayah", "53", "--name", "x"),
        ("import", "katalog"),
        ("simpul", "undang", "53.15"),
    ):
        done = run_hub(*words, **environment)
        assert done.returncode == 1
        assert "provinsi 53" in done.stderr, done.stderr


# ---------- at the province ----------


def _modes(hub: Client, mode: str) -> None:
    hub.sql("UPDATE simpul SET mode = %s WHERE kode_kab = '53.14'", mode)


def _save(hub: Client, whom: str | None) -> Any:
    return hub.ask(SAVE, {"m": _DRAFT}, whom)["hasil"]


def test_a_kabupaten_with_a_node_that_sends_is_only_read_at_the_province(province: Client) -> None:
    assert _save(province, "53.14")["__typename"] == "RekapDiterima", "not handed over yet"
    _modes(province, "KIRIM")
    wait_until(lambda: _save(province, "53.14")["__typename"] == "TidakBerwenang", "still written", 10)
    for answer in (_save(province, "53.14"), save(province, panti(), "53.14")):
        assert answer["__typename"] == "TidakBerwenang"
        assert "menulis di hubnya sendiri (https://simpul.example)" in answer["pesan"], answer
    for whom in ("53", ""):
        answer = save(province, panti(), whom)
        assert answer["__typename"] == "SumberDayaDitolak"
        assert "menulis di hubnya sendiri (https://simpul.example)" in answer["temuan"][0]["pesan"], answer
    assert "Kirim token" in _save(province, None)["pesan"]
    assert province.ask('{ rekap(id: "53.14:F02:2022") { status } }', None, "53.14")["rekap"] == {"status": "DRAF"}
    other = submission("53.15", "F02", "2023", "k", nilai=[angka("53.15", "BAN05", 7)])
    assert province.ask(SAVE, {"m": other}, "53.15")["hasil"]["__typename"] == "RekapDiterima"
    # what is the province's stays the province's
    assert save(province, panti(nama="Panti Provinsi", pemilik="PROVINSI"), "53")["__typename"] == "SumberDayaTersimpan"
    allowed = province.ask('{ rekap(id: "53.14:F05:2020") { boleh } }', None, "53")["rekap"]["boleh"]
    assert allowed == ["BUKA"]
    _modes(province, "HOSTING")
    wait_until(lambda: _save(province, "53.14")["__typename"] == "RekapDiterima", "not written again", 10)


_NODES = """{ daftarSimpul { wilayah { kode nama } url mode terakhirKontak tertunda sehat urutanTerakhir umurSalinanDetik versiKatalog
  versiWilayah alasan } kabupaten(kode: "53.14") { simpul { mode } } }"""


def test_who_may_know_of_a_node(province: Client) -> None:
    province.sql(
        "UPDATE simpul SET terakhir_kontak = now() - interval '1 minute', urutan_simpul = 9, urutan_terakhir = 7, versi_katalog = 'abc', "
        "versi_wilayah = '2025-01-01'"
    )
    for whom in ("53.14", "53", ""):
        answer = province.ask(_NODES, None, whom)
        (told,) = answer["daftarSimpul"]
        age, contact = told.pop("umurSalinanDetik"), told.pop("terakhirKontak")
        assert 60 <= age < 120
        assert contact
        assert told == {
            "wilayah": {"kode": "53.14", "nama": "Rote Ndao"}, "url": "https://simpul.example", "mode": "HOSTING", "tertunda": 2,
            "sehat": True, "urutanTerakhir": 7, "versiKatalog": "abc", "versiWilayah": "2025-01-01", "alasan": None,
        }  # fmt: skip
        assert answer["kabupaten"]["simpul"] == {"mode": "HOSTING"}
    for stranger in (None, "53.15"):
        assert province.ask(_NODES, None, stranger) == {"daftarSimpul": [], "kabupaten": {"simpul": None}}


@pytest.mark.parametrize(
    ("state", "why"),
    [
        ("dicabut_pada = now()", "sudah dicabut"),
        ("alasan = 'kunci lain'", "kunci lain"),
        ("terakhir_kontak = now() - interval '25 hours'", "tidak ada kontak sejak "),
        ("terakhir_kontak = NULL", "baru bergabung"),
        ("terakhir_kontak = NULL, serah_pada = now()", "belum pernah mengirim"),
    ],
)
def test_why_a_node_is_not_well(province: Client, state: str, why: str) -> None:
    province.sql("UPDATE simpul SET terakhir_kontak = now(), alasan = NULL, dicabut_pada = NULL, serah_pada = NULL")
    province.sql(f"UPDATE simpul SET {state}")
    (told,) = province.ask("{ daftarSimpul { sehat alasan } }", None, "53")["daftarSimpul"]
    assert told["sehat"] is False
    assert told["alasan"].startswith(why)
