"""cakupan beside plain PostGIS: distances, shares of areas, the union; who counts, who sees which weight, what it adds up to."""

import json
import time
from collections import defaultdict
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
import shapely

from tests.client import Klien
from tests.schema.cakupan import border_country as data
from tests.schema.cakupan.border_country import ADA, PEKA, PERIODE, UMUM
from tests.schema.cakupan.texts import BARIS, CAKUPAN, TIGA, tanya
from tests.sumber_daya.rows import nomor

ANGKA = """jumlahDesa desaTanpaTitik desaTercakup persenDesa bobot bobotTanpaTitik bobotTercakup persenBobot desaTanpaBobot
  statusBobot persenLuas sumberDaya"""


# ---------- distances ----------


@pytest.mark.parametrize("km", [1.5, 4, 6, 20])
@pytest.mark.parametrize("wilayah", ["53.14", "53.14.04", "53"])
def test_every_desa_is_as_far_as_postgis_says(hub_cakupan: Klien, km: float, wilayah: str) -> None:
    harap = hub_cakupan.sql(
        f"""WITH {ADA} SELECT d.kode, n.kunci, n.meter FROM d LEFT JOIN LATERAL (
          SELECT s.kunci, ST_Distance(s.letak, d.letak) AS meter FROM s WHERE d.letak IS NOT NULL ORDER BY meter, s.kunci LIMIT 1) n ON true
          ORDER BY d.kode""",
        TIGA, wilayah + ".",
    )  # fmt: skip
    jawab = tanya(hub_cakupan, f"{ANGKA} baris {{ {BARIS} }}", km, wilayah)
    assert len(harap) == jawab["jumlahDesa"] == len(jawab["baris"]) > 5
    for (kode, kunci, meter), baris in zip(harap, jawab["baris"], strict=True):
        assert baris["desa"]["kode"] == kode
        if meter is None:
            assert (baris["terdekat"], baris["jarakKm"], baris["tercakup"], baris["persenLuas"]) == (
                None,
                None,
                False,
                0,
            )
            continue
        assert baris["terdekat"] == {"id": kunci}
        assert abs(baris["jarakKm"] * 1000 - meter) <= 0.501  # shown to the metre
        assert baris["tercakup"] == (meter <= km * 1000)
    punya = [m for _, _, m in harap if m is not None]
    dalam = [m for m in punya if m <= km * 1000]
    assert (jawab["desaTanpaTitik"], jawab["desaTercakup"]) == (len(harap) - len(punya), len(dalam))
    assert jawab["persenDesa"] == round(100 * len(dalam) / len(punya), 2)


def test_without_any_boundary_nothing_is_known_and_that_is_told(hub_baca: Klien) -> None:
    """persenDesa is never null by the contract, so the desa without a point say that its 0 is no figure."""
    isi = f"{ANGKA} perWilayah(tingkat: KECAMATAN) {{ jumlahDesa desaTanpaTitik persenDesa }}"
    x = tanya(hub_baca, isi, 6, "36.73")
    assert (x["jumlahDesa"], x["desaTanpaTitik"], x["desaTercakup"], x["persenDesa"]) == (66, 66, 0, 0)
    assert {(w["jumlahDesa"] == w["desaTanpaTitik"], w["persenDesa"]) for w in x["perWilayah"]} == {(True, None)}


def test_it_is_decided_to_the_millimetre(hub_cakupan: Klien) -> None:
    """A distance just below that of a desa leaves it out, one just above takes it in."""
    ((kode, meter),) = hub_cakupan.sql(
        f"""WITH {ADA} SELECT d.kode, min(ST_Distance(s.letak, d.letak)) FROM d CROSS JOIN s WHERE d.letak IS NOT NULL
          GROUP BY d.kode ORDER BY 2 DESC LIMIT 1""",
        TIGA, "53.14.",
    )  # fmt: skip
    for geser, ya in ((-1e-3, False), (1e-3, True)):
        (baris,) = tanya(hub_cakupan, f"baris {{ {BARIS} }}", (meter + geser) / 1000, kode)["baris"]
        assert baris["tercakup"] is ya


