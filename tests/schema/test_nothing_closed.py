"""Whoever may not see a closed figure or a shelter meets it nowhere: not in any field of the schema, not at any address, not
in any table. The same questions asked by those who may find all of it, so that not finding means something."""

import gzip
import re
import struct
from collections.abc import Iterator
from itertools import product

import psycopg
import pytest
from graphql import GraphQLSchema

from hub.db.private_cluster import PrivateCluster
from tests.client import Client
from tests.database_clones import clone_of
from tests.db.roles import take_role
from tests.hub_server import serve
from tests.katalog.spoilt_katalog import broken, elemen, install
from tests.released import release_as_it_is
from tests.schema.closed_figures import DESA, KAB, KEC, MARKS, OPEN, PANTI, PERIODE, PROV, SHELTER, SLRT, build
from tests.schema.field_walk import VALUES, relations

OUTSIDERS = [None, "53.15", "36"]  # the public, a neighbour, another province
_ELEMEN = ["KTK01", "KTK02", "KTK06", "PPK01", "LEM04", "LEM07", "BEN02", "BEN06", "WIL03", "KIN02", "KIN07", "BAN08"]
_ELEMEN_LIST = "[" + ", ".join(f'"{e}"' for e in _ELEMEN) + "]"
_ANGKA = "elemen { kode } rincian { rincian pilihan } nilai tertulis status terdaftar selisihTerdaftar kelengkapan { persen }"


@pytest.fixture(scope="module")
def full(cluster: PrivateCluster, templates: dict[str, str]) -> Iterator[Client]:
    """A demo full of what must not be seen."""
    for url in clone_of(cluster, templates["contoh"]):
        for client in serve(url):
            build(client)
            yield client


@pytest.fixture(scope="module")
def question(full: Client, schema: GraphQLSchema) -> list[str]:
    """Every relation of the schema where the planted things are, and the figures by every way there is to ask for them."""
    (wksbm,) = full.sql("SELECT kode_kab || ':' || id FROM wksbm WHERE kode_kab = %s ORDER BY kode_desa LIMIT 1", KAB)
    values = {
        **VALUES, "elemen": _ELEMEN_LIST, "periode": f'["{PERIODE}"]', "Query.sumberDaya.id": f'"{KAB}:{SHELTER}"',
        "Query.wksbm.id": f'"{wksbm[0]}"', "Query.rekap.id": f'"{KAB}:F06:{PERIODE}"', "Query.desa.kode": f'"{DESA}"',
        "Query.cakupan.jenis": "[RUMAH_SINGGAH, PANTI, SLRT]", "Query.cakupan.bobot": '"BEN02"', "Query.cakupan.periode": f'"{PERIODE}"',
        "Query.usulanLokasi.jenis": "[RUMAH_SINGGAH]", "Query.usulanLokasi.bobot": '"WIL03"',
        "Query.usulanLokasi.periode": f'"{PERIODE}"', "Query.indikator.kode": '["I06", "I05.SPM", "I10", "I12"]',
        "Query.capaianKinerja.tahun": PERIODE,
        "Query.daftarRekap.saring": f'{{pelapor: ["{KAB}"], periode: ["{PERIODE}"]}}',
        "Query.daftarSumberDaya.saring": f'{{di: "{DESA}"}}',
        "Query.daftarSumberDaya.first": "200", "Query.daftarWksbm.first": "200",
        "Query.jelaskanAngka.elemen": '"KTK01"', "Query.jelaskanAngka.periode": f'"{PERIODE}"',
    }  # fmt: skip
    (moment,) = full.sql("SELECT to_json(max(sampai) - interval '1 microsecond') #>> '{}' FROM angka_riwayat")
    return [*relations(schema, values), *_figures(moment[0]), *_resources(wksbm[0])]


