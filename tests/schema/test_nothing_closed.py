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
from tests.client import Klien
from tests.database_clones import clone_of
from tests.db.roles import ambil_peran
from tests.hub_server import serve
from tests.katalog.spoilt_katalog import elemen, pasang, rusak
from tests.schema.closed_figures import DESA, KAB, KEC, PANTI, PERIODE, PROV, RUMAH, SLRT, TANDA, TERBUKA, susun
from tests.schema.field_walk import _ISI, relations

ORANG_LUAR = [None, "53.15", "36"]  # the public, a neighbour, another province
_ELEMEN = ["KTK01", "KTK02", "KTK06", "PPK01", "LEM04", "LEM07", "BEN02", "BEN06", "WIL03", "KIN02", "BAN08"]
_DAFTAR = "[" + ", ".join(f'"{e}"' for e in _ELEMEN) + "]"
_ANGKA = "elemen { kode } rincian { rincian pilihan } nilai tertulis status terdaftar selisihTerdaftar kelengkapan { persen }"


@pytest.fixture(scope="module")
def penuh(cluster: PrivateCluster, templates: dict[str, str]) -> Iterator[Klien]:
    """A demo full of what must not be seen."""
    for url in clone_of(cluster, templates["contoh"]):
        for klien in serve(url):
            susun(klien)
            yield klien


@pytest.fixture(scope="module")
def pertanyaan(penuh: Klien, skema: GraphQLSchema) -> list[str]:
    """Every relation of the schema where the planted things are, and the figures by every way there is to ask for them."""
    (wksbm,) = penuh.sql("SELECT kode_kab || ':' || id FROM wksbm WHERE kode_kab = %s ORDER BY kode_desa LIMIT 1", KAB)
    isi = {
        **_ISI, "elemen": _DAFTAR, "periode": f'["{PERIODE}"]', "Query.sumberDaya.id": f'"{KAB}:{RUMAH}"',
        "Query.wksbm.id": f'"{wksbm[0]}"', "Query.rekap.id": f'"{KAB}:F06:{PERIODE}"', "Query.desa.kode": f'"{DESA}"',
        "Query.cakupan.jenis": "[RUMAH_SINGGAH, PANTI, SLRT]", "Query.cakupan.bobot": '"BEN02"', "Query.cakupan.periode": f'"{PERIODE}"',
        "Query.usulanLokasi.jenis": "[RUMAH_SINGGAH]", "Query.usulanLokasi.bobot": '"WIL03"',
        "Query.usulanLokasi.periode": f'"{PERIODE}"', "Query.indikator.kode": '["I06", "I05.SPM", "I10", "I12"]',
        "Query.daftarRekap.saring": f'{{pelapor: ["{KAB}"], periode: ["{PERIODE}"]}}',
        "Query.daftarSumberDaya.saring": f'{{di: "{DESA}"}}',
        "Query.daftarSumberDaya.first": "200", "Query.daftarWksbm.first": "200",
    }  # fmt: skip
    (saat,) = penuh.sql("SELECT to_json(max(sampai) - interval '1 microsecond') #>> '{}' FROM angka_riwayat")
    return [*relations(skema, isi), *_figures(saat[0]), *_resources(wksbm[0])]


