"""cariWilayah: what people type, and the region they mean first. On the demo, and on the national lists."""

import asyncio
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import httpx
import pytest

from bench.cari_bench import questions
from hub.db.database import Database
from hub.db.private_cluster import PrivateCluster
from hub.wilayah.files import baca_daftar, baca_perubahan
from hub.wilayah.service import import_wilayah
from tests.client import Klien
from tests.database_clones import clone_of
from tests.hub_server import serve

CARI = """query ($t: String!, $l: TingkatWilayah, $d: KodeWilayah, $b: Int) {
  cariWilayah(teks: $t, tingkat: $l, di: $d, batas: $b) { jalur skor wilayah { __typename kode nama } } }"""


@pytest.fixture(scope="session")
def hub_nasional(cluster: PrivateCluster, templates: dict[str, str], data: Path) -> Iterator[Klien]:
    """A hub with the national lists of 2020 and 2025: only read from it."""
    for url in clone_of(cluster, templates["dasar"]):
        asyncio.run(_impor(url, data))
        yield from serve(url)


async def _impor(url: str, data: Path) -> None:
    db = Database(url, 2, 600_000)
    await db.open()
    try:
        lama, baru = baca_daftar(data / "wilayah_2020.csv"), baca_daftar(data / "wilayah_2025.csv")
        await import_wilayah(db, lama, date(2020, 1, 1), sumber="uji")
        perubahan = baca_perubahan(data / "pemekaran_2020_2025.csv")
        await import_wilayah(db, baru, date(2025, 1, 1), perubahan, sumber="uji")
    finally:
        await db.close()


def _cari(hub: Klien, teks: str, **lain: Any) -> list[dict[str, Any]]:
    hasil: list[dict[str, Any]] = hub.tanya(CARI, {"t": teks, **lain})["cariWilayah"]
    return hasil


def _kode(hub: Klien, teks: str, **lain: Any) -> list[str]:
    return [h["wilayah"]["kode"] for h in _cari(hub, teks, **lain)]


# ---------- on the demo ----------


@pytest.mark.parametrize(
    ("teks", "kode"),
    [
        ("nggodimedda", "53.14.04.2003"), ("tesabela", "53.14.05.2011"), ("oebau", "53.14.05.2005"),
        ("Tesa Bela", "53.14.05.2011"), ("oebua", "53.14.05.2005"), ("BO'A", "53.14.07.2004"), ("boa", "53.14.07.2004"),
        ("Desa Oeseli", "53.14.01.2005"), ("Kel. Metina", "53.14.03.1011"), ("Kab. Rote Ndao", "53.14"),
        ("Kec. Pantai Baru", "53.14.05"), ("rote ndao", "53.14"), ("5314", "53.14"), ("5314012005", "53.14.01.2005"),
        ("53.14.01.2005", "53.14.01.2005"), ("oeseli rote barat daya", "53.14.01.2005"),
        ("rote ndao, oeseli", "53.14.01.2005"), ("Oeseli, Rote Barat Daya, Rote Ndao, Nusa Tenggara Timur", "53.14.01.2005"),
        ("desa oeseli kecamatan rote barat daya kabupaten rote ndao", "53.14.01.2005"), ("nggodi", "53.14.04.2003"),
    ],
)  # fmt: skip
def test_what_people_type_finds_what_they_mean_first(hub_baca: Klien, teks: str, kode: str) -> None:
    assert _kode(hub_baca, teks)[0] == kode


def test_an_answer_says_where_the_region_lies(hub_baca: Klien) -> None:
    satu = _cari(hub_baca, "oeseli")[0]
    assert satu == {
        "jalur": "Oeseli, Rote Barat Daya, Rote Ndao, Nusa Tenggara Timur",
        "skor": 1,
        "wilayah": {"__typename": "Desa", "kode": "53.14.01.2005", "nama": "Oeseli"},
    }
    assert _cari(hub_baca, "53")[0]["jalur"] == "Nusa Tenggara Timur"


