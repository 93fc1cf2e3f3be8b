"""The registers beside the rekap: what stands on a period's last day, region by region, next to what was approved."""

from typing import Any

import psycopg
import pytest
from graphql import FieldNode, OperationDefinitionNode, parse

from schema.build import schema
from schema.engine.compiler import Compiler
from tests.client import Client
from tests.rekap.texts import SUBMIT, angka, submission
from tests.sumber_daya.rows import add, surat, uuid_of, without_samples
from tests.terdaftar.texts import NEW_BONI, OLD_BONI, QUERY, approved, rows, terdaftar
from tests.wksbm.texts import emptied


@pytest.fixture
def hub(hub: Client) -> Client:
    """The demo's regions and rekap without its social resources and networks."""
    emptied(without_samples(hub))
    return hub


def by_breakdown(hub: Client, elemen: str, *names: str, **more: Any) -> dict[str, tuple[Any, Any]]:
    """Choice → (figure, count)."""
    return {
        "+".join(p["pilihan"] for p in b["rincian"]): (b["nilai"], b["terdaftar"])
        for b in rows(hub, elemen, r=list(names), **more)
    }


def test_what_stands_on_the_last_day_counts(hub: Client) -> None:
    add(hub, 1, "LK3", sejak="2020-06-30")
    add(hub, 2, "LK3", sejak="2020-03-31", sampai="2020-12-31")
    add(hub, 3, "LK3", sejak="2019-01-01", sampai="2021-01-01")
    add(hub, 4, "LK3", sejak="2020-07-01", contoh=True)
    counts = {
        p: terdaftar(hub, "LEM06", "53", p) for p in ("2020-02", "2020-TW1", "2020-S1", "2020-TW3", "2020", "2021")
    }
    assert counts == {"2020-02": 1, "2020-TW1": 2, "2020-S1": 3, "2020-TW3": 4, "2020": 3, "2021": 2}
    assert [b["terdaftar"] for b in rows(hub, "LEM06", p=["2020-S1", "2020"])] == [3, 3]


def test_each_element_counts_its_own_kind(hub: Client) -> None:
    for n, (kind, owner) in enumerate(
        [("PANTI", "PROVINSI"), ("PANTI", "KABUPATEN"), ("PANTI", "MASYARAKAT"), ("LKS", "MASYARAKAT"), ("LK3", "DESA"),
         ("RUMAH_SINGGAH", "MASYARAKAT"), ("SLRT", "KABUPATEN"), ("PUSKESOS", "DESA"), ("KARANG_TARUNA", "DESA"),
         ("KAMPUNG_SIAGA_BENCANA", "DESA"), ("GUDANG_BENCANA", "KABUPATEN")]
    ):  # fmt: skip
        add(hub, n, kind, pemilik=owner)
    kode = ["LEM01", "LEM02", "LEM03", "LEM04", "LEM05", "LEM06", "LEM07", "LEM08", "LEM09", "LEM10", "LEM11", "LEM12", "LEM14", "LEM15", "LEM16", "LEM17", "LOG01", "WKS01", "BAN01"]  # fmt: skip
    result = {b["elemen"]["kode"]: b["terdaftar"] for b in rows(hub, kode)}
    assert result == {
        "LEM01": 2, "LEM02": 1, "LEM03": 120, "LEM04": None, "LEM05": 1, "LEM06": 1, "LEM07": 1, "LEM08": 0, "LEM09": 0,
        "LEM10": 1, "LEM11": 1, "LEM12": None, "LEM14": 1, "LEM15": None, "LEM16": None, "LEM17": 1, "LOG01": 1,
        "WKS01": 0, "BAN01": None,
    }  # fmt: skip
    assert terdaftar(hub, "LEM06", "53.13") == 0  # nobody is known there