def test_gaps_are_listed_with_what_is_nearest_to_them(hub_cakupan: Klien) -> None:
    isi = f"""{ANGKA} semua: baris {{ {BARIS} }} celah: baris(hanya: CELAH, urut: JARAK) {{ {BARIS} }}
      cakup: baris(hanya: TERCAKUP) {{ {BARIS} }} buta: baris(hanya: TANPA_TITIK) {{ {BARIS} }}
      tiga: baris(hanya: CELAH, urut: JARAK, first: 3) {{ {BARIS} }} berat: baris(urut: BOBOT, first: 5) {{ {BARIS} }} nol: baris(first: 0) {{ tercakup }}"""
    x = tanya(hub_cakupan, isi, 4, b=UMUM, p=PERIODE)
    kode = {k: [b["desa"]["kode"] for b in x[k]] for k in ("semua", "celah", "cakup", "buta")}
    assert sorted(kode["celah"] + kode["cakup"] + kode["buta"]) == kode["semua"] == sorted(kode["semua"])
    assert tuple(kode["buta"]) == data.TANPA_BATAS
    jarak = [b["jarakKm"] for b in x["celah"]]
    assert jarak == sorted(jarak, reverse=True)
    assert min(jarak) >= 4
    assert all(b["terdekat"] for b in x["celah"])
    assert x["tiga"] == x["celah"][:3]
    assert x["nol"] == []
    bobot = [b["bobot"] or 0 for b in x["semua"]]
    assert [b["bobot"] for b in x["berat"]] == sorted(bobot, reverse=True)[:5]


def test_the_nearest_is_found_however_far_it_is(hub_cakupan: Klien) -> None:
    """A kind that stands nowhere near: farther away than what is read around a region."""
    x = tanya(hub_cakupan, f"desaTercakup baris(first: 3) {{ {BARIS} }}", 5, "53.14.04", j=["SLRT"])
    assert x["desaTercakup"] == 0
    assert [b["terdekat"]["id"][:5] for b in x["baris"]] == ["36.73"] * 3
    assert all(1_900 < b["jarakKm"] < 2_000 for b in x["baris"])
    kosong = tanya(hub_cakupan, f"desaTercakup sumberDaya area baris(first: 1) {{ {BARIS} }}", 5, "53.14.04", j=["LK3"])
    assert (kosong["desaTercakup"], kosong["sumberDaya"], kosong["area"]) == (0, 0, None)
    assert kosong["baris"][0]["terdekat"] is None


# ---------- who counts ----------


def test_each_resource_counts_once_and_those_that_are_not_there_do_not(hub_cakupan: Klien) -> None:
    isi = "sumberDaya sumberDayaLuar sumberDayaTanpaTitik sumberDayaTidakIkut perWilayah(tingkat: DESA) { sumberDaya }"
    x = tanya(hub_cakupan, isi, 8)
    ((banyak, di_titik_desa),) = hub_cakupan.sql(
        f"WITH {ADA} SELECT count(*), count(*) FILTER (WHERE titik IS NULL) FROM s WHERE kode_kab = '53.14'", TIGA, ""
    )
    assert (x["sumberDaya"], x["sumberDayaTanpaTitik"]) == (banyak, di_titik_desa)
    ((luar,),) = hub_cakupan.sql(
        f"""WITH {ADA} SELECT count(*) FROM s WHERE kode_kab <> '53.14' AND EXISTS (
          SELECT 1 FROM d WHERE ST_Distance(d.letak, s.letak) <= 8000)""",
        TIGA, "53.14.",
    )  # fmt: skip
    assert x["sumberDayaLuar"] == luar == 1  # two stand across the border
    ((rahasia, tanpa),) = hub_cakupan.sql(
        """SELECT count(*) FILTER (WHERE rahasia), count(*) FILTER (WHERE NOT rahasia AND kode_desa = ANY(%s)) FROM sumber_daya
          WHERE titik IS NULL AND kode_kab = '53.14' AND jenis = ANY(%s)""",
        list(data.TANPA_BATAS), TIGA,
    )  # fmt: skip
    assert x["sumberDayaTidakIkut"] == tanpa == 1  # to the public there is no shelter
    for sebagai, lihat in (("53.14", rahasia + tanpa), ("53", rahasia + tanpa), ("53.99", tanpa), ("36", tanpa)):
        assert tanya(hub_cakupan, isi, 8, sebagai=sebagai)["sumberDayaTidakIkut"] == lihat
    assert sum(w["sumberDaya"] for w in x["perWilayah"]) == x["sumberDaya"]
    assert tanya(hub_cakupan, isi, 8, j=[*TIGA, *TIGA]) == x


