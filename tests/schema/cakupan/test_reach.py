"""cakupan beside plain PostGIS: distances, shares of areas, the union; who counts, who sees which weight, what it adds up to."""

import json
import time
from collections import defaultdict
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
import shapely

from tests.client import Client
from tests.schema.cakupan import border_country as data
from tests.schema.cakupan.border_country import OPEN, PERIODE, PRESENT, SENSITIVE
from tests.schema.cakupan.texts import CAKUPAN, ROW, THREE_KINDS, ask
from tests.sumber_daya.rows import uuid_of

ANGKA = """jumlahDesa desaTanpaTitik desaTercakup persenDesa bobot bobotTanpaTitik bobotTercakup persenBobot desaTanpaBobot
  statusBobot persenLuas sumberDaya"""


# ---------- distances ----------


@pytest.mark.parametrize("km", [1.5, 4, 6, 20])
@pytest.mark.parametrize("wilayah", ["53.14", "53.14.04", "53"])
def test_every_desa_is_as_far_as_postgis_says(hub_cakupan: Client, km: float, wilayah: str) -> None:
    expected = hub_cakupan.sql(
        f"""WITH {PRESENT} SELECT d.kode, n.kunci, n.meter FROM d LEFT JOIN LATERAL (
          SELECT s.kunci, ST_Distance(s.letak, d.letak) AS meter FROM s WHERE d.letak IS NOT NULL ORDER BY meter, s.kunci LIMIT 1) n ON true
          ORDER BY d.kode""",
        THREE_KINDS, wilayah + ".",
    )  # fmt: skip
    answer = ask(hub_cakupan, f"{ANGKA} baris {{ {ROW} }}", km, wilayah)
    assert len(expected) == answer["jumlahDesa"] == len(answer["baris"]) > 5
    for (kode, key, meter), row in zip(expected, answer["baris"], strict=True):
        assert row["desa"]["kode"] == kode
        if meter is None:
            assert (row["terdekat"], row["jarakKm"], row["tercakup"], row["persenLuas"]) == (
                None,
                None,
                False,
                0,
            )
            continue
        assert row["terdekat"] == {"id": key}
        assert abs(row["jarakKm"] * 1000 - meter) <= 0.501  # shown to the metre
        assert row["tercakup"] == (meter <= km * 1000)
    with_point = [m for _, _, m in expected if m is not None]
    within = [m for m in with_point if m <= km * 1000]
    assert (answer["desaTanpaTitik"], answer["desaTercakup"]) == (len(expected) - len(with_point), len(within))
    assert answer["persenDesa"] == round(100 * len(within) / len(with_point), 2)


def test_without_any_boundary_nothing_is_known_and_that_is_told(read_hub: Client) -> None:
    """persenDesa is never null by the contract, so the desa without a point say that its 0 is no figure."""
    selection = f"{ANGKA} perWilayah(tingkat: KECAMATAN) {{ jumlahDesa desaTanpaTitik persenDesa }}"
    x = ask(read_hub, selection, 6, "36.73")
    assert (x["jumlahDesa"], x["desaTanpaTitik"], x["desaTercakup"], x["persenDesa"]) == (66, 66, 0, 0)
    assert {(w["jumlahDesa"] == w["desaTanpaTitik"], w["persenDesa"]) for w in x["perWilayah"]} == {(True, None)}


def test_it_is_decided_to_the_millimetre(hub_cakupan: Client) -> None:
    """A distance just below that of a desa leaves it out, one just above takes it in."""
    ((kode, meter),) = hub_cakupan.sql(
        f"""WITH {PRESENT} SELECT d.kode, min(ST_Distance(s.letak, d.letak)) FROM d CROSS JOIN s WHERE d.letak IS NOT NULL
          GROUP BY d.kode ORDER BY 2 DESC LIMIT 1""",
        THREE_KINDS, "53.14.",
    )  # fmt: skip
    for shift, covered in ((-1e-3, False), (1e-3, True)):
        (row,) = ask(hub_cakupan, f"baris {{ {ROW} }}", (meter + shift) / 1000, kode)["baris"]
        assert row["tercakup"] is covered