def _figures(moment: str) -> Iterator[str]:
    common = f'elemen: {_ELEMEN_LIST}, periode: ["{PERIODE}"]'
    rincian = ("", 'rincian: ["jenis_ppks"]', 'rincian: ["jenis_ppks", "JK"]', 'rincian: ["sasaran_layanan"]', 'rincian: ["JK"]',
               'rincian: ["sebab"]', 'rincian: ["indikator"]', 'rincian: ["sasaran_kinerja"]', 'rincian: ["alasan_graduasi"]')  # fmt: skip
    times = ("", f'pada: "{moment}"', 'wilayahPada: "2025-06-01"')
    for wilayah, level in ((PROV, "PROVINSI"), (PROV, "KABUPATEN"), (KAB, "KECAMATAN"), (KEC, "DESA")):
        for r, w in product(rincian, times):
            yield f'{{ agregat({common}, wilayah: "{wilayah}", tingkat: {level} {r} {w}) {{ {_ANGKA} }} }}'
        if level != "DESA":
            for w in times[:2]:
                yield (
                    f'{{ indikator(kode: ["I06", "I05.SPM", "I10", "I12", "I13.pemutakhiran"], periode: ["{PERIODE}"], wilayah: "{wilayah}", '
                    f"tingkat: {level} {w}) {{ nilai pembilang penyebut status }} }}"
                )
    for wilayah in (PROV, KAB):
        yield (
            f'{{ capaianKinerja(wilayah: "{wilayah}", tahun: {PERIODE}) {{ nilai predikat sasaran {{ nama nilai predikat tertulis indikator '
            "{ target realisasi capaian predikat perTriwulan } } } }"
        )
    yield from _proofs(moment)
    for e in ("BEN02", "BEN06", "WIL03"):
        yield (
            f'{{ cakupan(jenis: [PUSKESOS], jarakKm: 9, wilayah: "{KAB}", bobot: "{e}", periode: "{PERIODE}") '
            "{ bobot bobotTercakup baris { bobot statusBobot } perWilayah(tingkat: KECAMATAN) { bobot bobotTercakup } } }"
        )
    yield (
        f'{{ rekap(id: "{KAB}:F06:{PERIODE}") {{ nilai {{ nilai }} lama: nilai(revisi: 1) {{ nilai }} beda {{ baru }} semula: beda(dari: 2, ke: 1) {{ lama baru }} totalTertulis {{ tertulis dihitung '
        "selisih } temuan { pesan nilai } riwayat { aksi alasan } } }"
    )


def _proofs(moment: str) -> Iterator[str]:
    chosen = {
        "PPK01": [("jenis_ppks", "16"), ("jenis_ppks", "1")],
        "LEM04": [("sasaran_layanan", "anak")],
        "BAN08": [("alasan_graduasi", "mandiri")],
    }
    of_elements = [(e, "") for e in _ELEMEN]
    of_elements += [
        (e, f'rincian: [{{rincian: "{r}", pilihan: "{p}"}}]') for e, choices in chosen.items() for r, p in choices
    ]
    achieved = [("I10", f'rincian: [{{rincian: "indikator", pilihan: "{i}"}}]') for i in ("I06", "KTK01", "PPK01")]
    of_indicators = [(i, "") for i in ("I06", "I05.SPM", "I12", "I13.pemutakhiran")] + achieved
    for wilayah in (PROV, KAB, KEC, DESA):
        for (e, r), p in product([*of_elements, *of_indicators], ("", f'pada: "{moment}"')):
            yield (
                f'{{ jelaskanAngka(elemen: "{e}", periode: "{PERIODE}", wilayah: "{wilayah}" {r} {p}) {{ cara baris {{ nilai tertulis status }} '
                "indikator { nilai pembilang penyebut status } asal { nilai tertulis status rincian { pilihan } } belumAda { kode } } }"
            )