def test_papers_count_while_they_hold(hub: Client) -> None:
    for n in (1, 2, 3):
        add(hub, n, "LKS" if n < 3 else "PANTI", sejak="2010-01-01", cakupan=(None, "KOTA", "PROVINSI")[n - 1])
    surat(hub, 1, "TANDA_DAFTAR", "2018-01-01", "2021-01-01", cakupan="NASIONAL")
    surat(hub, 1, "TANDA_DAFTAR", "2020-06-01", "2023-06-01", cakupan="PROVINSI")
    surat(hub, 2, "TANDA_DAFTAR", "2017-12-31", "2020-12-31")
    surat(hub, 3, "TANDA_DAFTAR", "2020-04-01", None)
    surat(hub, 1, "AKREDITASI", "2020-12-31", "2025-12-31", peringkat="A")
    surat(hub, 2, "AKREDITASI", "2018-01-01", "2020-02-01", peringkat="C")
    surat(hub, 2, "AKREDITASI", "2020-03-01", "2023-02-01", peringkat="B")
    assert [terdaftar(hub, "LEM08", periode=p) for p in ("2020-TW1", "2020", "2023")] == [2, 2, 1]
    assert [terdaftar(hub, "LEM09", periode=p) for p in ("2020-01", "2020-02", "2020", "2023", "2025")] == [
        1,
        0,
        2,
        1,
        0,
    ]
    assert by_breakdown(hub, "LEM08", "cakupan_lks") == {"provinsi": (None, 2)}
    assert by_breakdown(hub, "LEM08", "cakupan_lks", periode="2020-TW1") == {
        "nasional": (None, 1),
        "kabupaten/kota": (None, 1),
    }
    assert by_breakdown(hub, "LEM09", "akreditasi") == {"A": (None, 1), "B": (None, 1)}


def test_people_are_added_up_with_and_without_their_sexes(hub: Client) -> None:
    add(hub, 1, "PANTI", klien_l=10, klien_p=5, sasaran="anak")
    add(hub, 2, "LKS", klien=40, sasaran="Lanjut Usia")
    add(hub, 3, "RUMAH_SINGGAH", klien=9, klien_l=4)
    add(hub, 4, "LK3")
    add(hub, 5, "KARANG_TARUNA", pengurus=3)
    add(hub, 6, "KARANG_TARUNA", pengurus_l=4, pengurus_p=2)
    assert (terdaftar(hub, "LEM04", as_whom="53.14"), terdaftar(hub, "LEM15")) == (64, 9)
    as_office = {"as_whom": "53.14"}
    assert by_breakdown(hub, "LEM04", "JK", **as_office) == {"L": (None, 14), "P": (None, 5)}
    assert by_breakdown(hub, "LEM04", "sasaran_layanan", **as_office) == {"anak": (None, 15), "lanjut usia": (None, 40)}
    assert by_breakdown(hub, "LEM04", "sasaran_layanan", "JK", **as_office) == {
        "L+anak": (None, 10),
        "P+anak": (None, 5),
    }
    assert by_breakdown(hub, "LEM15", "JK") == {"L": (None, 4), "P": (None, 2)}


def test_a_village_with_both_counts_once_in_all_and_under_each(hub: Client) -> None:
    for n, (lumbung, gardu) in enumerate(((True, True), (True, False), (None, None))):
        add(hub, n, "KAMPUNG_SIAGA_BENCANA", lumbung=lumbung, gardu=gardu)
    assert terdaftar(hub, "LEM17") == 3
    assert by_breakdown(hub, "LEM17", "sarana_ksb") == {"gardu": (None, 1), "lumbung": (None, 2)}


def test_a_breakdown_shows_what_only_the_register_knows_beside_what_only_the_rekap_says(hub: Client) -> None:
    for n, classification in enumerate(("TUMBUH", "TUMBUH", "MAJU", None)):
        add(hub, n, "KARANG_TARUNA", klasifikasi=classification)
    result = approved(
        hub, "F09", "2021-TW1",
        [
            angka("53.14", "LEM14", 7),
            *(angka("53.14", "LEM14", n, rincian=[{"rincian": "klasifikasi", "pilihan": k}]) for k, n in (("tumbuh", 5), ("berkembang", 2))),
        ],
    )  # fmt: skip
    assert by_breakdown(hub, "LEM14", "klasifikasi", periode="2021-TW1") == {
        "tumbuh": (5, 2), "maju": (None, 1), "berkembang": (2, 0),
    }  # fmt: skip
    (row,) = rows(hub, "LEM14", periode="2021-TW1")
    assert (row["nilai"], row["terdaftar"], row["selisihTerdaftar"], row["status"]) == (7, 4, 3, "ADA")
    difference, *of_choices = [t for t in result["temuan"] if t["kode"] == "REGISTER_BEDA"]
    assert [t["pesan"].partition(" pada ")[0] for t in of_choices] == [
        "LEM14[klasifikasi=tumbuh], 53.14: rekap 5, register 2 (dan 1 yang pilihan atau letaknya tidak tercatat)",
        "LEM14[klasifikasi=berkembang], 53.14: rekap 2, register 0 (dan 1 yang pilihan atau letaknya tidak tercatat)",
    ]
    assert (difference["tingkat"], difference["elemen"], difference["nilai"], difference["usulan"]) == (
        "INFO",
        "LEM14",
        "7",
        "4",
    )
    assert by_breakdown(hub, "LEM11", "hitungan", periode="2021-TW1") == {
        "": (None, 0)
    }  # not told apart by any register
    provinsi = by_breakdown(hub, "LEM14", "klasifikasi", periode="2021-TW1", wilayah="53")
    assert provinsi == {"tumbuh": (5, 2), "maju": (None, 1), "berkembang": (2, 0)}


