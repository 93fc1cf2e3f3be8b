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
from hub.wilayah.files import read_changes, read_region_list
from hub.wilayah.service import import_wilayah
from tests.client import Client
from tests.database_clones import clone_of
from tests.hub_server import serve

SEARCH = """query ($t: String!, $l: TingkatWilayah, $d: KodeWilayah, $b: Int) {
  cariWilayah(teks: $t, tingkat: $l, di: $d, batas: $b) { jalur skor wilayah { __typename kode nama } } }"""


@pytest.fixture(scope="session")
def national_hub(cluster: PrivateCluster, templates: dict[str, str], data: Path) -> Iterator[Client]:
    """A hub with the national lists of 2020 and 2025: only read from it."""
    for url in clone_of(cluster, templates["dasar"]):
        asyncio.run(_import_lists(url, data))
        yield from serve(url)


async def _import_lists(url: str, data: Path) -> None:
    db = Database(url, 2, 600_000)
    await db.open()
    try:
        old, new = read_region_list(data / "wilayah_2020.csv"), read_region_list(data / "wilayah_2025.csv")
        await import_wilayah(db, old, date(2020, 1, 1), source="uji")
        changes = read_changes(data / "pemekaran_2020_2025.csv")
        await import_wilayah(db, new, date(2025, 1, 1), changes, source="uji")
    finally:
        await db.close()


