"""`terisi`: how many of the regions below carry a figure, and never more than the caller may know."""

from typing import Any

import pytest

from tests.client import Client
from tests.released import release_as_it_is

QUERY = """query ($e: [String!]!, $w: KodeWilayah!, $t: TingkatWilayah!, $r: [String!], $h: Date, $n: DateTime) {
  agregat(elemen: $e, periode: ["2020"], wilayah: $w, tingkat: $t, rincian: $r, wilayahPada: $h, pada: $n) {
    wilayah { kode } rincian { pilihan } nilai status terisi { dari berisi } } }"""

HIDDEN = "UPDATE angka_rilis SET nilai = NULL, status = 'DISUPRESI' WHERE elemen = 'BAN01' AND kode_wilayah = '53.14.01' AND dimensi = ''"


def filled(hub: Client, elemen: str, wilayah: str, level: str, as_whom: str | None = None, **more: Any) -> Any:
    rows = hub.ask(QUERY, {"e": [elemen], "w": wilayah, "t": level, **more}, as_whom)["agregat"]
    return rows[0]["terisi"]


def test_parts_are_counted_that_carry_a_figure(released_hub: Client) -> None:
    kecamatan, with_figure = released_hub.sql(
        "SELECT count(*), count(a.nilai) FROM wilayah w LEFT JOIN angka a ON a.kode_kab = w.kode_kab AND a.kode_wilayah = w.kode "
        "AND a.elemen = 'BAN01' AND a.periode = '2020' AND a.dimensi = '' WHERE w.kode_kab = '53.14' AND w.tingkat = 3 "
        "AND w.berlaku_sejak <= '2020-12-31' AND w.hari_terakhir >= '2020-12-31'"
    )[0]
    assert with_figure > 0
    assert filled(released_hub, "BAN01", "53", "PROVINSI") == {"dari": 22, "berisi": 1}
    assert filled(released_hub, "BAN01", "53.14", "KABUPATEN") == {"dari": kecamatan, "berisi": with_figure}
    assert filled(released_hub, "BAN01", "53.14.01", "KECAMATAN")["berisi"] == 0  # reported by kecamatan
    assert filled(released_hub, "BAN01", "53.14.01", "DESA") is None
    assert filled(released_hub, "BAN01", "53.14", "KABUPATEN", n="2020-01-01T00:00:00Z")["berisi"] == 0


def test_by_later_borders_its_parts_are_those_of_that_day(released_hub: Client) -> None:
    """Loaholu (53.14.11) took ten desa of 53.14.02, which no figure of a whole kecamatan tells apart."""
    own = filled(released_hub, "BAN01", "53.14", "KABUPATEN")
    assert filled(released_hub, "BAN01", "53.14", "KABUPATEN", h="2024-06-30") == {
        "dari": own["dari"] + 1,
        "berisi": own["berisi"] - 1,
    }
    assert filled(released_hub, "BAN01", "53", "PROVINSI", h="2024-06-30") == {"dari": 22, "berisi": 1}
    assert filled(released_hub, "BAN01", "53.14.01", "DESA", h="2024-06-30") is None
    for code, level in (
        ("53.14.11", "KECAMATAN"),
        ("53.14.02", "KECAMATAN"),
        ("53.14", "KABUPATEN"),
        ("53", "PROVINSI"),
    ):
        for elemen in ("REH09", "WIL04", "BAN01", "WIL05"):
            asked = {"e": [elemen], "w": code, "h": "2024-06-30", "r": None, "n": None}
            below = {"KECAMATAN": "DESA", "KABUPATEN": "KECAMATAN", "PROVINSI": "KABUPATEN"}[level]
            rows = released_hub.ask(QUERY, {**asked, "t": below}, "53.14")["agregat"]
            found = filled(released_hub, elemen, code, level, "53.14", h="2024-06-30")
            assert found == {"dari": len(rows), "berisi": sum(b["nilai"] is not None for b in rows)}, (code, elemen)


def test_by_later_borders_what_is_closed_is_not_counted(hub: Client) -> None:
    later = {"h": "2024-06-30"}
    release_as_it_is(hub)
    for elemen, kode, level, parts in (("REH10", "53.14.01", "KECAMATAN", 19), ("KTK02", "53.14", "KABUPATEN", 11)):
        assert filled(hub, elemen, kode, level, **later) is None
        assert filled(hub, elemen, kode, level, "53.14", **later)["dari"] == parts
    hub.sql(HIDDEN)
    assert filled(hub, "BAN01", "53.14", "KABUPATEN", **later) is None
    assert filled(hub, "BAN01", "53.14", "KABUPATEN", "53", **later)["berisi"] > 0


def test_by_later_borders_a_breakdown_counts_its_own_parts(read_hub: Client) -> None:
    variables = {"e": ["REH01"], "w": "53.14", "t": "KABUPATEN", "r": ["lingkup"]}
    own = read_hub.ask(QUERY, variables, "53.14")["agregat"]
    later = read_hub.ask(QUERY, {**variables, "h": "2024-06-30"}, "53.14")["agregat"]
    assert [(b["rincian"], b["terisi"]["dari"]) for b in later] == [
        (b["rincian"], b["terisi"]["dari"] + 1) for b in own
    ]


def test_what_the_hub_counts_itself_is_known_everywhere_above(released_hub: Client) -> None:
    for wilayah, level in (("53", "PROVINSI"), ("53.14", "KABUPATEN"), ("53.14.01", "KECAMATAN")):
        parts = filled(released_hub, "WIL04", wilayah, level)
        assert parts["dari"] == parts["berisi"] > 0


def test_a_breakdown_counts_its_own_parts(read_hub: Client) -> None:
    variables = {"e": ["REH01"], "w": "53.14", "t": "KABUPATEN", "r": ["lingkup"]}
    rows = read_hub.ask(QUERY, variables, "53.14")["agregat"]
    assert rows
    for row in rows:
        (choice,) = row["rincian"]
        expected = read_hub.sql(
            "SELECT count(*) FROM angka WHERE kode_kab = '53.14' AND elemen = 'REH01' AND periode = '2020' AND tingkat = 3 "
            "AND rincian->>'lingkup' = %s AND nilai IS NOT NULL",
            choice["pilihan"],
        )
        assert row["terisi"]["berisi"] == expected[0][0]


@pytest.mark.parametrize(
    ("elemen", "kode", "level", "parts"),
    [("REH10", "53.14.01", "KECAMATAN", 19), ("PPK01", "53.14.01", "KECAMATAN", 19), ("KTK02", "53.14", "KABUPATEN", 10), ("KTK02", "53.14.01", "KECAMATAN", 19)],
)  # fmt: skip
def test_what_is_closed_is_not_counted(released_hub: Client, elemen: str, kode: str, level: str, parts: int) -> None:
    """Neither where the parts are closed by their sensitivity, nor where the figure itself is."""
    assert filled(released_hub, elemen, kode, level) is None
    assert filled(released_hub, elemen, kode, level, "36") is None
    assert filled(released_hub, elemen, kode, level, "53.14")["dari"] == parts


def test_a_part_that_was_released_hidden_closes_the_count(hub: Client) -> None:
    release_as_it_is(hub)
    assert filled(hub, "BAN01", "53.14", "KABUPATEN")["berisi"] > 0
    hub.sql(HIDDEN)
    assert filled(hub, "BAN01", "53.14", "KABUPATEN") is None
    assert filled(hub, "BAN01", "53.14", "KABUPATEN", "53")["berisi"] > 0