def test_scores_fall_and_limits_hold(hub_baca: Klien) -> None:
    hasil = _cari(hub_baca, "oebou", b=100)
    skor = [h["skor"] for h in hasil]
    assert skor == sorted(skor, reverse=True)
    assert all(0 < s <= 1 for s in skor)
    assert len({h["wilayah"]["kode"] for h in hasil}) == len(hasil) > 2
    assert _cari(hub_baca, "oebou", b=2) == hasil[:2]
    assert _cari(hub_baca, "oebou") == hasil[:10]


def test_a_level_and_a_region_narrow_the_search(hub_baca: Klien) -> None:
    assert set(map(len, _kode(hub_baca, "rote", l="KECAMATAN"))) == {8}
    di = _kode(hub_baca, "oebo", d="53.14.01")
    assert di
    assert all(k.startswith("53.14.01") for k in di)
    assert all(k.startswith("53.14.02") for k in _kode(hub_baca, "oeseli", d="53.14.02"))
    assert {len(k) for k in _kode(hub_baca, "53.14.01", l="DESA", b=100)} == {13}


def test_the_beginning_of_a_code_finds_what_begins_with_it(hub_baca: Klien) -> None:
    hasil = _kode(hub_baca, "53.14.0", b=100)
    assert hasil[:9] == [f"53.14.0{i}" for i in range(1, 10)]
    assert all(k.startswith("53.14.0") for k in hasil)


def test_what_sounds_like_nothing_finds_nothing(hub_baca: Klien) -> None:
    assert _cari(hub_baca, "xqzxqzx") == []
    assert _cari(hub_baca, "99.99") == []


@pytest.mark.parametrize(
    ("variabel", "kode", "kata"),
    [
        ({"t": "oeseli", "b": 101}, "BATAS_TERLAMPAUI", "100"),
        ({"t": "oeseli", "b": 0}, "MASUKAN_TIDAK_SAH", "paling sedikit 1"),
        ({"t": " "}, "MASUKAN_TIDAK_SAH", "teks kosong"),
        ({"t": "a" * 201}, "BATAS_TERLAMPAUI", "200"),
        ({"t": "oeseli", "d": "rote"}, "MASUKAN_TIDAK_SAH", "rote"),
        ({"t": "531.4"}, "MASUKAN_TIDAK_SAH", "531.4"),
    ],
)
def test_what_cannot_be_asked_is_refused_clearly(
    hub_baca: Klien, variabel: dict[str, Any], kode: str, kata: str
) -> None:
    (galat,) = hub_baca.galat(CARI, variabel)
    assert galat["extensions"]["kode"] == kode
    assert kata in galat["message"]


@pytest.mark.parametrize("teks", ["%", "100%", "a_b%c", "'; DROP TABLE wilayah; --", "\\", "{}", ":p0", "😀 oeseli"])
def test_any_text_is_only_text(hub_baca: Klien, teks: str) -> None:
    hub_baca.kirim(CARI, {"t": teks})
    assert _kode(hub_baca, "oeseli")[0] == "53.14.01.2005"


def test_only_regions_in_force_are_found_and_old_names_and_codes_lead_to_them(hub: Klien) -> None:
    hub.sql("""INSERT INTO alias_wilayah (kode_kab, kode, berlaku_sejak, alias, sumber)
      SELECT kode_kab, kode, berlaku_sejak, 'Kampung Halaman', 'uji' FROM wilayah WHERE kode = '53.14.01.2005'""")
    assert _kode(hub, "kampung halaman")[0] == "53.14.01.2005"
    hub.sql("""INSERT INTO wilayah (kode_kab, kode, berlaku_sejak, berlaku_sampai, tingkat, jenis, nama, kode_induk) VALUES
      ('53.14', '53.14.01.2998', '2010-01-01', '2015-01-01', 4, 'DESA', 'Zamandahulu', '53.14.01'),
      ('53.14', '53.14.01.2999', current_date + 1, NULL, 4, 'DESA', 'Zamandepan', '53.14.01'),
      ('53.14', '53.14.01.2997', '2010-01-01', current_date + 1, 4, 'DESA', 'Zamankini', '53.14.01')""")
    assert _kode(hub, "zamandahulu zamandepan zamankini") == ["53.14.01.2997"]
    assert _kode(hub, "53.14.01.2998") == []
    hub.sql("""INSERT INTO silsilah (kode_lama, sejak_lama, kode_baru, sejak_baru, jenis)
      SELECT '53.14.01.2998', '2010-01-01', kode, berlaku_sejak, 'pindah' FROM wilayah WHERE kode = '53.14.01.2005'""")
    assert _kode(hub, "53.14.01.2998") == ["53.14.01.2005"]