def _figures(saat: str) -> Iterator[str]:
    umum = f'elemen: {_DAFTAR}, periode: ["{PERIODE}"]'
    rincian = ("", 'rincian: ["jenis_ppks"]', 'rincian: ["jenis_ppks", "JK"]', 'rincian: ["sasaran_layanan"]', 'rincian: ["JK"]',
               'rincian: ["sebab"]', 'rincian: ["indikator"]', 'rincian: ["sasaran_kinerja"]', 'rincian: ["alasan_graduasi"]')  # fmt: skip
    waktu = ("", f'pada: "{saat}"', 'wilayahPada: "2025-06-01"')
    for wilayah, tingkat in ((PROV, "PROVINSI"), (PROV, "KABUPATEN"), (KAB, "KECAMATAN"), (KEC, "DESA")):
        for r, w in product(rincian, waktu):
            yield f'{{ agregat({umum}, wilayah: "{wilayah}", tingkat: {tingkat} {r} {w}) {{ {_ANGKA} }} }}'
        if tingkat != "DESA":
            for w in waktu[:2]:
                yield (
                    f'{{ indikator(kode: ["I06", "I05.SPM", "I10", "I12", "I13.pemutakhiran"], periode: ["{PERIODE}"], wilayah: "{wilayah}", '
                    f"tingkat: {tingkat} {w}) {{ nilai pembilang penyebut status }} }}"
                )
    for e in ("BEN02", "BEN06", "WIL03"):
        yield (
            f'{{ cakupan(jenis: [PUSKESOS], jarakKm: 9, wilayah: "{KAB}", bobot: "{e}", periode: "{PERIODE}") '
            "{ bobot bobotTercakup baris { bobot statusBobot } perWilayah(tingkat: KECAMATAN) { bobot bobotTercakup } } }"
        )
    yield (
        f'{{ rekap(id: "{KAB}:F06:{PERIODE}") {{ nilai {{ nilai }} lama: nilai(revisi: 1) {{ nilai }} totalTertulis {{ tertulis dihitung '
        "selisih } temuan { pesan nilai } riwayat { aksi alasan } } }"
    )


def _resources(wksbm: str) -> Iterator[str]:
    rumah = f"{KAB}:{RUMAH}"
    semua = "__typename id nama alamat sumber surat { nomor } riwayat { versi perubahan { isian lama baru } } ... on RumahSinggah { klienL klienP jumlahKlien dayaTampung sasaran } ... on Panti { klien sisaDaya klienL klienP jumlahKlien }"
    yield f'{{ sumberDaya(id: "{rumah}") {{ {semua} }} }}'
    yield f'{{ sumberDaya(id: "{KAB}:{PANTI}") {{ {semua} }} }}'
    for tipe in ("RumahSinggah", "Panti"):
        yield f'{{ _entities(representations: [{{__typename: "{tipe}", id: "{rumah}"}}]) {{ __typename ... on RumahSinggah {{ id nama klienL }} }} }}'
    yield f'{{ daftarSumberDaya(first: 200, saring: {{di: "{KAB}"}}) {{ totalCount edges {{ node {{ {semua} }} }} }} }}'
    yield f'{{ desa(kode: "{DESA}") {{ sumberDaya {{ {semua} }} }} }}'
    yield f'{{ sumberDayaTakTerhubung(wilayah: "{KAB}", first: 200) {{ edges {{ node {{ {semua} }} }} }} }}'
    yield (
        f'{{ wksbm(id: "{wksbm}") {{ hubungan {{ id jenis tujuan {{ __typename ... on RumahSinggah {{ id nama }} }} }} '
        "riwayat { perubahan { isian lama baru } } } }"
    )


def _addresses() -> Iterator[str]:
    for wilayah, tingkat in ((PROV, "KABUPATEN"), (KAB, "KECAMATAN"), (KEC, "DESA")):
        for e in _ELEMEN:
            for r in ("", "&rincian=jenis_ppks:16", "&rincian=jenis_ppks:1") if e == "PPK01" else ("",):
                tanya = f"elemen={e}&periode={PERIODE}&wilayah={wilayah}&tingkat={tingkat}{r}"
                yield from (f"/angka.json?{tanya}", f"/geojson/angka?{tanya}", f"/gaya/angka.json?{tanya}")
                yield f"/ubin/angka/7/107/67.mvt?{tanya}"
        tanya = f"indikator=I06&periode={PERIODE}&wilayah={wilayah}&tingkat={tingkat}"
        yield from (f"/angka.json?{tanya}", f"/geojson/angka?{tanya}") if tingkat != "DESA" else ()
    for lapisan in ("sumber-daya", "wksbm", "wilayah"):
        yield from (f"/geojson/{lapisan}", f"/gaya/{lapisan}.json", f"/ubin/{lapisan}.json")
        for z, x, y in ((0, 0, 0), (5, 26, 16), (7, 107, 67), (9, 431, 271), (11, 1724, 1085)):
            yield f"/ubin/{lapisan}/{z}/{x}/{y}.mvt"
    tanya = f"jenis=RUMAH_SINGGAH&jarakKm=5&wilayah={KAB}"
    yield from (
        f"/geojson/cakupan?{tanya}",
        f"/ubin/cakupan/7/107/67.mvt?{tanya}",
        "/versi.json",
        "/sehat",
        "/siap",
        "/",
    )