def test_gaps_are_listed_with_what_is_nearest_to_them(hub_cakupan: Client) -> None:
    selection = f"""{ANGKA} semua: baris {{ {ROW} }} celah: baris(hanya: CELAH, urut: JARAK) {{ {ROW} }}
      cakup: baris(hanya: TERCAKUP) {{ {ROW} }} buta: baris(hanya: TANPA_TITIK) {{ {ROW} }}
      tiga: baris(hanya: CELAH, urut: JARAK, first: 3) {{ {ROW} }} berat: baris(urut: BOBOT, first: 5) {{ {ROW} }} nol: baris(first: 0) {{ tercakup }}"""
    x = ask(hub_cakupan, selection, 4, b=OPEN, p=PERIODE)
    kode = {k: [b["desa"]["kode"] for b in x[k]] for k in ("semua", "celah", "cakup", "buta")}
    assert sorted(kode["celah"] + kode["cakup"] + kode["buta"]) == kode["semua"] == sorted(kode["semua"])
    assert tuple(kode["buta"]) == data.WITHOUT_BATAS
    distances = [b["jarakKm"] for b in x["celah"]]
    assert distances == sorted(distances, reverse=True)
    assert min(distances) >= 4
    assert all(b["terdekat"] for b in x["celah"])
    assert x["tiga"] == x["celah"][:3]
    assert x["nol"] == []
    weights = [b["bobot"] or 0 for b in x["semua"]]
    assert [b["bobot"] for b in x["berat"]] == sorted(weights, reverse=True)[:5]


def test_the_nearest_is_found_however_far_it_is(hub_cakupan: Client) -> None:
    """A kind that stands nowhere near: farther away than what is read around a region."""
    x = ask(hub_cakupan, f"desaTercakup baris(first: 3) {{ {ROW} }}", 5, "53.14.04", j=["SLRT"])
    assert x["desaTercakup"] == 0
    assert [b["terdekat"]["id"][:5] for b in x["baris"]] == ["36.73"] * 3
    assert all(1_900 < b["jarakKm"] < 2_000 for b in x["baris"])
    empty = ask(hub_cakupan, f"desaTercakup sumberDaya area baris(first: 1) {{ {ROW} }}", 5, "53.14.04", j=["LK3"])
    assert (empty["desaTercakup"], empty["sumberDaya"], empty["area"]) == (0, 0, None)
    assert empty["baris"][0]["terdekat"] is None


# ---------- who counts ----------


def test_each_resource_counts_once_and_those_that_are_not_there_do_not(hub_cakupan: Client) -> None:
    selection = (
        "sumberDaya sumberDayaLuar sumberDayaTanpaTitik sumberDayaTidakIkut perWilayah(tingkat: DESA) { sumberDaya }"
    )
    x = ask(hub_cakupan, selection, 8)
    ((count, at_desa_point),) = hub_cakupan.sql(
        f"WITH {PRESENT} SELECT count(*), count(*) FILTER (WHERE titik IS NULL) FROM s WHERE kode_kab = '53.14'",
        THREE_KINDS,
        "",
    )
    assert (x["sumberDaya"], x["sumberDayaTanpaTitik"]) == (count, at_desa_point)
    ((outside,),) = hub_cakupan.sql(
        f"""WITH {PRESENT} SELECT count(*) FROM s WHERE kode_kab <> '53.14' AND EXISTS (
          SELECT 1 FROM d WHERE ST_Distance(d.letak, s.letak) <= 8000)""",
        THREE_KINDS, "53.14.",
    )  # fmt: skip
    assert x["sumberDayaLuar"] == outside == 1  # two stand across the border
    ((secret, without),) = hub_cakupan.sql(
        """SELECT count(*) FILTER (WHERE rahasia), count(*) FILTER (WHERE NOT rahasia AND kode_desa = ANY(%s)) FROM sumber_daya
          WHERE titik IS NULL AND kode_kab = '53.14' AND jenis = ANY(%s)""",
        list(data.WITHOUT_BATAS), THREE_KINDS,
    )  # fmt: skip
    assert x["sumberDayaTidakIkut"] == without == 1  # to the public there is no shelter
    for as_whom, seen in (("53.14", secret + without), ("53", secret + without), ("53.99", without), ("36", without)):
        assert ask(hub_cakupan, selection, 8, as_whom=as_whom)["sumberDayaTidakIkut"] == seen
    assert sum(w["sumberDaya"] for w in x["perWilayah"]) == x["sumberDaya"]
    assert ask(hub_cakupan, selection, 8, j=[*THREE_KINDS, *THREE_KINDS]) == x


