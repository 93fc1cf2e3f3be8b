"""The tables of an office's budget entered and asked back, figure by figure and per cent by per cent; what is missing; provinces."""

import time
from pathlib import Path
from typing import Any

import pytest

from tests.anggaran.budgets import KAB, PROV, bring, budget, cell, enter, finding, submit, tree
from tests.client import Client
from tests.rekap.texts import APPROVE, rekap
from tests.released import release_as_it_is

# Tables 12 and 13: name → (source, part of, ceiling, spent, per cent as printed)
TABLE_12: dict[str, tuple[str, str | None, int, int, float]] = {
    "Belanja APBD": ("APBD", "APBD", 3_772_191_098, 3_497_552_382, 92.72),
    "Belanja Tidak Langsung": ("APBD", "Belanja APBD", 1_464_405_368, 1_418_623_079, 96.87),
    "Belanja Langsung": ("APBD", "Belanja APBD", 2_307_785_730, 2_078_929_303, 90.08),
    "Program Penunjang Urusan Pemerintahan": ("APBD", "Belanja Langsung", 400_959_000, 362_755_953, 90.47),
    "Program Peningkatan Perlindungan dan Jaminan Sosial": ("APBD", "Belanja Langsung", 894_012_250, 792_427_550, 88.64),
    "Program Pelayanan dan Rehabilitasi Kesejahteraan Sosial": ("APBD", "Belanja Langsung", 539_731_100, 495_863_400, 91.87),
    "Program Peningkatan Pemberdayaan Sosial": ("APBD", "Belanja Langsung", 51_172_000, 32_302_000, 63.12),
    "Program Penanganan Fakir Miskin": ("APBD", "Belanja Langsung", 421_911_380, 395_580_400, 93.76),
}  # fmt: skip
TABLE_13 = {
    "Program Peningkatan Perlindungan dan Jaminan Sosial": ("APBN", "APBN", 12_157_475_000, 12_157_475_000, 100),
    "Program Penanganan Fakir Miskin": ("APBN", "APBN", 17_369_400_000, 17_369_400_000, 100),
}
_SUMS = {"Belanja APBD", "Belanja Langsung"}
PRINTED = [
    ("APBD", "APBD", None, 3_772_191_098, 3_497_552_382, 92.72),
    *((k, *v) for k, v in TABLE_12.items()),
    ("APBN", "APBN", None, 29_526_875_000, 29_526_875_000, 100),
    *((k, *v) for k, v in TABLE_13.items()),
]


def shown(answer: Any) -> list[tuple[Any, ...]]:
    return [(c["nama"], c["sumber"], c["induk"], c["pagu"], c["realisasi"], c["persen"]) for c in answer["cabang"]]


def cells(periode_names: dict[str, str] | None = None, *, sums: bool = False) -> list[dict[str, Any]]:
    """The tables as cells of a rekap, under these names; `sums`: the rows of sums too."""
    names = periode_names or {}
    return [
        cell(elemen, source, names.get(name, name), figure)
        for table in (TABLE_12, TABLE_13)
        for name, (source, _, pagu, realisasi, _) in table.items()
        if sums or name not in _SUMS
        for elemen, figure in (("KIN03", pagu), ("KIN04", realisasi))
    ]


# ---------- tables 12 and 13 ----------


def test_the_demo_shows_both_tables_as_printed(read_hub: Client) -> None:
    answer = tree(read_hub, KAB, "2020")
    assert shown(answer) == PRINTED
    assert [c["nama"] for c in answer["cabang"] if c["subtotal"]] == [
        "APBD",
        "Belanja APBD",
        "Belanja Langsung",
        "APBN",
    ]
    assert (answer["pagu"], answer["realisasi"], answer["persen"]) == (33_299_066_098, 33_024_427_382, 99.18)
    assert answer["terisi"] == {"dari": 8, "berisi": 8}
    assert answer["wilayah"]["nama"] == "Rote Ndao"


@pytest.mark.parametrize("sums", [False, True], ids=["leaves only", "with the printed sums"])
def test_both_tables_are_entered_and_come_back(hub: Client, tmp_path: Path, sums: bool) -> None:
    bring(hub, tmp_path, _LIST, "2021-01-01")
    accepted = enter(hub, "2021-TW4", cells(sums=sums))
    assert [t for t in accepted["temuan"] if t["tingkat"] == "GALAT"] == []
    answer = tree(hub, KAB, "2021-TW4")
    assert shown(answer) == PRINTED
    stated = {c["nama"]: (c["paguTertulis"], c["realisasiTertulis"]) for c in answer["cabang"]}
    assert stated["Belanja Langsung"] == ((2_307_785_730, 2_078_929_303) if sums else (None, None))
    assert shown(tree(hub, KAB, "2021")) == PRINTED  # the year is its last quarter