def test_resources_across_the_border_count(hub_cakupan: Klien) -> None:
    x = tanya(hub_cakupan, f"desaTercakup baris {{ {BARIS} }}", 8)
    luar = [b for b in x["baris"] if b["terdekat"] and b["terdekat"]["id"].startswith(data.LUAR)]
    assert luar
    assert any(b["tercakup"] for b in luar)


def test_expired_and_full_ones_are_left_out_on_request(hub_cakupan: Klien) -> None:
    def ikut(jenis: str, **lain: Any) -> int:
        banyak: int = tanya(hub_cakupan, "sumberDaya", j=[jenis], **lain)["sumberDaya"]
        return banyak

    assert ikut("KARANG_TARUNA") - ikut("KARANG_TARUNA", berlaku=True) == 1  # its decree has run out
    ((terdaftar,),) = (
        hub_cakupan.sql("""SELECT count(*) FROM surat_sumber_daya WHERE jenis = 'TANDA_DAFTAR' AND kode_kab = '53.14'
      AND coalesce(sampai, 'infinity') > current_date""")
    )
    assert ikut("LKS", berlaku=True) == terdaftar < ikut("LKS")  # most never were registered
    assert ikut("PANTI", berlaku=True) == ikut("PANTI")  # nobody ever gave them a paper that could run out
    ((harap,),) = (
        hub_cakupan.sql("""SELECT count(*) FROM sumber_daya s LEFT JOIN batas b ON b.kode = s.kode_desa AND b.sampai IS NULL
      WHERE s.jenis = 'PANTI' AND s.kode_kab = '53.14' AND s.hari_terakhir >= current_date AND s.sejak <= current_date
      AND coalesce(s.titik, b.titik) IS NOT NULL AND coalesce(klien, coalesce(klien_l, 0) + coalesce(klien_p, 0)) < daya_tampung""")
    )
    assert ikut("PANTI", sisa=True, sebagai="53.14") == harap < ikut("PANTI")


@pytest.mark.parametrize("sebagai", [None, "53.99", "36"])
def test_which_home_is_full_tells_whom_it_serves(hub_cakupan: Klien, sebagai: str | None) -> None:
    """So the question is one for those who may know."""
    (galat,) = hub_cakupan.galat(CAKUPAN % "sumberDaya", {"j": TIGA, "km": 6, "w": "53.14", "sisa": True}, sebagai)
    assert galat["extensions"]["kode"] == "TIDAK_BERWENANG"
    assert "dayaTersisa" in galat["message"]
    usulan = '{ usulanLokasi(jenis: [PANTI], jarakKm: 6, wilayah: "53.14", dayaTersisa: true) { urutan } }'
    assert hub_cakupan.galat(usulan, None, sebagai)[0]["extensions"]["kode"] == "TIDAK_BERWENANG"
    jawab = hub_cakupan.get("/geojson/cakupan?jenis=PANTI&jarakKm=6&wilayah=53.14&dayaTersisa=true")
    assert jawab.status_code == 403


def test_a_shelter_is_nobodys_nearest_and_in_no_circle(hub_cakupan: Klien) -> None:
    ((desa, lon, lat),) = hub_cakupan.sql("SELECT s.kode_desa, ST_X(b.titik), ST_Y(b.titik) FROM sumber_daya s JOIN batas b ON b.kode = s.kode_desa AND b.sampai IS NULL WHERE s.rahasia")  # fmt: skip
    for sebagai in (None, "53.14", "53"):
        x = tanya(hub_cakupan, f"area baris {{ {BARIS} }}", 0.05, desa, sebagai, j=["RUMAH_SINGGAH"])
        assert not x["baris"][0]["tercakup"]
        if x["area"] is not None:
            assert not shapely.from_geojson(json.dumps(x["area"])).contains(shapely.Point(lon, lat))
    semua = tanya(hub_cakupan, f"baris {{ {BARIS} }}", j=["RUMAH_SINGGAH"])["baris"]
    assert nomor(40) not in json.dumps(semua)


# ---------- weights ----------


def agregat(hub_cakupan: Klien, elemen: str, sebagai: str | None, wilayah: str) -> dict[str, tuple[Any, str]]:
    """By today's borders: a kecamatan of Rote is younger than the period."""
    isi = hub_cakupan.tanya(
        f'''{{ agregat(elemen: ["{elemen}"], periode: ["{PERIODE}"], wilayah: "{wilayah}", tingkat: DESA, wilayahPada: "{date.today()}") {{
          wilayah {{ kode }} nilai status }} }}''',
        None, sebagai,
    )["agregat"]  # fmt: skip
    return {a["wilayah"]["kode"]: (a["nilai"], a["status"]) for a in isi}


