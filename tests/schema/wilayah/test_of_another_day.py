"""Regions of another day: the names they bore, what they were made of."""

from datetime import date, timedelta

import pytest

from tests.client import Client

DESA = "53.14.01.2005"  # Oeseli, since 2020
_ON = """query ($h: Date) { desa(kode: "53.14.01.2005", pada: $h) { nama kecamatan { nama desa { kode nama } } }
  _entities(representations: [{ __typename: "Desa", kode: "53.14.01.2005" }]) { ... on Desa { nama } } }"""


def rename(hub: Client, kode: str, since: date, name: str) -> None:
    """As an import does it."""
    hub.sql(
        """INSERT INTO nama_wilayah (kode_kab, kode, berlaku_sejak, sampai, nama)
      SELECT kode_kab, kode, berlaku_sejak, %s, nama FROM wilayah WHERE kode = %s AND berlaku_sampai IS NULL""",
        since,
        kode,
    )
    hub.sql(
        """INSERT INTO alias_wilayah (kode_kab, kode, berlaku_sejak, alias, sumber)
      SELECT kode_kab, kode, berlaku_sejak, nama, 'uji' FROM wilayah WHERE kode = %s AND berlaku_sampai IS NULL
      ON CONFLICT DO NOTHING""",
        kode,
    )
    hub.sql(
        "UPDATE wilayah SET nama = %s, nama_sejak = %s WHERE kode = %s AND berlaku_sampai IS NULL", name, since, kode
    )


def test_a_region_answers_the_name_it_bore(hub: Client) -> None:
    rename(hub, DESA, date(2021, 1, 1), "Kisam")
    rename(hub, DESA, date(2023, 1, 1), "Oeseli")  # its first name again
    rename(hub, DESA, date(2024, 1, 1), "Oeseli Baru")
    for day, name in (
        ("2020-06-30", "Oeseli"), ("2020-12-31", "Oeseli"), ("2021-01-01", "Kisam"), ("2022-12-31", "Kisam"),
        ("2023-01-01", "Oeseli"), ("2023-12-31", "Oeseli"), ("2024-01-01", "Oeseli Baru"), (None, "Oeseli Baru"),
    ):  # fmt: skip
        desa = hub.ask(_ON, {"h": day})["desa"]
        assert desa["nama"] == name, day
        assert {"kode": DESA, "nama": name} in desa["kecamatan"]["desa"], day


def test_a_name_of_a_day_to_come_is_not_borne_yet(hub: Client) -> None:
    today, tomorrow = (date.today() + timedelta(days=n) for n in (0, 2))
    rename(hub, DESA, tomorrow, "Nanti")
    assert hub.ask(_ON, {"h": today.isoformat()})["desa"]["nama"] == "Oeseli"
    answer = hub.ask(_ON)
    assert answer["desa"]["nama"] == answer["_entities"][0]["nama"] == "Oeseli"
    assert hub.ask(_ON, {"h": tomorrow.isoformat()})["desa"]["nama"] == "Nanti"
    found = hub.ask('{ cariWilayah(teks: "oeseli", batas: 1) { jalur wilayah { nama } } }')["cariWilayah"][0]
    assert found == {"jalur": "Oeseli, Rote Barat Daya, Rote Ndao, Nusa Tenggara Timur", "wilayah": {"nama": "Oeseli"}}


_FIGURES = """query ($h: Date) { agregat(elemen: ["REH09"], periode: ["2020"], wilayah: "53.14.01", tingkat: DESA,
  wilayahPada: $h) { wilayah { kode nama } } }"""


def test_figures_are_shown_under_the_names_of_the_day_whose_borders_are_asked_for(hub: Client) -> None:
    rename(hub, DESA, date(2023, 1, 1), "Kisam")
    for day, name in ((None, "Oeseli"), ("2022-06-30", "Oeseli"), ("2023-06-30", "Kisam")):
        rows = hub.ask(_FIGURES, {"h": day})["agregat"]
        assert [r["wilayah"]["nama"] for r in rows if r["wilayah"]["kode"] == DESA] == [name], day