def test_resources_across_the_border_count(hub_cakupan: Client) -> None:
    x = ask(hub_cakupan, f"desaTercakup baris {{ {ROW} }}", 8)
    outside = [b for b in x["baris"] if b["terdekat"] and b["terdekat"]["id"].startswith(data.OUTSIDE)]
    assert outside
    assert any(b["tercakup"] for b in outside)


def test_expired_and_full_ones_are_left_out_on_request(hub_cakupan: Client) -> None:
    def counted(kind: str, **more: Any) -> int:
        count: int = ask(hub_cakupan, "sumberDaya", j=[kind], **more)["sumberDaya"]
        return count

    assert counted("KARANG_TARUNA") - counted("KARANG_TARUNA", berlaku=True) == 1  # its decree has run out
    ((terdaftar,),) = (
        hub_cakupan.sql("""SELECT count(*) FROM surat_sumber_daya WHERE jenis = 'TANDA_DAFTAR' AND kode_kab = '53.14'
      AND coalesce(sampai, 'infinity') > current_date""")
    )
    assert counted("LKS", berlaku=True) == terdaftar < counted("LKS")  # most never were registered
    assert counted("PANTI", berlaku=True) == counted("PANTI")  # nobody ever gave them a paper that could run out
    ((expected,),) = (
        hub_cakupan.sql("""SELECT count(*) FROM sumber_daya s LEFT JOIN batas b ON b.kode = s.kode_desa AND b.sampai IS NULL
      WHERE s.jenis = 'PANTI' AND s.kode_kab = '53.14' AND s.hari_terakhir >= current_date AND s.sejak <= current_date
      AND coalesce(s.titik, b.titik) IS NOT NULL AND coalesce(klien, coalesce(klien_l, 0) + coalesce(klien_p, 0)) < daya_tampung""")
    )
    assert counted("PANTI", sisa=True, as_whom="53.14") == expected < counted("PANTI")


@pytest.mark.parametrize("as_whom", [None, "53.99", "36"])
def test_which_home_is_full_tells_whom_it_serves(hub_cakupan: Client, as_whom: str | None) -> None:
    """So the question is one for those who may know."""
    (error,) = hub_cakupan.errors(
        CAKUPAN % "sumberDaya", {"j": THREE_KINDS, "km": 6, "w": "53.14", "sisa": True}, as_whom
    )
    assert error["extensions"]["kode"] == "TIDAK_BERWENANG"
    assert "dayaTersisa" in error["message"]
    proposal = '{ usulanLokasi(jenis: [PANTI], jarakKm: 6, wilayah: "53.14", dayaTersisa: true) { urutan } }'
    assert hub_cakupan.errors(proposal, None, as_whom)[0]["extensions"]["kode"] == "TIDAK_BERWENANG"
    response = hub_cakupan.get("/geojson/cakupan?jenis=PANTI&jarakKm=6&wilayah=53.14&dayaTersisa=true")
    assert response.status_code == 403


def test_a_shelter_is_nobodys_nearest_and_in_no_circle(hub_cakupan: Client) -> None:
    ((desa, lon, lat),) = hub_cakupan.sql("SELECT s.kode_desa, ST_X(b.titik), ST_Y(b.titik) FROM sumber_daya s JOIN batas b ON b.kode = s.kode_desa AND b.sampai IS NULL WHERE s.rahasia")  # fmt: skip
    for as_whom in (None, "53.14", "53"):
        x = ask(hub_cakupan, f"area baris {{ {ROW} }}", 0.05, desa, as_whom, j=["RUMAH_SINGGAH"])
        assert not x["baris"][0]["tercakup"]
        if x["area"] is not None:
            assert not shapely.from_geojson(json.dumps(x["area"])).contains(shapely.Point(lon, lat))
    rows = ask(hub_cakupan, f"baris {{ {ROW} }}", j=["RUMAH_SINGGAH"])["baris"]
    assert uuid_of(40) not in json.dumps(rows)


# ---------- weights ----------


