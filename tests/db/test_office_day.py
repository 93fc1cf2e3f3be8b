"""Today is the office's day, wherever the office is and whatever the hour: in what is active, in force, drawn, within reach
and allowed. The office here stands where the day is another than in UTC, which sessions would count by on their own."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from geo.tile_address import tile_at
from hub.base.settings import Settings
from hub.db.private_cluster import PrivateCluster
from tests.client import Klien
from tests.database_clones import clone_of
from tests.gudang.stok_texts import MINIMUM, gudang, stok
from tests.hub_server import serve
from tests.peta.tile_client import ubin
from tests.sumber_daya.texts import panti
from tests.sumber_daya.texts import simpan as simpan_sumber_daya
from tests.tagana.texts import anggota, izinkan
from tests.tagana.texts import simpan as simpan_tagana
from tests.wksbm.texts import catat, hubungkan, id_wksbm, isi, nomor
from tests.wksbm.texts import simpan as simpan_wksbm

# 12 hours behind UTC it is yesterday until noon, 14 ahead it is tomorrow from ten on
ZONA = ZoneInfo("Etc/GMT+12" if datetime.now(UTC).hour < 11 else "Pacific/Kiritimati")
SELISIH = "-12:00" if ZONA.key == "Etc/GMT+12" else "+14:00"
LAUT = (123.5, -11.9)  # lon, lat; nothing of the demo is near
DESA_KINI, DESA_NANTI = "53.14.01.2998", "53.14.01.2999"


@pytest.fixture(scope="module")
def hari_ini() -> date:
    """Within an hour of the choice of the zone no day begins there."""
    return datetime.now(ZONA).date()


@pytest.fixture(scope="module")
def kantor(cluster: PrivateCluster, templates: dict[str, str], hari_ini: date) -> Iterator[Klien]:
    """A hub in that zone, with a resource, a desa and a network that begin today, and one of each that begins tomorrow."""
    with pytest.MonkeyPatch.context() as lingkungan:
        lingkungan.setenv("PGTZ", "UTC")
        for url in clone_of(cluster, templates["contoh"]):
            for hub in serve(url, Settings(zona_waktu=ZONA.key)):
                _mulai(hub, 1, DESA_KINI, hari_ini)
                _mulai(hub, 2, DESA_NANTI, hari_ini + timedelta(days=1))
                yield hub


def _mulai(hub: Klien, n: int, desa: str, sejak: date) -> None:
    x, y = LAUT[0] + n / 10, LAUT[1]
    titik = {"type": "Point", "coordinates": [x, y]}
    hub.sql(
        "INSERT INTO wilayah (kode_kab, kode, berlaku_sejak, tingkat, jenis, nama, kode_induk) "
        "VALUES ('53.14', %s, %s, 4, 'DESA', %s, '53.14.01')", desa, sejak, f"Fajarbaru {n}",
    )  # fmt: skip
    hub.sql(
        "INSERT INTO batas (kode_kab, kode, wilayah_sejak, tanggal, sejak, tingkat, geom, titik, luas_km2, sumber, versi, contoh) "
        "SELECT '53.14', %s, %s, %s, %s, 4, ST_Multi(ST_Expand(t, 0.02)), t, 19, 'uji', 'v', true "
        "FROM (SELECT ST_SetSRID(ST_MakePoint(%s, %s), 4326) AS t) x", desa, sejak, sejak, sejak, x, y,
    )  # fmt: skip
    for hasil in (
        simpan_sumber_daya(hub, panti(id=id_wksbm(n), sejak=str(sejak), titik=titik)),
        simpan_wksbm(hub, isi(f"Jejaring {n}", id=id_wksbm(n), sejak=str(sejak), titik=titik)),
    ):
        assert hasil["__typename"].endswith("Tersimpan"), hasil


def test_what_begins_today_is_active_and_what_begins_tomorrow_is_not(kantor: Klien) -> None:
    a, b = id_wksbm(1), id_wksbm(2)
    for medan in ("sumberDaya", "wksbm"):
        jawab = kantor.tanya(f'{{ kini: {medan}(id: "{a}") {{ aktif }} nanti: {medan}(id: "{b}") {{ aktif }} }}')
        assert jawab == {"kini": {"aktif": True}, "nanti": {"aktif": False}}
    tanya = '{ x: daftarSumberDaya(saring: {di: "53.14", jenis: [PANTI], aktif: %s}, first: 500) { edges { node { id } } } }'
    ada, tiada = ({e["node"]["id"] for e in kantor.tanya(tanya % aktif)["x"]["edges"]} for aktif in ("true", "false"))
    assert {a, b} & ada == {a}
    assert {a, b} & tiada == {b}
    tanya = "query ($x: Float!, $y: Float!) { x: terdekat(lon: $x, lat: $y, jenis: [PANTI], jarakKm: 30) { sumberDaya { id } } }"
    dekat = kantor.tanya(tanya, dict(zip("xy", LAUT, strict=True)))["x"]
    assert [d["sumberDaya"]["id"] for d in dekat] == [a]


def test_a_desa_is_in_force_from_today_on(kantor: Klien) -> None:
    for kode, ada in ((DESA_KINI, True), (DESA_NANTI, False)):
        cari = kantor.tanya(f'{{ x: cariWilayah(teks: "{kode}") {{ wilayah {{ kode }} }} }}')["x"]
        assert [c["wilayah"]["kode"] for c in cari] == ([kode] if ada else [])
        lon = LAUT[0] + (0.1 if ada else 0.2)
        di_titik = kantor.tanya(f"{{ x: wilayahDiTitik(lon: {lon}, lat: {LAUT[1]}) {{ kode }} }}")["x"]
        assert di_titik == ({"kode": kode} if ada else None)
    tanya = '{ kecamatan(kode: "53.14.01") { desa { kode } } x: daftarDesa(saring: {di: "53.14.01"}, first: 500) { edges { node { kode } } } }'
    jawab = kantor.tanya(tanya)
    for daftar in ([d["kode"] for d in jawab["kecamatan"]["desa"]], [e["node"]["kode"] for e in jawab["x"]["edges"]]):
        assert {DESA_KINI, DESA_NANTI} & set(daftar) == {DESA_KINI}


def test_tiles_show_what_is_there_today(kantor: Klien) -> None:
    petak = tile_at(LAUT[0] + 0.15, LAUT[1], 7)
    wksbm = ubin(kantor, "wksbm", petak)["wksbm"]
    assert [f["properties"]["id"] for f in wksbm if f["properties"]["nama"].startswith("Jejaring")] == [id_wksbm(1)]
    for n, ada in ((1, [True]), (2, [])):
        fitur = ubin(kantor, "sumber-daya", tile_at(LAUT[0] + n / 10, LAUT[1], 12), "?jenis=PANTI&aktif=true")
        assert [f["properties"]["aktif"] for f in fitur.get("sumber-daya", [])] == ada


def test_coverage_counts_what_is_there_today(kantor: Klien) -> None:
    tanya = '{ x: cakupan(jenis: [PANTI], jarakKm: 3, wilayah: "53.14.01") { baris { desa { kode } tercakup terdekat { id } } } }'
    baris = {b["desa"]["kode"]: b for b in kantor.tanya(tanya)["x"]["baris"]}
    assert DESA_NANTI not in baris
    assert baris[DESA_KINI] == {"desa": {"kode": DESA_KINI}, "tercakup": True, "terdekat": {"id": id_wksbm(1)}}
    letak = kantor.tanya(tanya.replace("jarakKm: 3", "jarakKm: 500"))["x"]["baris"]
    assert id_wksbm(2) not in {b["terdekat"]["id"] for b in letak}


def test_the_graph_is_todays(kantor: Klien, hari_ini: date) -> None:
    """In memory, with the day as its key: the very day that the database means."""
    tanya = '{ kini: jejaring(wilayah: "53.14.10.2003") { simpul } x: jejaring(wilayah: "53.14.10.2003", pada: "%s") { simpul } }'
    kini = kantor.tanya(tanya % hari_ini)
    assert kini["kini"] == kini["x"]
    kemarin, besok = (kantor.tanya(tanya % (hari_ini + timedelta(days=n)))["x"]["simpul"] for n in (-1, 1))
    assert (kemarin + 1, besok - 1) == (kini["x"]["simpul"],) * 2


def test_checks_go_by_the_same_day(kantor: Klien, hari_ini: date) -> None:
    besok = str(hari_ini + timedelta(days=1))
    hasil = catat(kantor, id_wksbm(1), (str(hari_ini), "1.2"))
    assert (hasil["__typename"], hasil["wksbm"]["kegiatan"][0]["tanggal"]) == ("WksbmTersimpan", str(hari_ini))
    assert catat(kantor, id_wksbm(1), (besok, "1.2"))["__typename"] == "WksbmDitolak"
    assert simpan_tagana(kantor, anggota(1, didata=str(hari_ini)))["__typename"] == "TaganaTersimpan"
    assert simpan_tagana(kantor, anggota(2, didata=besok))["__typename"] == "TaganaDitolak"
    hasil = hubungkan(kantor, id_wksbm(1), id_wksbm(2), sejak=str(hari_ini))
    assert "DI_LUAR_MASA" in {t["kode"] for t in hasil["temuan"]}


def test_what_the_office_sets_today_holds_at_once(kantor: Klien, hari_ini: date) -> None:
    g = gudang(kantor, 77)
    hasil = kantor.tanya(MINIMUM, {"g": g, "m": [{"barang": "SELIMUT", "jumlah": 5}]}, "53.14")["hasil"]
    assert hasil["__typename"] == "StokTercatat"
    assert kantor.sql("SELECT sejak FROM stok_minimum WHERE gudang = %s", g.partition(":")[2]) == [(hari_ini,)]
    assert stok(kantor, g)["SELIMUT"]["minimum"] == 5


def test_moments_come_with_the_offices_offset_whichever_way_they_are_asked_for(kantor: Klien) -> None:
    """As a plain read, which passes the database's text on, and in the answer of a mutation."""
    tanya = f'{{ x: wksbm(id: "{id_wksbm(1)}") {{ diubahPada }} }}'
    teks: str = kantor.tanya(tanya)["x"]["diubahPada"]
    ((saat,),) = kantor.sql("SELECT diubah_pada FROM wksbm WHERE id = %s", nomor(1))
    assert teks.endswith(SELISIH)
    assert datetime.fromisoformat(teks) == saat
    ubah = """mutation ($m: WksbmMasukan!) { x: simpanWksbm(masukan: $m) { ... on WksbmTersimpan { wksbm { diubahPada versi } } } }"""
    masukan = isi("Jejaring 9", id=id_wksbm(9))
    dijawab = kantor.tanya(ubah, {"m": masukan}, "53.14")["x"]["wksbm"]["diubahPada"]
    assert dijawab == kantor.tanya(tanya.replace(id_wksbm(1), id_wksbm(9)))["x"]["diubahPada"]
    assert dijawab.endswith(SELISIH)


def test_a_moment_is_taken_back_in_any_offset(kantor: Klien) -> None:
    tanya = (
        "query ($s: DateTime) { catatanAkses(sejak: $s) { totalCount } daftarIzinNama { edges { node { sampai } } } }"
    )
    izin = izinkan(kantor)["izin"]
    assert izin["sampai"].endswith(f"T00:00:00{SELISIH}")  # the office's midnight
    saat = datetime.fromisoformat(izin["sampai"])
    jawab: list[Any] = [
        kantor.tanya(tanya, {"s": s}, "53.14") for s in (izin["sampai"], saat.astimezone(UTC).isoformat())
    ]
    assert jawab[0] == jawab[1]
    assert jawab[0]["daftarIzinNama"]["edges"] == [{"node": {"sampai": izin["sampai"]}}]