def _search(hub: Client, text: str, **more: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = hub.ask(SEARCH, {"t": text, **more})["cariWilayah"]
    return found


def _kode(hub: Client, text: str, **more: Any) -> list[str]:
    return [h["wilayah"]["kode"] for h in _search(hub, text, **more)]


# ---------- on the demo ----------


@pytest.mark.parametrize(
    ("text", "kode"),
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
def test_what_people_type_finds_what_they_mean_first(read_hub: Client, text: str, kode: str) -> None:
    assert _kode(read_hub, text)[0] == kode


def test_an_answer_says_where_the_region_lies(read_hub: Client) -> None:
    one = _search(read_hub, "oeseli")[0]
    assert one == {
        "jalur": "Oeseli, Rote Barat Daya, Rote Ndao, Nusa Tenggara Timur",
        "skor": 1,
        "wilayah": {"__typename": "Desa", "kode": "53.14.01.2005", "nama": "Oeseli"},
    }
    assert _search(read_hub, "53")[0]["jalur"] == "Nusa Tenggara Timur"


def test_scores_fall_and_limits_hold(read_hub: Client) -> None:
    found = _search(read_hub, "oebou", b=100)
    scores = [h["skor"] for h in found]
    assert scores == sorted(scores, reverse=True)
    assert all(0 < s <= 1 for s in scores)
    assert len({h["wilayah"]["kode"] for h in found}) == len(found) > 2
    assert _search(read_hub, "oebou", b=2) == found[:2]
    assert _search(read_hub, "oebou") == found[:10]


def test_a_level_and_a_region_narrow_the_search(read_hub: Client) -> None:
    assert set(map(len, _kode(read_hub, "rote", l="KECAMATAN"))) == {8}
    within = _kode(read_hub, "oebo", d="53.14.01")
    assert within
    assert all(k.startswith("53.14.01") for k in within)
    assert all(k.startswith("53.14.02") for k in _kode(read_hub, "oeseli", d="53.14.02"))
    assert {len(k) for k in _kode(read_hub, "53.14.01", l="DESA", b=100)} == {13}


def test_the_beginning_of_a_code_finds_what_begins_with_it(read_hub: Client) -> None:
    found = _kode(read_hub, "53.14.0", b=100)
    assert found[:9] == [f"53.14.0{i}" for i in range(1, 10)]
    assert all(k.startswith("53.14.0") for k in found)


def test_what_sounds_like_nothing_finds_nothing(read_hub: Client) -> None:
    assert _search(read_hub, "xqzxqzx") == []
    assert _search(read_hub, "99.99") == []


@pytest.mark.parametrize(
    ("variables", "kode", "word"),
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
    read_hub: Client, variables: dict[str, Any], kode: str, word: str
) -> None:
    (error,) = read_hub.errors(SEARCH, variables)
    assert error["extensions"]["kode"] == kode
    assert word in error["message"]


@pytest.mark.parametrize("text", ["%", "100%", "a_b%c", "'; DROP TABLE wilayah; --", "\\", "{}", ":p0", "😀 oeseli"])
def test_any_text_is_only_text(read_hub: Client, text: str) -> None:
    read_hub.send(SEARCH, {"t": text})
    assert _kode(read_hub, "oeseli")[0] == "53.14.01.2005"


def test_only_regions_in_force_are_found_and_old_names_and_codes_lead_to_them(hub: Client) -> None:
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


def test_a_servers_own_likeness_setting_changes_nothing(hub: Client) -> None:
    before = _search(hub, "nggodimedda", b=100)
    (name,) = hub.sql("SELECT current_database()")[0]
    hub.sql(f'ALTER DATABASE "{name}" SET pg_trgm.similarity_threshold = 0.95')
    for restarted in serve(hub.url):  # a hub whose connections are all new
        assert restarted.sql("SHOW pg_trgm.similarity_threshold") == [("0.95",)]
        assert _search(restarted, "nggodimedda", b=100) == before
    assert len(before) >= 1


def test_nested_selections_hang_below_the_found_region(read_hub: Client) -> None:
    answer = read_hub.ask("""{ cariWilayah(teks: "oeseli", batas: 1) { wilayah { nama titik
      ... on Desa { kecamatan { nama kabupaten { provinsi { nama } } } nilai(elemen: ["PPK03"], periode: ["2020"]) { status } } } } }""")
    (one,) = answer["cariWilayah"]
    assert one["wilayah"]["kecamatan"] == {
        "nama": "Rote Barat Daya", "kabupaten": {"provinsi": {"nama": "Nusa Tenggara Timur"}},
    }  # fmt: skip
    assert one["wilayah"]["titik"]["type"] == "Point"
    assert len(one["wilayah"]["nilai"]) == 1


# ---------- on the national lists ----------


@pytest.mark.parametrize(
    ("text", "prefix"),
    [
        ("nggodimedda", "53.14.04.2003"), ("sukamulya cianjur", "32.03."), ("cianjur sukamulya", "32.03."),
        ("sukamulya cugenang cianjur", "32.03.11.2012"), ("sukamuly ciajur", "32.03."), ("jakarta", "31"),
        ("gambir jakarta", "31.71.01"), ("bogor", "32.01"), ("kota bogor", "32.71"), ("palu", "72.71"),
        ("boa rote", "53.14.07.2004"), ("pantai baru rote ndao", "53.14.05"), ("yogyakarta", "34.71"),
    ],
)  # fmt: skip
def test_among_all_names_of_the_country_the_one_meant_comes_first(national_hub: Client, text: str, prefix: str) -> None:
    assert _kode(national_hub, text)[0].startswith(prefix)


def test_both_desa_that_are_called_so_come_first(national_hub: Client) -> None:
    assert set(_kode(national_hub, "tesabela")[:2]) == {"53.01.05.2006", "53.14.05.2011"}
    assert "53.14.05.2005" in _kode(national_hub, "oebau")[:3]


def test_all_of_one_name_in_one_kabupaten_come_before_all_others(national_hub: Client) -> None:
    found = _search(national_hub, "sukamulya cianjur", b=20)
    exact = sum(h["skor"] == 1 for h in found)
    assert exact >= 4
    assert all(h["wilayah"]["nama"] == "Sukamulya" and h["wilayah"]["kode"].startswith("32.03") for h in found[:exact])


def test_a_full_path_finds_its_region_and_a_wrong_letter_seldom_hides_it(national_hub: Client) -> None:
    with httpx.Client(base_url=national_hub.address, timeout=60) as http:
        texts = questions(http)
    assert len(texts) == 300
    full_paths = [t for t in texts if t.count(",") >= 3]
    assert len(full_paths) == 25
    assert [t for t in full_paths if _search(national_hub, t, b=1)[0]["jalur"] != t] == []
    named = [(path.split(", ")[0].replace("'", ""), path) for path in full_paths]
    hits = 0
    for name, expected in named:
        swapped = name[:2] + name[3:4] + name[2:3] + name[4:]  # the third and fourth letter change about
        kab = expected.split(", ")[2]
        hits += expected in [h["jalur"] for h in _search(national_hub, f"{swapped} {kab}")]
    assert hits >= 23, hits
