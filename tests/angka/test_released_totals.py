"""Totals of a province as they were released, to whoever does not reach it; as they are, to whoever does."""

from typing import Any

import pytest

from tests.client import Client
from tests.released import release_as_it_is

QUERY = """query ($e: [String!]!, $w: KodeWilayah!, $t: TingkatWilayah!, $r: [String!], $p: DateTime, $h: Date) {
  agregat(elemen: $e, periode: ["2020"], wilayah: $w, tingkat: $t, rincian: $r, pada: $p, wilayahPada: $h) {
    wilayah { kode } rincian { pilihan } nilai tertulis status terisi { dari berisi } dirilisPada
    kelengkapan { diharapkan diterima disetujui tepatWaktu } } }"""
OUTSIDERS = (None, "53.14", "53.15", "36")
KAB, OTHER, PROV = "53.14", "53.15", "53"
SINCE = "2024-05-06T07:08:09+07:00"


def asked(
    hub: Client, elemen: str, as_whom: str | None, wilayah: str = PROV, level: str = "PROVINSI", **more: Any
) -> Any:
    return hub.ask(QUERY, {"e": [elemen], "w": wilayah, "t": level, **more}, as_whom)["agregat"]


def put(hub: Client, table: str, kode: str, elemen: str, nilai: int | None, rincian: str = "{}", **more: Any) -> None:
    columns = {
        "kode_kab": kode, "elemen": elemen, "periode": "2020", "tingkat": 1 if len(kode) == 2 else 2,
        "dimensi": "JK" if "JK" in rincian else "", "kode_wilayah": kode, "rincian": rincian, "nilai": nilai,
        "status": "DISUPRESI" if nilai is None else "ADA", "turunan": False, **more,
    }  # fmt: skip
    hub.sql(
        f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({', '.join(['%s'] * len(columns))})", *columns.values()
    )


@pytest.fixture
def counted(hub: Client) -> Client:
    """Persons in two kabupaten (PPK01), as it is for their offices; nothing of it released."""
    hub.sql("DELETE FROM angka WHERE elemen = 'PPK01'")
    for kab, everybody, women in ((KAB, 40, 3), (OTHER, 20, 11)):
        put(hub, "angka", kab, "PPK01", everybody)
        put(hub, "angka", kab, "PPK01", women, '{"JK": "P"}')
    return hub


def test_nothing_is_told_before_it_is_released(counted: Client) -> None:
    for as_whom in OUTSIDERS:
        (row,) = asked(counted, "PPK01", as_whom)
        assert (row["nilai"], row["status"], row["dirilisPada"]) == (None, "TIDAK_ADA_DATA", None), as_whom
    (own,) = asked(counted, "PPK01", PROV)
    assert (own["nilai"], own["status"], own["dirilisPada"]) == (60, "ADA", None)
    assert own["terisi"] == {"dari": 22, "berisi": 2}


def test_a_released_total_stands_as_it_was_whatever_came_since(counted: Client) -> None:
    put(counted, "angka_rilis", PROV, "PPK01", 55, kelengkapan=[22, 4, 3, 2], terisi=3, sejak=SINCE)
    put(counted, "angka_rilis", KAB, "PPK01", None)
    put(counted, "angka_rilis", OTHER, "PPK01", 20)
    for as_whom in OUTSIDERS:
        (row,) = asked(counted, "PPK01", as_whom)
        assert (row["nilai"], row["status"], row["dirilisPada"]) == (55, "ADA", SINCE), as_whom
        assert row["terisi"] == {"dari": 22, "berisi": 3}
        assert row["kelengkapan"] == {"diharapkan": 22, "diterima": 4, "disetujui": 3, "tepatWaktu": 2}
    (own,) = asked(counted, "PPK01", PROV)
    assert (own["nilai"], own["terisi"]["berisi"], own["dirilisPada"]) == (60, 2, None)
    assert own["kelengkapan"]["disetujui"] != 3