def agregat(hub_cakupan: Client, elemen: str, as_whom: str | None, wilayah: str) -> dict[str, tuple[Any, str]]:
    """By today's borders: a kecamatan of Rote is younger than the period."""
    figures = hub_cakupan.ask(
        f'''{{ agregat(elemen: ["{elemen}"], periode: ["{PERIODE}"], wilayah: "{wilayah}", tingkat: DESA, wilayahPada: "{date.today()}") {{
          wilayah {{ kode }} nilai status }} }}''',
        None, as_whom,
    )["agregat"]  # fmt: skip
    return {a["wilayah"]["kode"]: (a["nilai"], a["status"]) for a in figures}


@pytest.mark.parametrize("as_whom", [None, "53.14", "53.99", "53", "36", ""])
@pytest.mark.parametrize("elemen", [OPEN, SENSITIVE, "WIL04", "BAN01"])
def test_everybody_sees_the_weights_that_agregat_shows(hub_cakupan: Client, elemen: str, as_whom: str | None) -> None:
    wilayah = "53"
    expected = agregat(hub_cakupan, elemen, as_whom, wilayah)
    x = ask(hub_cakupan, f"{ANGKA} periode baris {{ {ROW} }}", 6, wilayah, as_whom, b=elemen, p=PERIODE)
    assert {b["desa"]["kode"]: (b["bobot"], b["statusBobot"]) for b in x["baris"]} == expected
    known = {k: n for k, (n, _) in expected.items() if n is not None}
    assert x["bobot"] == (sum(known.values()) if known else None)
    assert x["desaTanpaBobot"] == len(expected) - len(known)
    covered = [known[b["desa"]["kode"]] for b in x["baris"] if b["tercakup"] and b["desa"]["kode"] in known]
    assert x["bobotTercakup"] == (sum(covered) if known else None)
    blind = sum(n for k, n in known.items() if k in data.WITHOUT_BATAS)
    assert x["bobotTanpaTitik"] == (blind if known else None)
    assert x["persenBobot"] == (
        round(100 * sum(covered) / (x["bobot"] - blind), 2) if known and x["bobot"] > blind else None
    )
    if elemen == OPEN:
        assert any(n for k, n in known.items() if k.startswith("53.14.11."))  # younger than the period, and traced back
    statuses = {s for _, s in expected.values()}
    assert x["statusBobot"] == (
        ("ADA" if x["bobot"] else "NOL") if known else statuses.pop() if len(statuses) == 1 else "TIDAK_ADA_DATA"
    )


def test_what_the_public_may_not_see_is_said_and_never_nought(hub_cakupan: Client) -> None:
    public = ask(hub_cakupan, f"{ANGKA} periode perWilayah(tingkat: KECAMATAN) {{ bobot statusBobot desaTanpaBobot }} baris {{ {ROW} }}", b=SENSITIVE, p=PERIODE)  # fmt: skip
    assert (public["bobot"], public["bobotTercakup"], public["persenBobot"], public["statusBobot"]) == (
        None,
        None,
        None,
        "DISUPRESI",
    )
    assert public["desaTanpaBobot"] == public["jumlahDesa"]
    assert {(b["bobot"], b["statusBobot"]) for b in public["baris"]} == {(None, "DISUPRESI")}
    assert {(w["bobot"], w["statusBobot"]) for w in public["perWilayah"]} == {(None, "DISUPRESI")}
    office = ask(hub_cakupan, ANGKA, b=SENSITIVE, p=PERIODE, as_whom="53.14")
    assert office["bobot"] > office["bobotTercakup"] > 0


def test_without_a_period_the_newest_approved_one_is_taken(hub_cakupan: Client) -> None:
    x = ask(hub_cakupan, f"periode {ANGKA}", b="REH09")
    assert (x["periode"], x["statusBobot"]) == ("2020", "ADA")
    assert x["bobot"] == hub_cakupan.ask('{ agregat(elemen: ["REH09"], periode: ["2020"], wilayah: "53.14", tingkat: KABUPATEN) { nilai } }')["agregat"][0]["nilai"]  # fmt: skip
    empty = ask(hub_cakupan, f"periode {ANGKA}", b="WIL01", wilayah="36.73")
    assert (empty["periode"], empty["bobot"], empty["statusBobot"]) == (None, None, "TIDAK_ADA_DATA")