def _seen(isi: bytes) -> set[str]:
    """Which marks are in it: as text (a number not within another, or within an id), or as numbers of a tile."""
    if isi[:2] == b"\x1f\x8b":
        isi = gzip.decompress(isi)
    return {t for t in TANDA if (_number_in(t, isi) if t[0].isdigit() else t.encode() in isi)}


def _number_in(mark: str, isi: bytes) -> bool:
    if re.search(rb"(?<![0-9a-f.-])" + re.escape(mark.encode()) + rb"(?![0-9a-f-])", isi):
        return True
    return "-" not in mark and struct.pack("<d", float(mark)) in isi


@pytest.mark.parametrize("sebagai", ORANG_LUAR)
def test_no_field_of_the_schema_tells(penuh: Klien, pertanyaan: list[str], sebagai: str | None) -> None:
    bocor, salah = {}, {}
    for d in pertanyaan:
        jawab = penuh.kirim(d, None, sebagai)
        galat = {g["extensions"]["kode"] for g in jawab.json().get("errors", [])} - {"TIDAK_BERWENANG", "TIDAK_DIKENAL"}
        if terlihat := _seen(jawab.content):
            bocor[d] = terlihat
        if galat:
            salah[d] = galat
    assert bocor == {}
    assert salah == {}
    assert len(pertanyaan) > 300


def test_those_who_may_see_it_find_all_of_it(penuh: Klien, pertanyaan: list[str]) -> None:
    """So the questions do go where these things are."""
    ditemukan: set[str] = set()
    for d in pertanyaan:
        ditemukan |= _seen(penuh.kirim(d, None, KAB).content)
    # but for the province's own statement, and totals of several elements together, which no field shows
    assert ditemukan >= set(TANDA) - {"770032", "3.3773032", "770053", "770054"}


def test_what_is_open_stays_open(penuh: Klien) -> None:
    query = f"""{{ agregat(elemen: ["PPK01"], periode: ["{PERIODE}"], wilayah: "{KAB}", tingkat: KABUPATEN, rincian: ["jenis_ppks"]) {{
      rincian {{ pilihan }} nilai status }} }}"""
    assert penuh.tanya(query)["agregat"] == [{"rincian": [{"pilihan": "1"}], "nilai": TERBUKA, "status": "ADA"}]
    slrt = f'{{ sumberDaya(id: "{KAB}:{SLRT}") {{ ... on Slrt {{ pengaduanMasuk pengaduanSelesai }} }} }}'
    assert penuh.tanya(slrt)["sumberDaya"] == {"pengaduanMasuk": None, "pengaduanSelesai": 12}
    assert penuh.tanya(slrt, None, KAB)["sumberDaya"] == {"pengaduanMasuk": 3, "pengaduanSelesai": 12}


@pytest.mark.parametrize("sebagai", ORANG_LUAR)
def test_no_address_tells(penuh: Klien, sebagai: str | None) -> None:
    kepala = {} if sebagai is None else {"Authorization": f"Bearer {penuh.token(sebagai)}"}
    bocor = {}
    for jalur in _addresses():
        jawab = penuh.get(jalur, headers=kepala)
        assert jawab.status_code in (200, 204), (jalur, jawab.text)
        if terlihat := _seen(jawab.content):
            bocor[jalur] = terlihat
    assert bocor == {}