def _resources(wksbm: str) -> Iterator[str]:
    shelter = f"{KAB}:{SHELTER}"
    selection = "__typename id nama alamat sumber surat { nomor } riwayat { versi perubahan { isian lama baru } } ... on RumahSinggah { klienL klienP jumlahKlien dayaTampung sasaran } ... on Panti { klien sisaDaya klienL klienP jumlahKlien }"
    yield f'{{ sumberDaya(id: "{shelter}") {{ {selection} }} }}'
    yield f'{{ sumberDaya(id: "{KAB}:{PANTI}") {{ {selection} }} }}'
    for type_name in ("RumahSinggah", "Panti"):
        yield f'{{ _entities(representations: [{{__typename: "{type_name}", id: "{shelter}"}}]) {{ __typename ... on RumahSinggah {{ id nama klienL }} }} }}'
    yield f'{{ daftarSumberDaya(first: 200, saring: {{di: "{KAB}"}}) {{ totalCount edges {{ node {{ {selection} }} }} }} }}'
    yield f'{{ desa(kode: "{DESA}") {{ sumberDaya {{ {selection} }} }} }}'
    yield f'{{ sumberDayaTakTerhubung(wilayah: "{KAB}", first: 200) {{ edges {{ node {{ {selection} }} }} }} }}'
    yield (
        f'{{ wksbm(id: "{wksbm}") {{ hubungan {{ id jenis tujuan {{ __typename ... on RumahSinggah {{ id nama }} }} }} '
        "riwayat { perubahan { isian lama baru } } } }"
    )


def _addresses() -> Iterator[str]:
    for wilayah, level in ((PROV, "KABUPATEN"), (KAB, "KECAMATAN"), (KEC, "DESA")):
        for e in _ELEMEN:
            for r in ("", "&rincian=jenis_ppks:16", "&rincian=jenis_ppks:1") if e == "PPK01" else ("",):
                query = f"elemen={e}&periode={PERIODE}&wilayah={wilayah}&tingkat={level}{r}"
                yield from (f"/angka.json?{query}", f"/geojson/angka?{query}", f"/gaya/angka.json?{query}")
                yield f"/ubin/angka/7/107/67.mvt?{query}"
            for r in ("", "&rincian=jenis_ppks") if e == "PPK01" else ("",):
                yield f"/tabel.csv?elemen={e}&periode={PERIODE}&wilayah={wilayah}&tingkat={level}{r}"
        query = f"indikator=I06&periode={PERIODE}&wilayah={wilayah}&tingkat={level}"
        yield from (f"/angka.json?{query}", f"/geojson/angka?{query}", f"/tabel.csv?{query}") if level != "DESA" else ()
    for layer in ("sumber-daya", "wksbm", "wilayah"):
        yield from (f"/geojson/{layer}", f"/gaya/{layer}.json", f"/ubin/{layer}.json")
        for z, x, y in ((0, 0, 0), (5, 26, 16), (7, 107, 67), (9, 431, 271), (11, 1724, 1085)):
            yield f"/ubin/{layer}/{z}/{x}/{y}.mvt"
    query = f"jenis=RUMAH_SINGGAH&jarakKm=5&wilayah={KAB}"
    yield from (
        f"/geojson/cakupan?{query}",
        f"/ubin/cakupan/7/107/67.mvt?{query}",
        "/versi.json",
        "/sehat",
        "/siap",
        "/",
    )


def _seen(body: bytes) -> set[str]:
    """Which marks are in it: as text (a number not within another, or within an id), or as numbers of a tile."""
    if body[:2] == b"\x1f\x8b":
        body = gzip.decompress(body)
    return {t for t in MARKS if (_number_in(t, body) if t[0].isdigit() else t.encode() in body)}


def _number_in(mark: str, body: bytes) -> bool:
    digits = mark.encode()
    # plain search first: nearly every mark is in nearly no body, and an expression takes a hundred times as long to say so
    if digits in body and re.search(rb"(?<![0-9a-f.-])" + re.escape(digits) + rb"(?![0-9a-f-])", body):
        return True
    return "-" not in mark and struct.pack("<d", float(mark)) in body