@pytest.mark.parametrize("sebagai", [None, "53.14", "53.99", "53", "36", ""])
@pytest.mark.parametrize("elemen", [UMUM, PEKA, "WIL04", "BAN01"])
def test_everybody_sees_the_weights_that_agregat_shows(hub_cakupan: Klien, elemen: str, sebagai: str | None) -> None:
    wilayah = "53"
    harap = agregat(hub_cakupan, elemen, sebagai, wilayah)
    x = tanya(hub_cakupan, f"{ANGKA} periode baris {{ {BARIS} }}", 6, wilayah, sebagai, b=elemen, p=PERIODE)
    assert {b["desa"]["kode"]: (b["bobot"], b["statusBobot"]) for b in x["baris"]} == harap
    tahu = {k: n for k, (n, _) in harap.items() if n is not None}
    assert x["bobot"] == (sum(tahu.values()) if tahu else None)
    assert x["desaTanpaBobot"] == len(harap) - len(tahu)
    cakup = [tahu[b["desa"]["kode"]] for b in x["baris"] if b["tercakup"] and b["desa"]["kode"] in tahu]
    assert x["bobotTercakup"] == (sum(cakup) if tahu else None)
    buta = sum(n for k, n in tahu.items() if k in data.TANPA_BATAS)
    assert x["bobotTanpaTitik"] == (buta if tahu else None)
    assert x["persenBobot"] == (
        round(100 * sum(cakup) / (x["bobot"] - buta), 2) if tahu and x["bobot"] > buta else None
    )
    if elemen == UMUM:
        assert any(n for k, n in tahu.items() if k.startswith("53.14.11."))  # younger than the period, and traced back
    macam = {s for _, s in harap.values()}
    assert x["statusBobot"] == (
        ("ADA" if x["bobot"] else "NOL") if tahu else macam.pop() if len(macam) == 1 else "TIDAK_ADA_DATA"
    )


def test_what_the_public_may_not_see_is_said_and_never_nought(hub_cakupan: Klien) -> None:
    publik = tanya(hub_cakupan, f"{ANGKA} periode perWilayah(tingkat: KECAMATAN) {{ bobot statusBobot desaTanpaBobot }} baris {{ {BARIS} }}", b=PEKA, p=PERIODE)  # fmt: skip
    assert (publik["bobot"], publik["bobotTercakup"], publik["persenBobot"], publik["statusBobot"]) == (
        None,
        None,
        None,
        "DISUPRESI",
    )
    assert publik["desaTanpaBobot"] == publik["jumlahDesa"]
    assert {(b["bobot"], b["statusBobot"]) for b in publik["baris"]} == {(None, "DISUPRESI")}
    assert {(w["bobot"], w["statusBobot"]) for w in publik["perWilayah"]} == {(None, "DISUPRESI")}
    kantor = tanya(hub_cakupan, ANGKA, b=PEKA, p=PERIODE, sebagai="53.14")
    assert kantor["bobot"] > kantor["bobotTercakup"] > 0


def test_without_a_period_the_newest_approved_one_is_taken(hub_cakupan: Klien) -> None:
    x = tanya(hub_cakupan, f"periode {ANGKA}", b="REH09")
    assert (x["periode"], x["statusBobot"]) == ("2020", "ADA")
    assert x["bobot"] == hub_cakupan.tanya('{ agregat(elemen: ["REH09"], periode: ["2020"], wilayah: "53.14", tingkat: KABUPATEN) { nilai } }')["agregat"][0]["nilai"]  # fmt: skip
    kosong = tanya(hub_cakupan, f"periode {ANGKA}", b="WIL01", wilayah="36.73")
    assert (kosong["periode"], kosong["bobot"], kosong["statusBobot"]) == (None, None, "TIDAK_ADA_DATA")