def test_a_total_is_closed_where_it_was_or_where_a_part_is(counted: Client) -> None:
    put(counted, "angka_rilis", KAB, "PPK01", None)
    put(counted, "angka_rilis", OTHER, "PPK01", 20)
    for table in ("angka_tertulis", "angka_tertulis_rilis"):
        counted.sql(f"INSERT INTO {table} (kode_kab, elemen, periode, kode_wilayah, dimensi, rincian, tertulis) "
                    "VALUES ('53', 'PPK01', '2020', '53', '', '{}', 61)")  # fmt: skip
    closed = (None, None, "DISUPRESI", None)

    def told(as_whom: str | None, **more: Any) -> tuple[Any, ...]:
        (row,) = asked(counted, "PPK01", as_whom, **more)
        return row["nilai"], row["tertulis"], row["status"], row["terisi"]

    for as_whom in OUTSIDERS:  # 53.14 too: with its own figure it would have a sum that is nobody's
        assert told(as_whom) == closed, as_whom
        assert told(as_whom, h="2024-06-30") == closed, as_whom
    assert told(PROV)[:3] == (60, 61, "ADA")
    assert told(PROV, h="2024-06-30")[0] == 60
    # open parts add up, whatever they add up to; a total that was released closed stays so
    counted.sql("UPDATE angka_rilis SET nilai = 3, status = 'ADA' WHERE elemen = 'PPK01' AND kode_wilayah = %s", KAB)
    for as_whom in OUTSIDERS:
        assert told(as_whom)[:3] == (23, 61, "ADA"), as_whom
        assert told(as_whom, h="2024-06-30")[0] == 23
    assert told(None)[3] == {"dari": 22, "berisi": 2}
    put(counted, "angka_rilis", PROV, "PPK01", None)
    for as_whom in OUTSIDERS:
        assert told(as_whom) == closed, as_whom


def test_choices_are_those_that_were_released(counted: Client) -> None:
    for as_whom in OUTSIDERS:
        assert asked(counted, "PPK01", as_whom, r=["JK"]) == []
    assert [b["nilai"] for b in asked(counted, "PPK01", PROV, r=["JK"])] == [14]
    put(counted, "angka_rilis", PROV, "PPK01", 12, '{"JK": "P"}', sejak=SINCE)
    put(counted, "angka_rilis", PROV, "PPK01", 9, '{"JK": "L"}', sejak=SINCE)
    for as_whom in OUTSIDERS:
        rows = asked(counted, "PPK01", as_whom, r=["JK"])
        assert [(b["rincian"], b["nilai"]) for b in rows] == [([{"pilihan": "L"}], 9), ([{"pilihan": "P"}], 12)], (
            as_whom
        )


def test_what_was_released_then_is_told_of_then(counted: Client) -> None:
    def moment() -> str:
        return str(counted.sql("SELECT clock_timestamp()")[0][0].isoformat())

    before = moment()
    put(counted, "angka_rilis", PROV, "PPK01", 55)
    first = moment()
    counted.sql("DELETE FROM angka_rilis WHERE elemen = 'PPK01' AND tingkat = 1")
    put(counted, "angka_rilis", PROV, "PPK01", 58, terisi=2)
    for as_whom in OUTSIDERS:
        told = [asked(counted, "PPK01", as_whom, p=p)[0] for p in (before, first, moment(), None)]
        assert [b["nilai"] for b in told] == [None, 55, 58, 58], as_whom
        assert told[1]["dirilisPada"] < told[2]["dirilisPada"] == told[3]["dirilisPada"]


def test_since_when_a_row_is_as_it_is(hub: Client) -> None:
    """Of a region its own row's time, of a sum the newest of its parts'; nothing to whoever reaches it, and where there is none."""
    release_as_it_is(hub)
    times = dict(
        hub.sql(
            "SELECT kode_wilayah, sejak FROM angka_rilis WHERE elemen = 'BAN01' AND periode = '2020' AND dimensi = ''"
        )
    )
    for wilayah, level in ((KAB, "KABUPATEN"), ("53.14.01", "KECAMATAN")):
        (row,) = asked(hub, "BAN01", None, wilayah, level)
        assert hub.sql("SELECT %s::timestamptz", row["dirilisPada"]) == [(times[wilayah],)]
        assert asked(hub, "BAN01", KAB, wilayah, level)[0]["dirilisPada"] is None
    assert {b["dirilisPada"] for b in asked(hub, "BAN01", None, "53.14.01", "DESA")} == {None}
    put(hub, "angka_rilis", OTHER, "BAN01", 7, sejak="2031-01-01")
    for more in ({}, {"h": "2024-06-30"}):
        (row,) = asked(hub, "BAN01", None, **more)
        assert row["dirilisPada"].startswith("2031-01-01"), more
        assert asked(hub, "BAN01", PROV, **more)[0]["dirilisPada"] is None