def test_they_come_back_from_a_file_and_under_other_spellings(hub: Client, tmp_path: Path) -> None:
    bring(hub, tmp_path, _LIST, "2021-01-01")
    lines = ["wilayah,elemen,rincian,nilai"]
    spelled = {
        "Belanja Tidak Langsung": "1. BELANJA TIDAK LANGSUNG",
        "Program Penanganan Fakir Miskin": "e. penanganan  fakir-miskin",
    }
    for name, (source, _, pagu, realisasi, _) in (*TABLE_12.items(), *TABLE_13.items()):
        if name not in _SUMS:
            for elemen, figure in (("KIN03", pagu), ("KIN04", realisasi)):
                lines.append(f'{KAB},{elemen},"sumber_anggaran={source},program={spelled.get(name, name)}",{figure}')
    answer = rekap(hub, "\n".join(lines).encode(), name="F12.csv", formulir="F12", periode="2021-TW4", kunci="berkas")
    assert answer["__typename"] == "RekapDiterima", answer
    hub.ask(APPROVE, {"id": f"{KAB}:F12:2021-TW4", "revisi": 1}, as_whom=PROV)
    assert shown(tree(hub, KAB, "2021-TW4")) == PRINTED


_LIST = (Path(__file__).parents[2] / "seeds" / "contoh" / "rote_ndao_2020" / "program.csv").read_text()


# ---------- what is missing, and what was stated ----------

_SMALL = "nama,induk,sumber,alias\nBelanja,,APBD,\nLangsung,Belanja,APBD,\nPenunjang,Langsung,APBD,\nJaminan,Langsung,APBD,PJS\nPegawai,Belanja,APBD,\n"
_OTHER = "tahun,nama,sumber\n2023,Gaji,APBD\n2023,Modal,APBD\n"


@pytest.fixture
def small(hub: Client, tmp_path: Path) -> Client:
    """53.14 with a small list for 2022."""
    bring(hub, tmp_path, _SMALL, "2022-01-01")
    return hub


def by_name(answer: Any) -> dict[str, tuple[Any, ...]]:
    return {c["nama"]: (c["pagu"], c["realisasi"], c["persen"]) for c in answer["cabang"]}


def test_a_sum_of_which_a_part_is_missing_is_unknown_and_what_was_stated_stands_beside(small: Client) -> None:
    rows = {("APBD", "Penunjang"): (100, 50), ("APBD", "Pegawai"): (300, 200), ("APBD", None): (600, 500)}
    total = [{"elemen": "KIN03[sumber_anggaran=APBD,program=langsung]", "tertulis": 300}]
    answer = enter(small, "2022-TW1", budget(rows), totalTertulis=total)
    assert finding(answer, "PROGRAM_KURANG")["pesan"].startswith(
        "KIN03, APBD: 1 program dalam daftar belum berisi angka: Jaminan."
    )
    result = tree(small, KAB, "2022-TW1")
    assert by_name(result) == {
        "APBD": (None, None, None), "Belanja": (None, None, None), "Langsung": (None, None, None),
        "Penunjang": (100, 50, 50), "Jaminan": (None, None, None), "Pegawai": (300, 200, 66.67),
    }  # fmt: skip
    assert (result["pagu"], result["realisasi"], result["persen"]) == (None, None, None)
    stated = {c["nama"]: (c["paguTertulis"], c["realisasiTertulis"]) for c in result["cabang"]}
    assert stated["APBD"] == (600, 500)
    assert stated["Langsung"] == (300, None)
    assert result["terisi"] == {"dari": 3, "berisi": 2}


def test_what_was_not_carried_out_is_known(small: Client) -> None:
    not_done = [cell(e, "APBD", "Jaminan", None, status="TIDAK_DILAKSANAKAN") for e in ("KIN03", "KIN04")]
    rows = {("APBD", "Penunjang"): (100, 50), ("APBD", "Pegawai"): (300, 0)}
    assert finding(enter(small, "2022-TW1", [*budget(rows), *not_done]), "PROGRAM_KURANG") is None
    assert by_name(tree(small, KAB, "2022-TW1")) == {
        "APBD": (400, 50, 12.5), "Belanja": (400, 50, 12.5), "Langsung": (100, 50, 50), "Penunjang": (100, 50, 50),
        "Jaminan": (None, None, None), "Pegawai": (300, 0, 0),
    }  # fmt: skip