def test_parts_add_up_to_the_whole(hub_cakupan: Klien) -> None:
    isi = f"{ANGKA} kab: perWilayah(tingkat: KABUPATEN) {{ wilayah {{ kode }} {ANGKA} }} kec: perWilayah(tingkat: KECAMATAN) {{ wilayah {{ kode }} {ANGKA} }} desa: perWilayah(tingkat: DESA) {{ wilayah {{ kode }} {ANGKA} }}"
    x = tanya(hub_cakupan, isi, 6, "53", b=UMUM, p=PERIODE)
    assert [w["wilayah"]["kode"] for w in x["kab"]] == ["53.14", "53.99"]
    assert len(x["kec"]) == 12
    for bagian in ("kab", "kec", "desa"):
        for k in (
            "jumlahDesa",
            "desaTanpaTitik",
            "desaTercakup",
            "desaTanpaBobot",
            "bobot",
            "bobotTercakup",
            "sumberDaya",
        ):
            assert sum(w[k] or 0 for w in x[bagian]) == x[k], (bagian, k)
    satu = tanya(hub_cakupan, ANGKA, 6, "53.14", b=UMUM, p=PERIODE)
    assert {k: v for k, v in x["kab"][0].items() if k != "wilayah"} == satu
    assert hub_cakupan.galat(CAKUPAN % "perWilayah(tingkat: KABUPATEN) { bobot }", {"j": TIGA, "km": 5, "w": "53.14.04"})[0]["extensions"]["kode"] == "MASUKAN_TIDAK_SAH"  # fmt: skip


def test_decimals_are_added_exactly(hub_cakupan: Klien) -> None:
    hub_cakupan.sql("UPDATE angka SET nilai = nilai + 0.1 WHERE elemen = 'REH10' AND periode = '2021'")
    try:
        x = tanya(hub_cakupan, f"{ANGKA} baris {{ {BARIS} }}", b=PEKA, p=PERIODE, sebagai="53")
        harap = sum(Decimal(str(b["bobot"])) for b in x["baris"] if b["bobot"] is not None)
        assert Decimal(str(x["bobot"])) == harap
    finally:
        hub_cakupan.sql("UPDATE angka SET nilai = nilai - 0.1 WHERE elemen = 'REH10' AND periode = '2021'")


# ---------- free capacity as a limit ----------


@pytest.mark.parametrize("sisa", [False, True])
def test_access_is_the_two_step_formula_with_neighbours_on_both_sides(hub_cakupan: Klien, sisa: bool) -> None:
    """Written down in SQL, pair by pair; desa across the border compete, resources across the border serve."""
    saring = "AND coalesce(s.klien, coalesce(s.klien_l, 0) + coalesce(s.klien_p, 0)) < s.daya_tampung" if sisa else ""
    klien = "coalesce(s.klien, coalesce(s.klien_l, 0) + coalesce(s.klien_p, 0))" if sisa else "0"
    dekat = hub_cakupan.sql(
        f"""WITH {ADA} SELECT s.kunci, (s.daya_tampung - {klien})::float, d.kode FROM s JOIN d ON ST_Distance(s.letak, d.letak) <= 6000
          WHERE true {saring}""",
        TIGA, "53.",
    )  # fmt: skip
    bobot = {k: n for k, (n, _) in agregat(hub_cakupan, UMUM, "53" if sisa else None, "53").items()}
    butuh: dict[str, float] = defaultdict(float)
    tahu: dict[str, bool] = defaultdict(lambda: True)
    for sumber, _, desa in dekat:
        butuh[sumber] += bobot[desa] or 0
        tahu[sumber] &= bobot[desa] is not None
    harap: dict[str, float] = defaultdict(float)
    lengkap: dict[str, bool] = defaultdict(lambda: True)
    for sumber, daya, desa in dekat:
        harap[desa] += daya / butuh[sumber] if butuh[sumber] else 0
        lengkap[desa] &= tahu[sumber]
    x = tanya(hub_cakupan, f"baris {{ {BARIS} }}", 6, b=UMUM, p=PERIODE, sisa=sisa, sebagai="53" if sisa else None)
    for baris in x["baris"]:
        kode = baris["desa"]["kode"]
        if kode in data.TANPA_BATAS:
            assert (baris["keterjangkauan"], baris["keterjangkauanLengkap"]) == (None, None)
        else:
            assert baris["keterjangkauan"] == pytest.approx(harap[kode], abs=1e-6)
            assert baris["keterjangkauanLengkap"] is lengkap[kode]
    assert {bool(b["keterjangkauan"]) for b in x["baris"]} == set(lengkap.values()) == {True, False}
    assert any(k.startswith(data.LUAR) for _, _, k in dekat if k in harap)  # they compete
    assert {b["keterjangkauan"] for b in tanya(hub_cakupan, f"baris {{ {BARIS} }}")["baris"]} == {
        None
    }  # without a weight


