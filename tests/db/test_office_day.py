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
from tests.client import Client
from tests.database_clones import clone_of
from tests.gudang.stok_texts import MINIMUM, gudang, stok
from tests.hub_server import serve
from tests.peta.tile_client import tile_layers
from tests.sumber_daya.texts import panti
from tests.sumber_daya.texts import save as save_sumber_daya
from tests.tagana.texts import allow, member
from tests.tagana.texts import save as save_tagana
from tests.wksbm.texts import id_wksbm, link, record, uuid_of, wksbm_input
from tests.wksbm.texts import save as save_wksbm

# 12 hours behind UTC it is yesterday until noon, 14 ahead it is tomorrow from ten on
ZONE = ZoneInfo("Etc/GMT+12" if datetime.now(UTC).hour < 11 else "Pacific/Kiritimati")
OFFSET = "-12:00" if ZONE.key == "Etc/GMT+12" else "+14:00"
SEA = (123.5, -11.9)  # lon, lat; nothing of the demo is near
DESA_NOW, DESA_LATER = "53.14.01.2998", "53.14.01.2999"


@pytest.fixture(scope="module")
def today() -> date:
    """Within an hour of the choice of the zone no day begins there."""
    return datetime.now(ZONE).date()


@pytest.fixture(scope="module")
def office(cluster: PrivateCluster, templates: dict[str, str], today: date) -> Iterator[Client]:
    """A hub in that zone, with a resource, a desa and a network that begin today, and one of each that begins tomorrow."""
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("PGTZ", "UTC")
        for url in clone_of(cluster, templates["contoh"]):
            for hub in serve(url, Settings(zona_waktu=ZONE.key)):
                _begin(hub, 1, DESA_NOW, today)
                _begin(hub, 2, DESA_LATER, today + timedelta(days=1))
                yield hub


def _begin(hub: Client, n: int, desa: str, since: date) -> None:
    x, y = SEA[0] + n / 10, SEA[1]
    point = {"type": "Point", "coordinates": [x, y]}
    hub.sql(
        "INSERT INTO wilayah (kode_kab, kode, berlaku_sejak, tingkat, jenis, nama, kode_induk) "
        "VALUES ('53.14', %s, %s, 4, 'DESA', %s, '53.14.01')", desa, since, f"Fajarbaru {n}",
    )  # fmt: skip
    hub.sql(
        "INSERT INTO batas (kode_kab, kode, wilayah_sejak, tanggal, sejak, tingkat, geom, titik, luas_km2, sumber, versi, contoh) "
        "SELECT '53.14', %s, %s, %s, %s, 4, ST_Multi(ST_Expand(t, 0.02)), t, 19, 'uji', 'v', true "
        "FROM (SELECT ST_SetSRID(ST_MakePoint(%s, %s), 4326) AS t) x", desa, since, since, since, x, y,
    )  # fmt: skip
    for result in (
        save_sumber_daya(hub, panti(id=id_wksbm(n), sejak=str(since), titik=point)),
        save_wksbm(hub, wksbm_input(f"Jejaring {n}", id=id_wksbm(n), sejak=str(since), titik=point)),
    ):
        assert result["__typename"].endswith("Tersimpan"), result


def test_what_begins_today_is_active_and_what_begins_tomorrow_is_not(office: Client) -> None:
    a, b = id_wksbm(1), id_wksbm(2)
    for field_name in ("sumberDaya", "wksbm"):
        answer = office.ask(
            f'{{ kini: {field_name}(id: "{a}") {{ aktif }} nanti: {field_name}(id: "{b}") {{ aktif }} }}'
        )
        assert answer == {"kini": {"aktif": True}, "nanti": {"aktif": False}}
    query = '{ x: daftarSumberDaya(saring: {di: "53.14", jenis: [PANTI], aktif: %s}, first: 500) { edges { node { id } } } }'
    present, absent = (
        {e["node"]["id"] for e in office.ask(query % active)["x"]["edges"]} for active in ("true", "false")
    )
    assert {a, b} & present == {a}
    assert {a, b} & absent == {b}
    query = "query ($x: Float!, $y: Float!) { x: terdekat(lon: $x, lat: $y, jenis: [PANTI], jarakKm: 30) { sumberDaya { id } } }"
    near = office.ask(query, dict(zip("xy", SEA, strict=True)))["x"]
    assert [d["sumberDaya"]["id"] for d in near] == [a]


def test_a_desa_is_in_force_from_today_on(office: Client) -> None:
    for kode, is_there in ((DESA_NOW, True), (DESA_LATER, False)):
        found = office.ask(f'{{ x: cariWilayah(teks: "{kode}") {{ wilayah {{ kode }} }} }}')["x"]
        assert [c["wilayah"]["kode"] for c in found] == ([kode] if is_there else [])
        lon = SEA[0] + (0.1 if is_there else 0.2)
        at_point = office.ask(f"{{ x: wilayahDiTitik(lon: {lon}, lat: {SEA[1]}) {{ kode }} }}")["x"]
        assert at_point == ({"kode": kode} if is_there else None)
    query = '{ kecamatan(kode: "53.14.01") { desa { kode } } x: daftarDesa(saring: {di: "53.14.01"}, first: 500) { edges { node { kode } } } }'
    answer = office.ask(query)
    for codes in ([d["kode"] for d in answer["kecamatan"]["desa"]], [e["node"]["kode"] for e in answer["x"]["edges"]]):
        assert {DESA_NOW, DESA_LATER} & set(codes) == {DESA_NOW}