def test_one_of_whose_parts_nothing_is_said_stands_for_them(small: Client) -> None:
    rows = {("APBD", "Langsung"): (100, 50), ("APBD", "Pegawai"): (300, 30)}
    assert finding(enter(small, "2022-TW1", budget(rows)), "PROGRAM_KURANG") is None
    result = tree(small, KAB, "2022-TW1")
    assert by_name(result)["Langsung"] == (100, 50, 50)
    assert by_name(result)["Belanja"] == by_name(result)["APBD"] == (400, 80, 20)
    assert {c["nama"]: c["subtotal"] for c in result["cabang"]} == {
        "APBD": True, "Belanja": True, "Langsung": False, "Penunjang": False, "Jaminan": False, "Pegawai": False,
    }  # fmt: skip


def test_a_figure_of_a_programme_must_be_that_of_its_parts(small: Client) -> None:
    rows = {("APBD", "Penunjang"): (100, 50), ("APBD", "Jaminan"): (50, 20), ("APBD", "Langsung"): (151, 70)}
    answer = submit(small, "2022-TW1", budget(rows))
    assert answer["__typename"] == "RekapDitolak"
    found = finding(answer, "PROGRAM_INDUK_BEDA")
    assert (found["elemen"], found["nilai"], found["usulan"]) == ("KIN03", "151", "150")
    assert [t["kode"] for t in answer["temuan"] if t["tingkat"] == "GALAT"] == ["PROGRAM_INDUK_BEDA"]


def test_a_stated_total_of_a_programme_is_compared_with_its_parts(small: Client) -> None:
    rows = budget(
        {("APBD", "Penunjang"): (100, None), ("APBD", "Jaminan"): (50, None), ("APBD", "Pegawai"): (300, None)}
    )
    for program, total_of in (("Langsung", 151), ("belanja", 449)):
        total = [{"elemen": f"KIN03[sumber_anggaran=APBD,program={program}]", "tertulis": total_of}]
        assert finding(submit(small, "2022-TW1", rows, totalTertulis=total), "TOTAL_BEDA") is not None
        total[0]["tertulis"] = {"Langsung": 150, "belanja": 450}[program]
        right = submit(small, "2022-TW1", rows, totalTertulis=total, key=program)
        assert [t["kode"] for t in right["temuan"] if t["tingkat"] == "GALAT"] == []


def test_a_source_total_is_that_of_its_programmes_and_their_sums_are_not_added(small: Client) -> None:
    rows = {
        ("APBD", "Belanja"): (450, None), ("APBD", "Langsung"): (150, None), ("APBD", "Penunjang"): (100, None),
        ("APBD", "Jaminan"): (50, None), ("APBD", "Pegawai"): (300, None), ("APBD", None): (450, None),
    }  # fmt: skip
    accepted = enter(small, "2022-TW1", budget(rows))
    assert [t["kode"] for t in accepted["temuan"] if t["tingkat"] == "GALAT"] == []
    refused = submit(small, "2022-TW2", budget({**rows, ("APBD", None): (449, None)}))
    assert finding(refused, "RINCIAN_TIDAK_SAMA")["usulan"] == "450"


# ---------- names ----------


@pytest.mark.parametrize(
    ("written", "code", "level"),
    [
        ("Jaminan", None, None),
        ("b. Program JAMINAN", "PILIHAN_DIBACA", "INFO"),
        ("pjs", "PILIHAN_DIBACA", "INFO"),
        ("Jaminam", "PROGRAM_MIRIP", "PERINGATAN"),
        ("Jaminan Hari Tua", "PROGRAM_TAK_DIKENAL", "GALAT"),
    ],
)
def test_programmes_are_matched_like_names(small: Client, written: str, code: str | None, level: str | None) -> None:
    answer = submit(small, "2022-TW1", [cell("KIN03", "APBD", written, 50)])
    of_names = [(t["kode"], t["tingkat"]) for t in answer["temuan"] if t["kode"] in ("PILIHAN_DIBACA", "PILIHAN_HAMPIR_SAMA") or
                t["kode"] in ("PROGRAM_MIRIP", "PROGRAM_TAK_DIKENAL")]  # fmt: skip
    assert of_names == ([] if code is None else [(code, level)])
    if code is not None:
        assert finding(answer, code)["usulan"] == "Jaminan"
    kept = small.sql("SELECT rincian->>'program' FROM rekap_nilai WHERE periode = '2022-TW1'")
    assert kept == ([] if level == "GALAT" else [("Jaminan",)])