@pytest.mark.parametrize("as_whom", OUTSIDERS)
def test_no_field_of_the_schema_tells(full: Client, question: list[str], as_whom: str | None) -> None:
    leaks, wrong = {}, {}
    assert len(question) > 300
    if (
        as_whom is not None
    ):  # the public asks all of it; the two other outsiders, who are outsiders by the same rule, half of it each
        question = question[as_whom == "36" :: 2]
    for d in question:
        response = full.send(d, None, as_whom)
        errors = {g["extensions"]["kode"] for g in response.json().get("errors", [])} - {
            "TIDAK_BERWENANG",
            "TIDAK_DIKENAL",
        }
        if seen := _seen(response.content):
            leaks[d] = seen
        if errors:
            wrong[d] = errors
    assert leaks == {}
    assert wrong == {}


def test_those_who_may_see_it_find_all_of_it(full: Client, question: list[str]) -> None:
    """So the questions do go where these things are."""
    found: set[str] = set()
    for d in question:
        found |= _seen(full.send(d, None, KAB).content)
    # but for the province's own statement, and totals of several elements together, which no field shows
    assert found >= set(MARKS) - {"770032", "3.3773032", "770053", "770054"}


def test_what_is_open_stays_open(full: Client) -> None:
    query = f"""{{ agregat(elemen: ["PPK01"], periode: ["{PERIODE}"], wilayah: "{KAB}", tingkat: KABUPATEN, rincian: ["jenis_ppks"]) {{
      rincian {{ pilihan }} nilai status }} }}"""
    assert full.ask(query)["agregat"] == [
        {"rincian": [{"pilihan": "1"}], "nilai": OPEN, "status": "ADA"},
        {"rincian": [{"pilihan": "16"}], **CLOSED},  # that there are some is told, as of every figure that is hidden
    ]
    slrt = f'{{ sumberDaya(id: "{KAB}:{SLRT}") {{ ... on Slrt {{ pengaduanMasuk pengaduanSelesai }} }} }}'
    assert full.ask(slrt)["sumberDaya"] == {"pengaduanMasuk": None, "pengaduanSelesai": 12}
    assert full.ask(slrt, None, KAB)["sumberDaya"] == {"pengaduanMasuk": 3, "pengaduanSelesai": 12}


@pytest.mark.parametrize("as_whom", OUTSIDERS)
def test_no_address_tells(full: Client, as_whom: str | None) -> None:
    headers = {} if as_whom is None else {"Authorization": f"Bearer {full.token(as_whom)}"}
    leaks = {}
    for path in _addresses():
        response = full.get(path, headers=headers)
        assert response.status_code in (200, 204), (path, response.text)
        if seen := _seen(response.content):
            leaks[path] = seen
    assert leaks == {}


def test_the_addresses_go_where_the_figures_are(full: Client) -> None:
    headers = {"Authorization": f"Bearer {full.token(KAB)}"}
    for prefix in ("/angka.json", "/geojson/angka", "/ubin/angka", "/tabel.csv"):
        seen: set[str] = set()
        for path in _addresses():
            if path.startswith(prefix):
                seen |= _seen(full.get(path, headers=headers).content)
        assert {"770001", "770002", "770011", "3.3773003"} <= seen, prefix


_TABLES = """
SELECT c.relname, string_agg(format('%%I', a.attname), ', ' ORDER BY a.attnum) FROM pg_class c
JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'v', 'm')
  AND has_column_privilege(%s, c.oid, a.attnum, 'SELECT') GROUP BY c.relname"""


@pytest.mark.parametrize(("role", "wilayah"), [("hub_publik", ""), ("hub_kabupaten", "53.15"), ("hub_provinsi", "36")])
def test_plain_sql_finds_nothing(full: Client, role: str, wilayah: str) -> None:
    assert _by_sql(full, role, wilayah) == {}