def test_a_servers_own_likeness_setting_changes_nothing(hub: Klien) -> None:
    dulu = _cari(hub, "nggodimedda", b=100)
    (nama,) = hub.sql("SELECT current_database()")[0]
    hub.sql(f'ALTER DATABASE "{nama}" SET pg_trgm.similarity_threshold = 0.95')
    for lagi in serve(hub.url):  # a hub whose connections are all new
        assert lagi.sql("SHOW pg_trgm.similarity_threshold") == [("0.95",)]
        assert _cari(lagi, "nggodimedda", b=100) == dulu
    assert len(dulu) >= 1


def test_nested_selections_hang_below_the_found_region(hub_baca: Klien) -> None:
    jawab = hub_baca.tanya("""{ cariWilayah(teks: "oeseli", batas: 1) { wilayah { nama titik
      ... on Desa { kecamatan { nama kabupaten { provinsi { nama } } } nilai(elemen: ["PPK03"], periode: ["2020"]) { status } } } } }""")
    (satu,) = jawab["cariWilayah"]
    assert satu["wilayah"]["kecamatan"] == {
        "nama": "Rote Barat Daya", "kabupaten": {"provinsi": {"nama": "Nusa Tenggara Timur"}},
    }  # fmt: skip
    assert satu["wilayah"]["titik"]["type"] == "Point"
    assert len(satu["wilayah"]["nilai"]) == 1


# ---------- on the national lists ----------


@pytest.mark.parametrize(
    ("teks", "awal"),
    [
        ("nggodimedda", "53.14.04.2003"), ("sukamulya cianjur", "32.03."), ("cianjur sukamulya", "32.03."),
        ("sukamulya cugenang cianjur", "32.03.11.2012"), ("sukamuly ciajur", "32.03."), ("jakarta", "31"),
        ("gambir jakarta", "31.71.01"), ("bogor", "32.01"), ("kota bogor", "32.71"), ("palu", "72.71"),
        ("boa rote", "53.14.07.2004"), ("pantai baru rote ndao", "53.14.05"), ("yogyakarta", "34.71"),
    ],
)  # fmt: skip
def test_among_all_names_of_the_country_the_one_meant_comes_first(hub_nasional: Klien, teks: str, awal: str) -> None:
    assert _kode(hub_nasional, teks)[0].startswith(awal)


def test_both_desa_that_are_called_so_come_first(hub_nasional: Klien) -> None:
    assert set(_kode(hub_nasional, "tesabela")[:2]) == {"53.01.05.2006", "53.14.05.2011"}
    assert "53.14.05.2005" in _kode(hub_nasional, "oebau")[:3]


def test_all_of_one_name_in_one_kabupaten_come_before_all_others(hub_nasional: Klien) -> None:
    hasil = _cari(hub_nasional, "sukamulya cianjur", b=20)
    jumlah = sum(h["skor"] == 1 for h in hasil)
    assert jumlah >= 4
    assert all(h["wilayah"]["nama"] == "Sukamulya" and h["wilayah"]["kode"].startswith("32.03") for h in hasil[:jumlah])


def test_a_full_path_finds_its_region_and_a_wrong_letter_seldom_hides_it(hub_nasional: Klien) -> None:
    with httpx.Client(base_url=hub_nasional.alamat, timeout=60) as http:
        teks = questions(http)
    assert len(teks) == 300
    penuh = [t for t in teks if t.count(",") >= 3]
    assert len(penuh) == 25
    assert [t for t in penuh if _cari(hub_nasional, t, b=1)[0]["jalur"] != t] == []
    salah = [(benar.split(", ")[0].replace("'", ""), benar) for benar in penuh]
    ketemu = 0
    for nama, benar in salah:
        tukar = nama[:2] + nama[3:4] + nama[2:3] + nama[4:]  # the third and fourth letter change about
        kab = benar.split(", ")[2]
        ketemu += benar in [h["jalur"] for h in _cari(hub_nasional, f"{tukar} {kab}")]
    assert ketemu >= 23, ketemu