def test_tiles_show_what_is_there_today(office: Client) -> None:
    tile = tile_at(SEA[0] + 0.15, SEA[1], 7)
    wksbm = tile_layers(office, "wksbm", tile)["wksbm"]
    assert [f["properties"]["id"] for f in wksbm if f["properties"]["nama"].startswith("Jejaring")] == [id_wksbm(1)]
    for n, expected in ((1, [True]), (2, [])):
        features = tile_layers(office, "sumber-daya", tile_at(SEA[0] + n / 10, SEA[1], 12), "?jenis=PANTI&aktif=true")
        assert [f["properties"]["aktif"] for f in features.get("sumber-daya", [])] == expected


def test_coverage_counts_what_is_there_today(office: Client) -> None:
    query = '{ x: cakupan(jenis: [PANTI], jarakKm: 3, wilayah: "53.14.01") { baris { desa { kode } tercakup terdekat { id } } } }'
    rows = {b["desa"]["kode"]: b for b in office.ask(query)["x"]["baris"]}
    assert DESA_LATER not in rows
    assert rows[DESA_NOW] == {"desa": {"kode": DESA_NOW}, "tercakup": True, "terdekat": {"id": id_wksbm(1)}}
    positions = office.ask(query.replace("jarakKm: 3", "jarakKm: 500"))["x"]["baris"]
    assert id_wksbm(2) not in {b["terdekat"]["id"] for b in positions}


def test_the_graph_is_todays(office: Client, today: date) -> None:
    """In memory, with the day as its key: the very day that the database means."""
    query = '{ kini: jejaring(wilayah: "53.14.10.2003") { simpul } x: jejaring(wilayah: "53.14.10.2003", pada: "%s") { simpul } }'
    now = office.ask(query % today)
    assert now["kini"] == now["x"]
    yesterday, tomorrow = (office.ask(query % (today + timedelta(days=n)))["x"]["simpul"] for n in (-1, 1))
    assert (yesterday + 1, tomorrow - 1) == (now["x"]["simpul"],) * 2


def test_checks_go_by_the_same_day(office: Client, today: date) -> None:
    tomorrow = str(today + timedelta(days=1))
    result = record(office, id_wksbm(1), (str(today), "1.2"))
    assert (result["__typename"], result["wksbm"]["kegiatan"][0]["tanggal"]) == ("WksbmTersimpan", str(today))
    assert record(office, id_wksbm(1), (tomorrow, "1.2"))["__typename"] == "WksbmDitolak"
    assert save_tagana(office, member(1, didata=str(today)))["__typename"] == "TaganaTersimpan"
    assert save_tagana(office, member(2, didata=tomorrow))["__typename"] == "TaganaDitolak"
    result = link(office, id_wksbm(1), id_wksbm(2), sejak=str(today))
    assert "DI_LUAR_MASA" in {t["kode"] for t in result["temuan"]}


def test_what_the_office_sets_today_holds_at_once(office: Client, today: date) -> None:
    g = gudang(office, 77)
    result = office.ask(MINIMUM, {"g": g, "m": [{"barang": "SELIMUT", "jumlah": 5}]}, "53.14")["hasil"]
    assert result["__typename"] == "StokTercatat"
    assert office.sql("SELECT sejak FROM stok_minimum WHERE gudang = %s", g.partition(":")[2]) == [(today,)]
    assert stok(office, g)["SELIMUT"]["minimum"] == 5


def test_moments_come_with_the_offices_offset_whichever_way_they_are_asked_for(office: Client) -> None:
    """As a plain read, which passes the database's text on, and in the answer of a mutation."""
    query = f'{{ x: wksbm(id: "{id_wksbm(1)}") {{ diubahPada }} }}'
    text: str = office.ask(query)["x"]["diubahPada"]
    ((moment,),) = office.sql("SELECT diubah_pada FROM wksbm WHERE id = %s", uuid_of(1))
    assert text.endswith(OFFSET)
    assert datetime.fromisoformat(text) == moment
    mutation = """mutation ($m: WksbmMasukan!) { x: simpanWksbm(masukan: $m) { ... on WksbmTersimpan { wksbm { diubahPada versi } } } }"""
    given = wksbm_input("Jejaring 9", id=id_wksbm(9))
    answered = office.ask(mutation, {"m": given}, "53.14")["x"]["wksbm"]["diubahPada"]
    assert answered == office.ask(query.replace(id_wksbm(1), id_wksbm(9)))["x"]["diubahPada"]
    assert answered.endswith(OFFSET)


def test_a_moment_is_taken_back_in_any_offset(office: Client) -> None:
    query = (
        "query ($s: DateTime) { catatanAkses(sejak: $s) { totalCount } daftarIzinNama { edges { node { sampai } } } }"
    )
    izin = allow(office)["izin"]
    assert izin["sampai"].endswith(f"T00:00:00{OFFSET}")  # the office's midnight
    moment = datetime.fromisoformat(izin["sampai"])
    answers: list[Any] = [
        office.ask(query, {"s": s}, "53.14") for s in (izin["sampai"], moment.astimezone(UTC).isoformat())
    ]
    assert answers[0] == answers[1]
    assert answers[0]["daftarIzinNama"]["edges"] == [{"node": {"sampai": izin["sampai"]}}]
