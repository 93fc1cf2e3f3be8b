"""One SQL statement per root field, for one desa and for eight thousand, whatever is asked below it."""

import time
from typing import Any

import pytest

from tests.client import Client
from tests.schema.statements_sent import reads

NESTED = """query ($k: KodeWilayah!) { provinsi(kode: $k) { kode kabupaten { kode nama kecamatan { kode nama desa {
  kode nama nilai(elemen: ["BAN01", "PPK03"], periode: ["2020"]) { elemen { nama } nilai } pendahulu { kode } luasKm2 } } } } }"""


@pytest.fixture
def large_hub(hub: Client) -> Client:
    """A province of 35 kabupaten, 560 kecamatan and 8.400 desa beside the demo."""
    hub.sql("""INSERT INTO wilayah (kode_kab, kode, berlaku_sejak, tingkat, jenis, nama, kode_induk)
      SELECT left(k, 5), k, '2020-01-01', length(replace(k, '.', '')) / 2 - (length(k) = 13)::int, 'X', 'Nama ' || k,
        CASE length(k) WHEN 2 THEN NULL WHEN 13 THEN left(k, 8) ELSE left(k, length(k) - 3) END
      FROM (SELECT '98' AS k
        UNION ALL SELECT format('98.%s', lpad(a::text, 2, '0')) FROM generate_series(1, 35) a
        UNION ALL SELECT format('98.%s.%s', lpad(a::text, 2, '0'), lpad(b::text, 2, '0')) FROM generate_series(1, 35) a, generate_series(1, 16) b
        UNION ALL SELECT format('98.%s.%s.%s', lpad(a::text, 2, '0'), lpad(b::text, 2, '0'), 2000 + c)
          FROM generate_series(1, 35) a, generate_series(1, 16) b, generate_series(1, 15) c) semua""")
    hub.sql(
        "UPDATE wilayah SET tingkat = CASE length(kode) WHEN 2 THEN 1 WHEN 5 THEN 2 WHEN 8 THEN 3 ELSE 4 END WHERE left(kode, 2) = '98'"
    )
    hub.sql("ANALYZE wilayah")
    return hub


def _desa(answer: Any) -> int:
    return sum(len(c["desa"]) for k in answer["provinsi"]["kabupaten"] for c in k["kecamatan"])


@pytest.mark.parametrize("as_whom", [None, "53"])
def test_a_nested_query_is_one_statement_for_few_and_for_many(
    large_hub: Client, sent_statements: list[str], as_whom: str | None
) -> None:
    large_hub.ask("{ __typename }", None, as_whom)  # the token is made, the catalogue read
    large_hub.ask('{ formulir(kode: "F01") { kode } }', None, as_whom)
    for kode, count in (("53", 119), ("98", 8_400)):
        sent_statements.clear()
        answer = large_hub.ask(NESTED, {"k": kode}, as_whom)
        assert _desa(answer) == count
        assert len(reads(sent_statements)) == 1


@pytest.mark.parametrize("added", ["", "__schema { queryType { name } } "], ids=["rencana", "pelaksana"])
def test_entities_are_one_statement_per_type_for_few_and_for_many(
    large_hub: Client, sent_statements: list[str], added: str
) -> None:
    large_hub.ask('{ formulir(kode: "F01") { kode } }', None, "53")
    query = "query ($r: [_Any!]!) { %s_entities(representations: $r) { ... on Wilayah { kode nama } ... on Desa { kecamatan { nama } } ... on Rekap { id } } }"
    for kab, count in (("53.14", 119), ("98", 8_000)):
        condition = f"kode LIKE '{kab}.%' AND tingkat = 4 AND berlaku_sampai IS NULL ORDER BY random() LIMIT {count}"
        kode = [k for (k,) in large_hub.sql(f"SELECT kode FROM wilayah WHERE {condition}")]
        desa = [{"__typename": "Desa", "kode": k} for k in kode]
        sent_statements.clear()
        answer = large_hub.ask(query % added, {"r": desa}, "53")[
            "_entities"
        ]  # so many are more than the public may send
        assert [d["kode"] for d in answer] == kode
        assert len(kode) == count
        assert len(reads(sent_statements)) == 1
        sent_statements.clear()
        mixed = [
            *desa,
            {"__typename": "Kabupaten", "kode": "53.14"},
            {"__typename": "Rekap", "id": "53.14:F05:2020"},
            *desa[:9],
        ]
        answer = large_hub.ask(query % added, {"r": mixed}, "53")["_entities"]
        assert [d.get("kode") for d in answer] == [*kode, "53.14", None, *kode[:9]]
        assert answer[count + 1] == {"id": "53.14:F05:2020"}
        assert len(reads(sent_statements)) == 3