def test_parts_add_up_to_the_whole(hub_cakupan: Client) -> None:
    selection = f"{ANGKA} kab: perWilayah(tingkat: KABUPATEN) {{ wilayah {{ kode }} {ANGKA} }} kec: perWilayah(tingkat: KECAMATAN) {{ wilayah {{ kode }} {ANGKA} }} desa: perWilayah(tingkat: DESA) {{ wilayah {{ kode }} {ANGKA} }}"
    x = ask(hub_cakupan, selection, 6, "53", b=OPEN, p=PERIODE)
    assert [w["wilayah"]["kode"] for w in x["kab"]] == ["53.14", "53.99"]
    assert len(x["kec"]) == 12
    for part in ("kab", "kec", "desa"):
        for k in (
            "jumlahDesa",
            "desaTanpaTitik",
            "desaTercakup",
            "desaTanpaBobot",
            "bobot",
            "bobotTercakup",
            "sumberDaya",
        ):
            assert sum(w[k] or 0 for w in x[part]) == x[k], (part, k)
    one = ask(hub_cakupan, ANGKA, 6, "53.14", b=OPEN, p=PERIODE)
    assert {k: v for k, v in x["kab"][0].items() if k != "wilayah"} == one
    assert hub_cakupan.errors(CAKUPAN % "perWilayah(tingkat: KABUPATEN) { bobot }", {"j": THREE_KINDS, "km": 5, "w": "53.14.04"})[0]["extensions"]["kode"] == "MASUKAN_TIDAK_SAH"  # fmt: skip


def test_decimals_are_added_exactly(hub_cakupan: Client) -> None:
    hub_cakupan.sql("UPDATE angka SET nilai = nilai + 0.1 WHERE elemen = 'REH10' AND periode = '2021'")
    try:
        x = ask(hub_cakupan, f"{ANGKA} baris {{ {ROW} }}", b=SENSITIVE, p=PERIODE, as_whom="53")
        expected = sum(Decimal(str(b["bobot"])) for b in x["baris"] if b["bobot"] is not None)
        assert Decimal(str(x["bobot"])) == expected
    finally:
        hub_cakupan.sql("UPDATE angka SET nilai = nilai - 0.1 WHERE elemen = 'REH10' AND periode = '2021'")


# ---------- free capacity as a limit ----------


@pytest.mark.parametrize("only_free", [False, True])
def test_access_is_the_two_step_formula_with_neighbours_on_both_sides(hub_cakupan: Client, only_free: bool) -> None:
    """Written down in SQL, pair by pair; desa across the border compete, resources across the border serve."""
    condition = (
        "AND coalesce(s.klien, coalesce(s.klien_l, 0) + coalesce(s.klien_p, 0)) < s.daya_tampung" if only_free else ""
    )
    clients = "coalesce(s.klien, coalesce(s.klien_l, 0) + coalesce(s.klien_p, 0))" if only_free else "0"
    near = hub_cakupan.sql(
        f"""WITH {PRESENT} SELECT s.kunci, (s.daya_tampung - {clients})::float, d.kode FROM s JOIN d ON ST_Distance(s.letak, d.letak) <= 6000
          WHERE true {condition}""",
        THREE_KINDS, "53.",
    )  # fmt: skip
    weights = {k: n for k, (n, _) in agregat(hub_cakupan, OPEN, "53" if only_free else None, "53").items()}
    needs: dict[str, float] = defaultdict(float)
    known: dict[str, bool] = defaultdict(lambda: True)
    for source, _, desa in near:
        needs[source] += weights[desa] or 0
        known[source] &= weights[desa] is not None
    expected: dict[str, float] = defaultdict(float)
    complete: dict[str, bool] = defaultdict(lambda: True)
    for source, capacity, desa in near:
        expected[desa] += capacity / needs[source] if needs[source] else 0
        complete[desa] &= known[source]
    x = ask(
        hub_cakupan, f"baris {{ {ROW} }}", 6, b=OPEN, p=PERIODE, sisa=only_free, as_whom="53" if only_free else None
    )
    for row in x["baris"]:
        kode = row["desa"]["kode"]
        if kode in data.WITHOUT_BATAS:
            assert (row["keterjangkauan"], row["keterjangkauanLengkap"]) == (None, None)
        else:
            assert row["keterjangkauan"] == pytest.approx(expected[kode], abs=1e-6)
            assert row["keterjangkauanLengkap"] is complete[kode]
    assert {bool(b["keterjangkauan"]) for b in x["baris"]} == set(complete.values()) == {True, False}
    assert any(k.startswith(data.OUTSIDE) for _, _, k in near if k in expected)  # they compete
    assert {b["keterjangkauan"] for b in ask(hub_cakupan, f"baris {{ {ROW} }}")["baris"]} == {None}  # without a weight