def test_a_list_of_another_year_is_a_help_and_no_rule(small: Client) -> None:
    answer = enter(small, "2023-TW1", budget({("APBD", "Penunjang"): (10, 5), ("APBD", "Belanja Modal"): (1, 1)}))
    found = finding(answer, "PROGRAM_TAK_DIKENAL")
    assert (found["tingkat"], found["nilai"]) == ("PERINGATAN", "Belanja Modal")
    assert by_name(tree(small, KAB, "2023-TW1"))["Belanja Modal"] == (1, 1, 100)


def test_what_was_approved_before_there_was_a_list_finds_its_place(hub: Client, tmp_path: Path) -> None:
    rows = {("APBN", "pjs"): (50, 20), ("APBN", "a. Penunjang"): (100, 50)}
    hub.sql("SET session_replication_role = replica; DELETE FROM program")
    enter(hub, "2022-TW1", budget(rows))
    before = tree(hub, KAB, "2022-TW1")
    assert [(c["nama"], c["pagu"]) for c in before["cabang"]] == [("APBN", None), ("a. Penunjang", 100), ("pjs", 50)]
    bring(
        hub,
        tmp_path,
        "nama,induk,sumber,alias\nLangsung,,APBN,\nJaminan,Langsung,APBN,PJS\nPenunjang,Langsung,APBN,\n",
        "2022-01-01",
    )
    after = tree(hub, KAB, "2022-TW1")
    assert [(c["nama"], c["induk"], c["pagu"]) for c in after["cabang"]] == [
        ("APBN", None, 150), ("Langsung", "APBN", 150), ("Jaminan", "Langsung", 50), ("Penunjang", "Langsung", 100),
    ]  # fmt: skip


def test_a_programme_that_was_closed_keeps_its_figures_and_asks_when_it_is_named_again(
    small: Client, tmp_path: Path
) -> None:
    rows = {("APBD", "Penunjang"): (100, 50), ("APBD", "Jaminan"): (50, 20), ("APBD", "Pegawai"): (300, 30)}
    enter(small, "2022-TW1", budget(rows))
    shorter = _SMALL.replace("Penunjang,Langsung,APBD,\n", "")
    bring(small, tmp_path, shorter, "2022-07-01")
    assert by_name(tree(small, KAB, "2022-TW1"))["Langsung"] == (150, 70, 46.67)
    answer = enter(small, "2022-TW3", budget({("APBD", "Jaminan"): (150, 90), ("APBD", "Pegawai"): (300, 60)}))
    assert finding(answer, "PROGRAM_KURANG") is None
    assert by_name(tree(small, KAB, "2022-TW3")) == {
        "APBD": (450, 150, 33.33), "Belanja": (450, 150, 33.33), "Langsung": (150, 90, 60), "Jaminan": (150, 90, 60),
        "Pegawai": (300, 60, 20),
    }  # fmt: skip
    named = submit(small, "2022-TW4", budget({("APBD", "Penunjang"): (1, 1)}))
    assert finding(named, "PROGRAM_DITUTUP")["tingkat"] == "PERINGATAN"


# ---------- without a list ----------


def test_without_a_list_a_source_is_whole_when_its_total_says_so(hub: Client) -> None:
    hub.sql("SET session_replication_role = replica; DELETE FROM program")
    rows: dict[Any, tuple[Any, Any]] = {("APBD", "Satu"): (10, 5), ("APBD", "Dua"): (20, 5)}
    enter(hub, "2022-TW1", budget(rows))
    assert by_name(tree(hub, KAB, "2022-TW1")) == {"APBD": (None, None, None), "Dua": (20, 5, 25), "Satu": (10, 5, 50)}
    enter(hub, "2022-TW2", budget({**rows, ("APBD", None): (30, 10)}))
    assert by_name(tree(hub, KAB, "2022-TW2"))["APBD"] == (30, 10, 33.33)
    assert tree(hub, KAB, "2022-TW2")["pagu"] is None, "there may be money of the other source"
    enter(hub, "2022-TW3", budget({**rows, ("APBD", None): (30, 10), ("APBN", None): (70, 10)}))
    answer = tree(hub, KAB, "2022-TW3")
    assert by_name(answer)["APBN"] == (70, 10, 14.29)
    assert (answer["pagu"], answer["realisasi"], answer["persen"]) == (100, 20, 20)


def test_nothing_said_is_nothing_known(read_hub: Client) -> None:
    empty = tree(read_hub, KAB, "2023-TW2")
    assert {c["pagu"] for c in empty["cabang"]} == {None}
    assert empty["pagu"] is None
    assert tree(read_hub, "53.01", "2020")["cabang"] == []
    assert tree(read_hub, "99.99", "2020") is None