# ---------- what is asked wrongly ----------


def test_everything_that_is_wrong_is_said_at_once(hub_cakupan: Klien) -> None:
    (galat,) = hub_cakupan.galat('{ cakupan(jenis: [], jarakKm: 501, wilayah: "53.1", bobot: "REH01") { jumlahDesa } }')
    assert galat["extensions"]["kode"] == "MASUKAN_TIDAK_SAH"
    for kata in ("jenis", "jarakKm", "53.1", "REH01"):
        assert kata.casefold() in galat["message"].casefold()


@pytest.mark.parametrize(
    ("isi", "kode"),
    [
        ('jenis: [PANTI], jarakKm: 5, wilayah: "53.77"', "TIDAK_DIKENAL"),
        ('jenis: [PANTI], jarakKm: 5, wilayah: "53.14", bobot: "WIL99"', "TIDAK_DIKENAL"),
        ('jenis: [PANTI], jarakKm: 5, wilayah: "53.14", periode: "2020"', "MASUKAN_TIDAK_SAH"),
        ('jenis: [PANTI], jarakKm: 0, wilayah: "53.14"', "MASUKAN_TIDAK_SAH"),
        ('jenis: [PANTI], jarakKm: -1, wilayah: "53.14"', "MASUKAN_TIDAK_SAH"),
    ],
)
def test_what_cannot_be_answered_is_refused(hub_cakupan: Klien, isi: str, kode: str) -> None:
    (galat,) = hub_cakupan.galat(f"{{ cakupan({isi}) {{ jumlahDesa }} }}")
    assert galat["extensions"]["kode"] == kode


# ---------- changes ----------


def test_a_change_is_in_the_very_next_answer(hub_cakupan: Klien) -> None:
    kode = data.TANPA_BATAS[0][:8]
    sebelum = tanya(hub_cakupan, ANGKA, 3, kode)
    assert tanya(hub_cakupan, ANGKA, 3, kode) == sebelum
    simpan = """mutation ($m: SumberDayaMasukan!) { simpanSumberDaya(masukan: $m) { __typename ... on SumberDayaTersimpan {
      sumberDaya { id versi desa { kode } } } } }"""
    ((desa, lon, lat),) = hub_cakupan.sql("SELECT kode, ST_X(titik), ST_Y(titik) FROM batas WHERE starts_with(kode, %s) AND tingkat = 4 AND sampai IS NULL ORDER BY kode DESC LIMIT 1", kode)  # fmt: skip
    masukan = {"jenis": "LKS", "nama": "LKS Baru", "pemilik": "MASYARAKAT", "desa": desa, "sejak": "2020-01-01",
               "titik": {"type": "Point", "coordinates": [lon, lat]}}  # fmt: skip
    baru = hub_cakupan.tanya(simpan, {"m": masukan}, "53.14")["simpanSumberDaya"]
    assert baru["__typename"] == "SumberDayaTersimpan"
    sesudah = tanya(hub_cakupan, ANGKA, 3, kode)
    assert sesudah["sumberDaya"] == sebelum["sumberDaya"] + 1
    hub_cakupan.tanya(
        simpan, {"m": {**masukan, "id": baru["sumberDaya"]["id"], "versi": 1, "sampai": "2020-02-01"}}, "53.14"
    )
    assert tanya(hub_cakupan, ANGKA, 3, kode) == sebelum


def test_a_boundary_that_somebody_else_changes_is_noticed(hub_cakupan: Klien) -> None:
    sebelum = tanya(hub_cakupan, ANGKA, 6)["desaTanpaTitik"]
    hub_cakupan.sql("UPDATE batas SET sampai = current_date WHERE kode = '53.14.04.2001' AND sampai IS NULL")
    try:
        batas = time.monotonic() + 5
        while tanya(hub_cakupan, ANGKA, 6)["desaTanpaTitik"] == sebelum:
            assert time.monotonic() < batas
            time.sleep(0.02)
        assert tanya(hub_cakupan, ANGKA, 6)["desaTanpaTitik"] == sebelum + 1
    finally:
        hub_cakupan.sql("UPDATE batas SET sampai = NULL WHERE kode = '53.14.04.2001' AND sampai = current_date")