def test_the_addresses_go_where_the_figures_are(penuh: Klien) -> None:
    kepala = {"Authorization": f"Bearer {penuh.token(KAB)}"}
    for bentuk in ("/angka.json", "/geojson/angka", "/ubin/angka"):
        terlihat: set[str] = set()
        for jalur in _addresses():
            if jalur.startswith(bentuk):
                terlihat |= _seen(penuh.get(jalur, headers=kepala).content)
        assert {"770001", "770002", "770011", "3.3773003"} <= terlihat, bentuk


_TABEL = """
SELECT c.relname, string_agg(format('%%I', a.attname), ', ' ORDER BY a.attnum) FROM pg_class c
JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'v', 'm')
  AND has_column_privilege(%s, c.oid, a.attnum, 'SELECT') GROUP BY c.relname"""


@pytest.mark.parametrize(("peran", "wilayah"), [("hub_publik", ""), ("hub_kabupaten", "53.15"), ("hub_provinsi", "36")])
def test_plain_sql_finds_nothing(penuh: Klien, peran: str, wilayah: str) -> None:
    assert _by_sql(penuh, peran, wilayah) == {}


def test_plain_sql_of_its_own_office_finds_it(penuh: Klien) -> None:
    terlihat = _by_sql(penuh, "hub_kabupaten", KAB)
    assert {"angka", "angka_riwayat_terbaca", "rekap_nilai", "rekap_total", "sumber_daya", "sumber_daya_terbaca",
            "sumber_daya_riwayat", "surat_sumber_daya", "hubungan_wksbm"} <= terlihat.keys()  # fmt: skip


def _by_sql(penuh: Klien, peran: str, wilayah: str) -> dict[str, set[str]]:
    """Table or view → the marks in whatever of it that role may read."""
    bocor = {}
    with psycopg.connect(penuh.url) as conn:
        ambil_peran(conn, peran, wilayah)
        tabel = conn.execute(_TABEL, (peran,)).fetchall()
        assert len(tabel) > 30
        for nama, kolom in tabel:
            isi = conn.execute(f"SELECT concat_ws('|', {kolom}) FROM {nama}").fetchall()
            if terlihat := _seen("\n".join(t for (t,) in isi).encode()):
                bocor[nama] = terlihat
    return bocor


TUTUP = {"nilai": None, "status": "DISUPRESI"}


def _satu(
    penuh: Klien, elemen: str, wilayah: str, tingkat: str, sebagai: str | None = None, lain: str = ""
) -> list[dict[str, object]]:
    tanya = f'{{ agregat(elemen: ["{elemen}"], periode: ["{PERIODE}"], wilayah: "{wilayah}", tingkat: {tingkat} {lain}) {{ nilai status }} }}'
    hasil: list[dict[str, object]] = penuh.tanya(tanya, None, sebagai)["agregat"]
    return hasil


@pytest.mark.parametrize("lain", ["", 'wilayahPada: "2025-06-01"'])
def test_what_is_closed_says_so_and_why_is_not_told(penuh: Klien, lain: str) -> None:
    """By sensitivity whether or not there is anything; by size where there is; a sum with a closed part is closed."""
    for tingkat, wilayah in (("PROVINSI", PROV), ("KABUPATEN", PROV), ("KECAMATAN", KAB), ("DESA", KEC)):
        assert {str(b) for b in _satu(penuh, "KTK01", wilayah, tingkat, lain=lain)} == {str(TUTUP)}, tingkat
    assert {str(b) for b in _satu(penuh, "PPK01", KAB, "KECAMATAN", lain=lain)} == {str(TUTUP)}
    assert _satu(penuh, "BEN02", PROV, "PROVINSI", lain=lain) == [TUTUP]
    assert _satu(penuh, "BEN02", KAB, "KABUPATEN", lain=lain) == [TUTUP]
    assert _satu(penuh, "BEN02", KEC, "KECAMATAN", lain=lain) == [TUTUP]
    assert TUTUP in _satu(penuh, "BEN02", KEC, "DESA", lain=lain)
    assert {"nilai": None, "status": "TIDAK_ADA_DATA"} in _satu(penuh, "BEN02", KEC, "DESA", lain=lain)
    for sebagai, wilayah in ((KAB, KAB), (PROV, PROV)):
        tingkat = "KABUPATEN" if sebagai == KAB else "PROVINSI"
        assert [b["status"] for b in _satu(penuh, "BEN02", wilayah, tingkat, sebagai, lain)] == ["ADA"]
        assert [b["nilai"] for b in _satu(penuh, "KTK01", wilayah, tingkat, sebagai, lain)] == [770_001]
    assert _satu(penuh, "KTK01", PROV, "PROVINSI", KAB, lain) == [TUTUP]  # a sum of its own alone is not the province's