_SUBMIT = """mutation ($m: RekapMasukan!) { ajukanRekap(masukan: $m) { __typename
  ... on RekapDiterima { temuan { kode } rekap { nilai { nilai wilayah { kode nama } } } } ... on RekapDitolak { temuan { pesan } } } }"""


@pytest.mark.parametrize(("periode", "bearer"), [("2022", DESA), ("2023", "53.14.01.2006")])
def test_a_rekap_means_the_one_that_bore_the_name_in_its_period(hub: Client, periode: str, bearer: str) -> None:
    """Oeseli gave its name up, and its neighbour took it."""
    rename(hub, DESA, date(2023, 1, 1), "Kisam")
    rename(hub, "53.14.01.2006", date(2023, 1, 1), "Oeseli")
    row = {"namaWilayah": "Oeseli", "namaKecamatan": "Rote Barat Daya", "nilai": [1]}
    m = {
        "pelapor": "53.14", "formulir": "F07", "periode": periode, "kunciIdempoten": periode,
        "tabel": [{"kolom": [{"elemen": "PPK03"}], "baris": [row]}],
    }  # fmt: skip
    answer = hub.ask(_SUBMIT, {"m": m}, "53.14")["ajukanRekap"]
    assert answer["__typename"] == "RekapDiterima", answer
    assert [n["wilayah"] for n in answer["rekap"]["nilai"] if n["nilai"] == 1] == [{"kode": bearer, "nama": "Oeseli"}]
    assert not {"NAMA_MIRIP", "WILAYAH_RANGKAP"} & {t["kode"] for t in answer["temuan"]}


def test_a_row_whose_code_and_name_mean_two_regions_counts_for_neither(read_hub: Client) -> None:
    query = _SUBMIT.replace("(masukan: $m)", "(masukan: $m, uji: true)")
    row = {"wilayah": DESA, "namaWilayah": "Oebou", "nilai": [1]}
    m = {
        "pelapor": "53.14", "formulir": "F07", "periode": "2022", "kunciIdempoten": "dua",
        "tabel": [{"kolom": [{"elemen": "PPK03"}], "baris": [row]}],
    }  # fmt: skip
    answer = read_hub.ask(query, {"m": m}, "53.14")["ajukanRekap"]
    assert answer["__typename"] == "RekapDitolak"
    assert [t["pesan"] for t in answer["temuan"] if "Oebou" in t["pesan"]] == [
        f'Kode {DESA} adalah Oeseli, sedangkan namanya ditulis "Oebou" (53.14.01.2006 Oebou); perbaiki salah satunya.'
    ]


_LINEAGE = """query ($k: KodeWilayah!) { kecamatan(kode: $k) { pendahulu { kode pengganti { kode } }
  pengganti { kode pendahulu { kode } } } }"""


def test_a_kecamatan_made_of_another_says_so_from_both_ends(read_hub: Client) -> None:
    both = [{"kode": "53.14.11"}], [{"kode": "53.14.02"}]
    new, old = (read_hub.ask(_LINEAGE, {"k": k})["kecamatan"] for k in ("53.14.11", "53.14.02"))
    assert new == {"pendahulu": [{"kode": "53.14.02", "pengganti": both[0]}], "pengganti": []}
    assert old == {"pendahulu": [], "pengganti": [{"kode": "53.14.11", "pendahulu": both[1]}]}


def test_the_code_of_a_kecamatan_that_goes_on_does_not_find_the_one_made_of_it(read_hub: Client) -> None:
    found = read_hub.ask('{ cariWilayah(teks: "53.14.02", tingkat: KECAMATAN) { wilayah { kode } } }')["cariWilayah"]
    assert found == [{"wilayah": {"kode": "53.14.02"}}]