def test_the_difference_is_told_only_where_the_register_holds_such_things(hub: Client) -> None:
    add(hub, 1, "PUSKESOS")
    add(hub, 2, "LK3", sampai="2020-01-01")
    nilai = [angka("53.14", k, n) for k, n in (("LEM11", 1), ("LEM06", 1), ("LEM07", 5), ("LEM02", 3))]
    result = approved(hub, "F09", "2021-TW2", nilai)
    assert [(t["elemen"], t["nilai"], t["usulan"]) for t in result["temuan"] if t["kode"] == "REGISTER_BEDA"] == [
        ("LEM06", "1", "0")
    ]
    gudang = hub.ask(
        SUBMIT, {"m": submission("53.14", "F04", "2021-01", "g", nilai=[angka("53.14", "LOG01", 2)])}, "53.14"
    )["hasil"]
    assert [t for t in gudang["temuan"] if t["kode"] == "REGISTER_BEDA"] == []
    of_provinsi = submission("53", "F09", "2021-TW2", "p", nilai=[angka("53", "LEM11", 9)])
    assert "REGISTER_BEDA" not in {t["kode"] for t in hub.ask(SUBMIT, {"m": of_provinsi}, "53")["hasil"]["temuan"]}


def test_a_desa_that_moved_counts_where_it_lay(hub: Client) -> None:
    add(hub, 1, "SLRT", kode_desa=NEW_BONI)
    add(hub, 2, "SLRT", kode_desa=OLD_BONI, diubah_pada="2021-05-01T00:00:00Z")  # written before it moved
    add(hub, 3, "SLRT", kode_desa="53.14.02.2004")

    def per(level: str, periode: str, day: str | None = None) -> dict[str, int]:
        found = rows(hub, "LEM10", periode=periode, t=level, h=day)
        return {b["wilayah"]["kode"]: b["terdaftar"] for b in found if b["terdaftar"]}

    for periode, day, boni, kecamatan in (
        ("2020", None, OLD_BONI, {"53.14.02": 3}),
        ("2023", None, NEW_BONI, {"53.14.02": 1, "53.14.11": 2}),
        ("2020", "2023-06-30", NEW_BONI, {"53.14.02": 1, "53.14.11": 2}),
    ):
        assert per("KECAMATAN", periode, day) == kecamatan
        assert per("DESA", periode, day) == {"53.14.02.2004": 1, boni: 2}
        assert per("KABUPATEN", periode, day) == {"53.14": 3}
        assert terdaftar(hub, "LEM10", "53", periode, h=day) == 3
        assert terdaftar(hub, "LEM10", boni, periode, h=day) == 2
    moved = by_breakdown(hub, "LEM10", "sumber_dana", periode="2020", h="2023-06-30", wilayah="53.14.11")
    assert moved == {"": (None, 2)}
    hub.sql("UPDATE sumber_daya SET sumber_dana = 'apbd' WHERE jenis = 'SLRT'")
    assert by_breakdown(hub, "LEM10", "sumber_dana", h="2023-06-30", wilayah="53.14.11") == {"APBD": (None, 2)}


def test_what_is_closed_shows_no_count_either(hub: Client) -> None:
    add(hub, 1, "PANTI", klien_l=3, klien_p=1, sasaran="anak")
    for who, total in ((None, None), ("53.13", None), ("53.14", 4), ("53", 4)):
        variables = {"e": ["LEM04"], "p": ["2020"], "w": "53.14.10.2003", "t": "DESA"}
        (row,) = hub.ask(QUERY, variables, who)["agregat"]
        assert row["terdaftar"] == total, who
        detailed = hub.ask(QUERY, {**variables, "r": ["JK"]}, who)["agregat"]
        assert [b["terdaftar"] for b in detailed] == ([None] if total is None else [3, 1])