@pytest.fixture
def warm(read_hub: Client) -> Client:
    read_hub.ask('{ formulir(kode: "F01") { kode } }')
    return read_hub


@pytest.mark.parametrize(
    ("document", "count"),
    [
        ('{ desa(kode: "53.14.10.2003") { nama } }', 1),
        ('{ a: desa(kode: "53.14.10.2003") { nama } b: kabupaten(kode: "53.14") { nama } __typename }', 2),
        ('{ agregat(elemen: ["BAN01", "WIL04"], periode: ["2020"], wilayah: "53", tingkat: KECAMATAN) { wilayah { nama } elemen { nama } nilai kelengkapan { persen } } }', 1),
        ('{ indikator(kode: ["I01", "I10", "I12"], periode: ["2020"], wilayah: "53", tingkat: KABUPATEN) { wilayah { nama } nilai } }', 1),
        ('{ rekap(id: "53.14:F05:2020") { nilai { wilayah { nama } elemen { nama rincian { pilihan } } } riwayat { aksi } temuan { lokasi { baris } } } }', 1),
        ("{ daftarRekap(first: 3) { totalCount edges { node { nilai { nilai } } } pageInfo { endCursor } } }", 1),
        ('{ kelengkapan(periode: ["2020", "2021"], wilayah: "53") { kabupaten { nama } formulir { nama } status } }', 1),
        ('{ daftarTenggat(periode: ["2020", "2021"], wilayah: "53") { wilayah { nama } formulir { nama } tanggal oleh } }', 1),
        ('{ cariWilayah(teks: "oeseli rote ndao") { jalur skor wilayah { nama batas ... on Desa { kecamatan { nama } } } } }', 1),
        ("{ wilayahDiTitik(lon: 123.05, lat: -10.73) { nama kecamatan { nama kabupaten { nama } } batas } }", 1),
        ("{ daftarFormulir { elemen { rincian { kode } } aturan { kode } } }", 1),
        ('{ mutuBatas(wilayah: "53") { totalCount edges { node { wilayah { nama } lain geometri } } pageInfo { endCursor } } }', 1),
        ("{ daftarProvinsi { nama bbox kabupaten { kode } } }", 1),
        ("{ daftarIndikator { kode nama elemen } }", 1),
        ('{ ketersediaan(wilayah: "53") { elemen periode kabupaten } }', 1),
        ('{ sdm(wilayah: "53", tingkat: KECAMATAN) { wilayah { nama } jenis jumlah } }', 1),
        ('{ rasioSdm(wilayah: "53", tingkat: KABUPATEN) { wilayah { nama } rasio } }', 1),
        ('{ terdekat(lon: 123, lat: -10.7, jarakKm: 500) { jarakKm sumberDaya { __typename desa { nama } ... on GudangBencana { kesehatan stok { kode jumlah lot { lot } } } } } }', 1),
        ('{ daftarGudang(saring: {di: "53", kesehatan: [KRITIS, KOSONG, TIDAK_ADA_DATA]}) { totalCount edges { node { nama stok { kode lot { jumlah } } mutasi(first: 3) { totalCount } } } } }', 1),
        ('{ daftarGudang(saring: {di: "36"}) { edges { node { pindahanMasuk { id status alasan dikirimPada dari { nama stok { jumlah } } ke { id } mutasi { jumlah bukti { oleh } lawan { nama } } } pindahanKeluar { id status ke { nama } } } } } }', 1),
        ('{ rencanaDarurat(masukan: {desa: [{kode: "53.14.01.2005"}, {kode: "53.14.10.2003", kk: 90}], kebutuhan: [{barang: "SELIMUT", perKk: 2}, {barang: "MATRAS", perOrang: 1}]}) { pusat desa { desa { nama kecamatan { nama } } } barang { kurang } gudang { gudang { nama desa { nama } stok { jumlah } } ambil { jumlah lot { lot } } } temuan { pesan lokasi { indeks } } } }', 1),
        ('{ wilayahTanpaSdm(jenis: TKSK, wilayah: "53") { totalCount edges { node { wilayah { nama } status } } } }', 1),
    ],
)  # fmt: skip
def test_every_root_field_is_one_statement(warm: Client, sent_statements: list[str], document: str, count: int) -> None:
    warm.ask(document)
    assert len(reads(sent_statements)) == count