def test_only_offices_have_budgets(read_hub: Client) -> None:
    answer = read_hub.send('{ anggaran(wilayah: "53.14.01", periode: "2020") { pagu } }').json()
    assert "adalah kecamatan" in answer["errors"][0]["message"]


# ---------- provinces ----------


def test_a_province_is_its_kabupaten_and_states_its_own_beside(small: Client, tmp_path: Path) -> None:
    other = "53.01"
    enter(
        small,
        "2022-TW1",
        budget({("APBD", "Penunjang"): (100, 50), ("APBD", "Jaminan"): (50, 20), ("APBD", "Pegawai"): (300, 30)}),
    )
    bring(small, tmp_path, "nama,sumber\nSatu,APBD\nBantuan,APBN\n", "2022-01-01", other)
    enter(small, "2022-TW1", budget({("APBD", "Satu"): (50, 50), ("APBN", "Bantuan"): (1000, None)}, other), other)
    bring(small, tmp_path, "nama,induk,sumber\nBelanja,,APBD\nUrusan Sosial,Belanja,APBD\n", "2022-01-01", PROV)
    enter(small, "2022-TW1", budget({("APBD", "Urusan Sosial"): (7, 1)}, PROV), PROV)
    answer = tree(small, PROV, "2022-TW1")
    assert [(c["nama"], c["induk"], c["pagu"], c["realisasi"], c["persen"], c["ikut"]) for c in answer["cabang"]] == [
        ("APBD", None, 500, 150, 30, True), ("APBN", None, 1000, None, None, True),
        ("APBD provinsi", None, 7, 1, 14.29, False), ("Belanja", "APBD provinsi", 7, 1, 14.29, False),
        ("Urusan Sosial", "Belanja", 7, 1, 14.29, False),
    ]  # fmt: skip
    assert (answer["pagu"], answer["realisasi"], answer["persen"]) == (1500, 150, 30)
    assert answer["cabang"][0]["terisi"] == {"dari": 22, "berisi": 2}
    assert answer["paguTertulis"] == 7


def test_long_lists_of_a_whole_province_are_summed_in_time(hub: Client) -> None:
    """300 programmes of each kabupaten, whatever PostgreSQL knows of how many there are: compared all with all they take minutes."""
    offices = "wilayah w WHERE w.tingkat = 2 AND w.kode_induk = '53' AND w.kode <> '53.14'"
    hub.sql(
        "SET session_replication_role = replica; "
        "INSERT INTO program (kode_kab, tahun, sumber, kunci, nama, induk, alias, kunci_alias, urut, berlaku_sejak, oleh) "
        "SELECT w.kode, 2020, 'APBD', 'p' || i, 'p' || i, CASE WHEN i > 0 THEN 'p' || (i / 4) END, '{}', '{}', i, '2020-01-01', 'uji' "
        f"FROM generate_series(0, 299) i, {offices}"
    )
    hub.sql(
        "INSERT INTO angka (kode_kab, elemen, periode, tingkat, dimensi, kode_wilayah, rincian, nilai, status, turunan) "
        "SELECT w.kode, e, '2020', 2, 'program|sumber_anggaran', w.kode, jsonb_build_object('program', 'p' || i, 'sumber_anggaran', 'APBD'), "
        f"i, 'ADA', false FROM generate_series(75, 299) i, unnest(ARRAY['KIN03', 'KIN04']) e, {offices}"
    )
    release_as_it_is(hub)  # without triggers nothing was copied
    whole = sum(range(75, 300)) * 21 + TABLE_12["Belanja APBD"][2]
    for _ in range(2):
        started = time.monotonic()
        answer = tree(hub, PROV, "2020")
        assert time.monotonic() - started < 10
        assert answer["cabang"][0]["pagu"] == whole
        assert answer["cabang"][0]["terisi"] == {"dari": 22, "berisi": 22}
        hub.sql("ANALYZE")


def test_both_lanes_answer_alike(read_hub: Client) -> None:
    fields = "anggaran(wilayah: $w, periode: $p) { wilayah { kode } pagu persen cabang { nama pagu persen terisi { dari } } }"
    head = "query ($w: KodeWilayah!, $p: Periode!) "
    for wilayah in (KAB, PROV):
        values = {"w": wilayah, "p": "2020"}
        plan = read_hub.ask(f"{head}{{ {fields} }}", values)["anggaran"]
        assert read_hub.ask(f"{head}{{ {fields} __schema {{ queryType {{ name }} }} }}", values)["anggaran"] == plan