# ---------- what is asked wrongly ----------


def test_everything_that_is_wrong_is_said_at_once(hub_cakupan: Client) -> None:
    (error,) = hub_cakupan.errors(
        '{ cakupan(jenis: [], jarakKm: 501, wilayah: "53.1", bobot: "REH01") { jumlahDesa } }'
    )
    assert error["extensions"]["kode"] == "MASUKAN_TIDAK_SAH"
    for word in ("jenis", "jarakKm", "53.1", "REH01"):
        assert word.casefold() in error["message"].casefold()


@pytest.mark.parametrize(
    ("arguments", "kode"),
    [
        ('jenis: [PANTI], jarakKm: 5, wilayah: "53.77"', "TIDAK_DIKENAL"),
        ('jenis: [PANTI], jarakKm: 5, wilayah: "53.14", bobot: "WIL99"', "TIDAK_DIKENAL"),
        ('jenis: [PANTI], jarakKm: 5, wilayah: "53.14", periode: "2020"', "MASUKAN_TIDAK_SAH"),
        ('jenis: [PANTI], jarakKm: 0, wilayah: "53.14"', "MASUKAN_TIDAK_SAH"),
        ('jenis: [PANTI], jarakKm: -1, wilayah: "53.14"', "MASUKAN_TIDAK_SAH"),
    ],
)
def test_what_cannot_be_answered_is_refused(hub_cakupan: Client, arguments: str, kode: str) -> None:
    (error,) = hub_cakupan.errors(f"{{ cakupan({arguments}) {{ jumlahDesa }} }}")
    assert error["extensions"]["kode"] == kode


# ---------- changes ----------


def test_a_change_is_in_the_very_next_answer(hub_cakupan: Client) -> None:
    kode = data.WITHOUT_BATAS[0][:8]
    before = ask(hub_cakupan, ANGKA, 3, kode)
    assert ask(hub_cakupan, ANGKA, 3, kode) == before
    save = """mutation ($m: SumberDayaMasukan!) { simpanSumberDaya(masukan: $m) { __typename ... on SumberDayaTersimpan {
      sumberDaya { id versi desa { kode } } } } }"""
    ((desa, lon, lat),) = hub_cakupan.sql("SELECT kode, ST_X(titik), ST_Y(titik) FROM batas WHERE starts_with(kode, %s) AND tingkat = 4 AND sampai IS NULL ORDER BY kode DESC LIMIT 1", kode)  # fmt: skip
    given = {"jenis": "LKS", "nama": "LKS Baru", "pemilik": "MASYARAKAT", "desa": desa, "sejak": "2020-01-01",
               "titik": {"type": "Point", "coordinates": [lon, lat]}}  # fmt: skip
    saved = hub_cakupan.ask(save, {"m": given}, "53.14")["simpanSumberDaya"]
    assert saved["__typename"] == "SumberDayaTersimpan"
    after = ask(hub_cakupan, ANGKA, 3, kode)
    assert after["sumberDaya"] == before["sumberDaya"] + 1
    hub_cakupan.ask(
        save, {"m": {**given, "id": saved["sumberDaya"]["id"], "versi": 1, "sampai": "2020-02-01"}}, "53.14"
    )
    assert ask(hub_cakupan, ANGKA, 3, kode) == before


def test_a_boundary_that_somebody_else_changes_is_noticed(hub_cakupan: Client) -> None:
    before = ask(hub_cakupan, ANGKA, 6)["desaTanpaTitik"]
    hub_cakupan.sql("UPDATE batas SET sampai = current_date WHERE kode = '53.14.04.2001' AND sampai IS NULL")
    try:
        deadline = time.monotonic() + 5
        while ask(hub_cakupan, ANGKA, 6)["desaTanpaTitik"] == before:
            assert time.monotonic() < deadline
            time.sleep(0.02)
        assert ask(hub_cakupan, ANGKA, 6)["desaTanpaTitik"] == before + 1
    finally:
        hub_cakupan.sql("UPDATE batas SET sampai = NULL WHERE kode = '53.14.04.2001' AND sampai = current_date")