_SQUARES = """INSERT INTO batas (kode_kab, kode, wilayah_sejak, tanggal, sejak, tingkat, geom, titik, luas_km2, sumber, versi, contoh)
  SELECT kode_kab, kode, berlaku_sejak, berlaku_sejak, berlaku_sejak, 4, ST_Multi(k), ST_Centroid(k), 4.9, 'uji', 'uji', true
  FROM (SELECT *, row_number() OVER (ORDER BY kode) AS n FROM wilayah WHERE tingkat = 4 AND kode LIKE '98.%') w
  CROSS JOIN LATERAL (SELECT ST_MakeEnvelope(118 + n % 100 * 0.02, -9 + n / 100 * 0.02, 118.02 + n % 100 * 0.02, -8.98 + n / 100 * 0.02, 4326) AS k) x"""
_PANTI = """INSERT INTO sumber_daya (kode_kab, id, jenis, nama, pemilik, kode_desa, titik, sejak, diubah_oleh, sasaran, daya_tampung)
  SELECT kode_kab, gen_random_uuid(), 'PANTI', 'Panti', 'DESA', kode, titik, '2020-01-01', 'uji', 'Anak', 20
  FROM batas WHERE tingkat = 4 AND sampai IS NULL AND abs(hashtext(kode)) % 7 = 0"""
_CAKUPAN = """query ($w: KodeWilayah!, $km: Float!) { cakupan(jenis: [PANTI], jarakKm: $km, wilayah: $w, bobot: "WIL01", periode: "2021") {
  wilayah { nama } desaTercakup persenLuas area perWilayah(tingkat: KECAMATAN) { wilayah { nama } persenDesa }
  baris(hanya: CELAH) { desa { nama kecamatan { nama } } terdekat { nama desa { nama } } jarakKm persenLuas keterjangkauan } } }"""
_PROPOSAL = """query ($w: KodeWilayah!, $km: Float!) {
  usulanLokasi(jenis: [PANTI], jarakKm: $km, wilayah: $w, banyak: 20, bobot: "WIL01", periode: "2021") { desa { nama } tambahanDesa } }"""


def test_coverage_is_as_many_statements_for_few_and_for_many(large_hub: Client, sent_statements: list[str]) -> None:
    any_there = (
        '{ cakupan(jenis: [PANTI], jarakKm: 1, wilayah: "98.01") { sumberDaya } formulir(kode: "F01") { kode } }'
    )
    assert large_hub.ask(any_there)["cakupan"]["sumberDaya"] == 0
    large_hub.sql(_SQUARES)
    large_hub.sql(_PANTI)
    large_hub.sql("ANALYZE batas, sumber_daya")
    deadline = time.monotonic() + 20
    while large_hub.ask(any_there)["cakupan"]["sumberDaya"] == 0:  # until the hub has heard of it
        assert time.monotonic() < deadline
        time.sleep(0.02)
    for wilayah, desa in (("53.14.01", 19), ("53.14", 119), ("98", 8_400)):
        sent_statements.clear()
        x = large_hub.ask(_CAKUPAN, {"w": wilayah, "km": 3})["cakupan"]
        assert len(x["baris"]) + x["desaTercakup"] == desa
        # desa, resources and those that have no place, boxes, boundaries, the desa around, weights; and one each for the
        # region, its parts, its rows
        assert len(reads(sent_statements)) == 10
        sent_statements.clear()
        large_hub.ask(_CAKUPAN, {"w": wilayah, "km": 3})
        assert (
            len(reads(sent_statements)) == 4
        )  # weights, the region, its parts, its rows: nothing else depends on who asks
        sent_statements.clear()
        x = large_hub.ask(_PROPOSAL, {"w": wilayah, "km": 2})["usulanLokasi"]
        assert len(x) >= 3
        assert len(reads(sent_statements)) == 2  # the weights, the places; another distance needs no other points