def test_plain_sql_of_its_own_office_finds_it(full: Client) -> None:
    seen = _by_sql(full, "hub_kabupaten", KAB)
    assert {"angka", "angka_riwayat_terbaca", "rekap_nilai", "rekap_total", "sumber_daya", "sumber_daya_terbaca",
            "sumber_daya_riwayat", "surat_sumber_daya", "hubungan_wksbm"} <= seen.keys()  # fmt: skip


def _by_sql(full: Client, role: str, wilayah: str) -> dict[str, set[str]]:
    """Table or view → the marks in whatever of it that role may read."""
    leaks = {}
    with psycopg.connect(full.url) as conn:
        take_role(conn, role, wilayah)
        tables = conn.execute(_TABLES, (role,)).fetchall()
        assert len(tables) > 30
        for name, columns in tables:
            rows = conn.execute(f"SELECT concat_ws('|', {columns}) FROM {name}").fetchall()
            if seen := _seen("\n".join(t for (t,) in rows).encode()):
                leaks[name] = seen
    return leaks


CLOSED = {"nilai": None, "status": "DISUPRESI"}
NOTHING = {"nilai": None, "status": "TIDAK_ADA_DATA"}


def _agregat(
    full: Client, elemen: str, wilayah: str, level: str, as_whom: str | None = None, more: str = ""
) -> list[dict[str, object]]:
    query = f'{{ agregat(elemen: ["{elemen}"], periode: ["{PERIODE}"], wilayah: "{wilayah}", tingkat: {level} {more}) {{ nilai status }} }}'
    rows: list[dict[str, object]] = full.ask(query, None, as_whom)["agregat"]
    return rows


@pytest.mark.parametrize("more", ["", 'wilayahPada: "2025-06-01"'])
def test_what_is_closed_says_so_and_why_is_not_told(full: Client, more: str) -> None:
    """By level whether or not there is anything; what was released hidden where it was; a sum with a closed part is closed."""
    for kode, wilayah, level, some in (
        ("KTK01", PROV, "PROVINSI", False), ("KTK01", PROV, "KABUPATEN", True), ("KTK01", KAB, "KECAMATAN", False),
        ("KTK01", KEC, "DESA", False), ("PPK01", KAB, "KECAMATAN", True), ("PPK01", KEC, "DESA", False),
    ):  # fmt: skip
        rows = _agregat(full, kode, wilayah, level, more=more)
        # two kecamatan of that later day are made of desa, whose figures are closed by their level
        hidden = 3 if more and level == "KECAMATAN" else 1
        assert [b for b in rows if b != CLOSED] == ([NOTHING] * (len(rows) - hidden) if some else []), (kode, level)
    assert _agregat(full, "BEN02", PROV, "PROVINSI", more=more) == [CLOSED]
    assert _agregat(full, "BEN02", KAB, "KABUPATEN", more=more) == [CLOSED]
    assert _agregat(full, "BEN02", KEC, "KECAMATAN", more=more) == [CLOSED]
    assert CLOSED in _agregat(full, "BEN02", KEC, "DESA", more=more)
    assert NOTHING in _agregat(full, "BEN02", KEC, "DESA", more=more)
    for as_whom, wilayah in ((KAB, KAB), (PROV, PROV)):
        level = "KABUPATEN" if as_whom == KAB else "PROVINSI"
        assert [b["status"] for b in _agregat(full, "BEN02", wilayah, level, as_whom, more)] == ["ADA"]
        assert [b["nilai"] for b in _agregat(full, "KTK01", wilayah, level, as_whom, more)] == [770_001]
    assert _agregat(full, "KTK01", PROV, "PROVINSI", KAB, more) == [
        CLOSED
    ]  # a sum of its own alone is not the province's