def test_whom_single_homes_serve_is_told_those_who_reach_all_of_them(hub: Client) -> None:
    """The clients of a secret shelter followed from the kabupaten's count by sex, and those of every home from the register."""
    add(hub, 1, "PANTI", klien_l=30, klien_p=20, sasaran="anak")
    add(hub, 2, "RUMAH_SINGGAH", klien_l=1, klien_p=6, rahasia=True)
    for kode in ("53.14.10.2003", "53.14.10", "53.14", "53"):
        seen = {s: terdaftar(hub, "LEM04", kode, as_whom=s) for s in (None, "53.15", "36", "53.14", "53", "")}
        above = kode == "53"
        assert seen == {None: None, "53.15": None, "36": None, "53.14": None if above else 57, "53": 57, "": 57}, kode
        for as_whom in (None, "53.15", "36"):
            assert {p for p, _ in _pilihan(hub, kode, as_whom)} <= {""}, kode
            assert terdaftar(hub, "LEM07", kode, as_whom=as_whom) == 0
    assert terdaftar(hub, "LEM07", as_whom="53.14") == 1


def _pilihan(hub: Client, kode: str, as_whom: str | None) -> set[tuple[str, Any]]:
    return {
        ("+".join(p["pilihan"] for p in b["rincian"]), b["terdaftar"])
        for b in rows(hub, "LEM04", kode, r=["JK"], as_whom=as_whom)
    }


def test_of_what_was_known_then_the_register_says_nothing(hub: Client) -> None:
    add(hub, 1, "LK3")
    assert terdaftar(hub, "LEM06", saat="2030-01-01T00:00:00Z") is None
    assert by_breakdown(hub, "LEM06", "pemilik", saat="2030-01-01T00:00:00Z") == {"": (None, None)}


# ---------- what it costs ----------


def _sql(field_name: str, argument: str = "") -> str:
    core = schema()._schema
    assert core.query_type is not None
    (operation,) = parse(
        f'{{ agregat(elemen: ["LEM14"], periode: ["2020"], wilayah: "36", tingkat: KABUPATEN{argument}) {{ {field_name} }} }}'
    ).definitions
    assert isinstance(operation, OperationDefinitionNode)
    (node,) = operation.selection_set.selections
    assert isinstance(node, FieldNode)
    statement = Compiler(core, {}, {}).root(core.query_type.fields["agregat"], [node]).sql
    assert statement is not None
    return statement


def test_it_costs_nothing_unless_it_is_asked_and_is_counted_once_if_so() -> None:
    assert "sumber_daya" not in _sql("nilai tertulis status kelengkapan { persen }")
    for field_name in ("terdaftar", "selisihTerdaftar", "nilai a: terdaftar terdaftar selisihTerdaftar"):
        assert _sql(field_name).count("JOIN sumber_daya ") == 1


def test_a_province_of_a_whole_country_finds_its_own_by_the_index(hub: Client) -> None:
    hub.sql(f"""INSERT INTO sumber_daya (kode_kab, id, jenis, nama, pemilik, kode_desa, sejak, diubah_oleh)
      SELECT left(k, 5), gen_random_uuid(), CASE WHEN n % 10 = 0 THEN 'SLRT' ELSE 'KARANG_TARUNA' END, 'X', 'DESA', k, '2020-01-01',
        '{uuid_of(1)}' FROM (SELECT n, format('%s.%s.01.2001', 11 + n % 80, lpad((1 + n / 80 % 60)::text, 2, '0')) AS k
        FROM generate_series(1, 40000) n) s""")
    hub.sql("ANALYZE sumber_daya")
    with psycopg.connect(hub.url) as conn:
        for condition in ("kode_kab >= '36' AND kode_kab < '36/'", "kode_kab = '36.01'"):
            plan = str(
                conn.execute(
                    f"EXPLAIN SELECT * FROM sumber_daya WHERE {condition} AND jenis = ANY(ARRAY['SLRT'])"
                ).fetchall()
            )
            assert "sumber_daya_kabupaten_idx" in plan, plan