def test_what_is_made_of_closed_figures_is_closed(penuh: Klien) -> None:
    tanya = f"""{{ i: indikator(kode: ["I06", "I05.SPM"], periode: ["{PERIODE}"], wilayah: "{KAB}", tingkat: KABUPATEN) {{
        kode nilai pembilang penyebut status }}
      d: desa(kode: "{DESA}") {{ nilai(elemen: ["BEN02", "KTK01"], periode: ["{PERIODE}"]) {{ nilai status }} }}
      c: cakupan(jenis: [PUSKESOS], jarakKm: 5, wilayah: "{DESA}", bobot: "BEN02", periode: "{PERIODE}") {{ bobot statusBobot }} }}"""
    umum, kantor = penuh.tanya(tanya), penuh.tanya(tanya, None, KAB)
    (i06,) = (i for i in umum["i"] if i["kode"] == "I06")
    assert i06 == {"kode": "I06", "nilai": None, "pembilang": None, "penyebut": None, "status": "DISUPRESI"}
    assert [i["pembilang"] for i in kantor["i"] if i["kode"] == "I06"] == [770_003]
    assert umum["d"]["nilai"] == [TUTUP, TUTUP]
    assert umum["c"] == {"bobot": None, "statusBobot": "DISUPRESI"}
    assert kantor["c"]["statusBobot"] == "ADA"


def test_a_closed_choice_on_the_map_is_closed_and_an_open_one_is_not(penuh: Klien) -> None:
    alamat = f"/angka.json?elemen=PPK01&periode={PERIODE}&wilayah={PROV}&tingkat=KABUPATEN&rincian=jenis_ppks:"
    tutup, buka = penuh.get(f"{alamat}16").json(), penuh.get(f"{alamat}1").json()
    assert set(tutup["status"]) == {"DISUPRESI"}
    assert dict(zip(buka["kode"], buka["nilai"], strict=True))[KAB] == TERBUKA
    assert set(buka["status"]) == {"ADA", "TIDAK_ADA_DATA"}


def test_a_catalogue_that_closes_more_closes_what_is_stored(hub: Klien) -> None:
    tanya = """{ agregat(elemen: ["BAN01"], periode: ["2020"], wilayah: "53.14", tingkat: KABUPATEN) { nilai status }
      rekap(id: "53.14:F02:2020") { nilai { elemen { kode } } totalTertulis { tertulis elemen { kode } } } }"""
    dulu = hub.tanya(tanya)
    assert dulu["agregat"] == [{"nilai": 11_731, "status": "ADA"}]
    pasang(hub.url, rusak(lambda b: elemen(b, "BAN01").update(sensitif=3)))
    kini = hub.tanya(tanya)
    assert kini["agregat"] == [TUTUP]
    for medan in ("nilai", "totalTertulis"):
        lama, baru = ({x["elemen"]["kode"] for x in j["rekap"][medan]} for j in (dulu, kini))
        assert lama - baru == {"BAN01"} & lama
    assert hub.tanya(tanya, None, "53.14")["agregat"] == [{"nilai": 11_731, "status": "ADA"}]