def test_what_is_made_of_closed_figures_is_closed(full: Client) -> None:
    query = f"""{{ i: indikator(kode: ["I06", "I05.SPM"], periode: ["{PERIODE}"], wilayah: "{KAB}", tingkat: KABUPATEN) {{
        kode nilai pembilang penyebut status }}
      d: desa(kode: "{DESA}") {{ nilai(elemen: ["BEN02", "KTK01"], periode: ["{PERIODE}"]) {{ nilai status }} }}
      c: cakupan(jenis: [PUSKESOS], jarakKm: 5, wilayah: "{DESA}", bobot: "BEN02", periode: "{PERIODE}") {{ bobot statusBobot }} }}"""
    public, office = full.ask(query), full.ask(query, None, KAB)
    (i06,) = (i for i in public["i"] if i["kode"] == "I06")
    assert i06 == {"kode": "I06", "nilai": None, "pembilang": None, "penyebut": None, "status": "DISUPRESI"}
    assert [i["pembilang"] for i in office["i"] if i["kode"] == "I06"] == [770_003]
    assert public["d"]["nilai"] == [CLOSED, CLOSED]
    assert public["c"] == {"bobot": None, "statusBobot": "DISUPRESI"}
    assert office["c"]["statusBobot"] == "ADA"


def test_a_closed_choice_on_the_map_is_closed_and_an_open_one_is_not(full: Client) -> None:
    address = f"/angka.json?elemen=PPK01&periode={PERIODE}&wilayah={PROV}&tingkat=KABUPATEN&rincian=jenis_ppks:"
    closed, opened = full.get(f"{address}16").json(), full.get(f"{address}1").json()
    assert [k for k, s in zip(closed["kode"], closed["status"], strict=True) if s == "DISUPRESI"] == [KAB]
    assert set(closed["status"]) == {"DISUPRESI", "TIDAK_ADA_DATA"}
    assert dict(zip(opened["kode"], opened["nilai"], strict=True))[KAB] == OPEN
    assert set(opened["status"]) == {"ADA", "TIDAK_ADA_DATA"}


def test_a_catalogue_that_closes_more_closes_what_is_stored(hub: Client) -> None:
    release_as_it_is(hub)
    kec = "53.14.01"
    ((figure,),) = hub.sql("SELECT nilai::int FROM angka WHERE elemen = 'BAN01' AND periode = '2020' AND kode_wilayah = %s AND dimensi = ''", kec)  # fmt: skip
    query = f"""{{ agregat(elemen: ["BAN01"], periode: ["2020"], wilayah: "{kec}", tingkat: KECAMATAN) {{ nilai status }}
      rekap(id: "53.14:F02:2020") {{ nilai {{ elemen {{ kode }} }} }} }}"""
    proof = f"""query ($n: DateTime!) {{ p: jelaskanAngka(elemen: "BAN01", periode: "2020", wilayah: "{kec}", pada: $n) {{
      baris {{ nilai status }} asal {{ nilai status rekap {{ id }} }} cara sidik }} }}"""
    ((moment,),) = hub.sql("SELECT to_json(clock_timestamp()) #>> '{}'")
    before, proved = hub.ask(query), hub.ask(proof, {"n": moment})["p"]
    assert before["agregat"] == [{"nilai": figure, "status": "ADA"}]
    assert [a["nilai"] for a in proved["asal"]] == [figure]
    install(hub.url, broken(lambda b: elemen(b, "BAN01").update(sensitif=3)))
    now = hub.ask(query)
    assert now["agregat"] == [CLOSED]
    withdrawn = hub.ask(proof, {"n": moment})["p"]  # what was known then is closed since, and it is said
    assert withdrawn["baris"] == CLOSED
    assert withdrawn["asal"] == [{**CLOSED, "rekap": proved["asal"][0]["rekap"]}]
    assert withdrawn["sidik"] != proved["sidik"]
    assert "ditarik" in withdrawn["cara"]
    assert "ditarik" not in proved["cara"]
    old, new = ({x["elemen"]["kode"] for x in j["rekap"]["nilai"]} for j in (before, now))
    assert old - new == {"BAN01"}
    assert hub.ask(query, None, "53.14")["agregat"] == [{"nilai": figure, "status": "ADA"}]
