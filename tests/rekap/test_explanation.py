"""The proof of a figure: which revisions make it, what of it who may see, and the same answer a year later."""

from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from itertools import count
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from tests.angka.reported_years import (
    ELEMEN,
    LEVELS,
    PROV,
    SPLIT_LATER,
    Year,
    in_force,
    make_kabupaten,
    make_province,
    send,
    years,
)
from tests.client import Client
from tests.rekap.proofs import PROOF, PROOFS, explain, explain_all, fingerprint, now
from tests.rekap.texts import APPROVE, REOPEN, SUBMIT, angka, submission


@pytest.fixture(scope="module")
def province(module_hub: Client) -> tuple[Client, Iterator[int]]:
    make_province(module_hub)
    return module_hub, count(1)


@pytest.fixture
def kab(province: tuple[Client, Iterator[int]]) -> str:
    """A kabupaten of two kecamatan of two desa."""
    hub, numbers = province
    kode = f"{PROV}.{next(numbers):02d}"
    make_kabupaten(hub, kode, SPLIT_LATER)
    return kode


@pytest.fixture
def hub(province: tuple[Client, Iterator[int]]) -> Client:
    return province[0]


# ---------- over generated rekap ----------


def test_the_parts_are_the_figure_and_stay_what_they_were(province: tuple[Client, Iterator[int]]) -> None:
    """At every level and period; and asked again as of then, after later revisions, byte by byte."""
    hub, numbers = province

    @settings(max_examples=2, deadline=None, phases=[Phase.generate], suppress_health_check=[HealthCheck.too_slow])
    @given(year=years())
    def generated(year: Year) -> None:
        kab = f"{PROV}.{next(numbers):02d}"
        make_kabupaten(hub, kab, year.split)
        half = len(year.reports) // 2
        for number, report in enumerate(year.reports[:half]):
            send(hub, kab, number, report)
        moment = now(hub)
        then = _raw(hub, kab, moment)
        for number, report in enumerate(year.reports[half:], half):
            send(hub, kab, number, report)
        assert _raw(hub, kab, moment) == then
        for wilayah in _regions(hub, kab):
            for elemen in ELEMEN:
                for as_whom in (None, kab):
                    _assert_parts(hub, kab, wilayah, elemen, explain_all(hub, wilayah, elemen, as_whom))

    generated()


def _regions(hub: Client, kab: str) -> list[str]:
    """One of each level."""
    return [PROV, *(in_force(hub, kab, level, date(2023, 12, 31))[-1] for level in LEVELS)]


def _raw(hub: Client, kab: str, moment: str) -> list[bytes]:
    """Answers as of that moment: of every level to the public, of the kabupaten to its office, of the province to its own."""
    asked = [(w, None) for w in _regions(hub, kab)] + [(kab, kab), (PROV, PROV)]
    found = []
    for wilayah, as_whom in asked:
        for elemen in ELEMEN:
            answer = hub.send(PROOFS, {"w": wilayah, "e": elemen, "n": moment}, as_whom)
            assert "errors" not in answer.json(), answer.text
            found.append(answer.content)
    return found


def _assert_parts(hub: Client, kab: str, wilayah: str, elemen: str, proofs: dict[str, Any]) -> None:
    for periode, p in proofs.items():
        if p is None:  # the region was not in force then
            continue
        what = (wilayah, elemen, periode, p)
        figures = [Decimal(str(a["nilai"])) for a in p["asal"] if a["nilai"] is not None]
        is_closed = [a["status"] == "DISUPRESI" for a in p["asal"]]
        if p["baris"]["status"] == "DISUPRESI":
            assert all(is_closed), what
            assert figures == [], what
        elif not any(is_closed):  # a month may be closed by its size, and the year not
            assert (sum(figures) if figures else None) == p["baris"]["nilai"], what
        assert p["sidik"] == fingerprint(wilayah, elemen, periode, p), what
        for a in p["asal"]:
            # it holds what the proof says it holds, and it is the revision in force
            key = (a["kabupaten"]["kode"], ELEMEN[elemen], a["periode"])
            assert (a["rekap"]["revisiDisetujui"], a["rekap"]["id"]) == (a["revisi"], ":".join(key)), what
            assert a["status"] != "TIDAK_ADA_DATA", what
            below = a["kabupaten"]["kode"] if wilayah == PROV else wilayah
            ((stored,),) = hub.sql(
                "SELECT nilai FROM angka WHERE kode_kab = %s AND elemen = %s AND periode = %s AND kode_wilayah = %s AND dimensi = '' "
                "AND NOT turunan", key[0], elemen, key[2], below,
            )  # fmt: skip
            assert a["nilai"] in (stored, None) if a["status"] == "DISUPRESI" else a["nilai"] == stored, what
        present, missing = {a["kabupaten"]["kode"] for a in p["asal"]}, {k["kode"] for k in p["belumAda"]}
        assert not present & missing, what
        if wilayah != PROV:
            assert present | missing <= {kab}, what
        assert p["cara"].endswith("."), what


# ---------- one by one ----------


def put(hub: Client, kab: str, form: str, periode: str, cells: list[dict[str, Any]], **more: Any) -> int:
    """Send and approve; what was approved before is reopened. The revision."""
    id_ = f"{kab}:{form}:{periode}"
    if hub.sql("SELECT 1 FROM rekap WHERE kode_kab = %s AND formulir = %s AND periode = %s", kab, form, periode):
        assert hub.ask(REOPEN, {"id": id_, "alasan": "uji"}, PROV)["hasil"]["__typename"] == "RekapDiterima"
    key = f"{form} {periode} {len(hub.sql('SELECT 1 FROM rekap_revisi'))}"
    sent = hub.ask(SUBMIT, {"m": submission(kab, form, periode, key, nilai=cells, **more)}, kab)["hasil"]
    assert sent["__typename"] == "RekapDiterima", sent
    done = hub.ask(APPROVE, {"id": id_, "revisi": sent["revisi"]}, PROV)["hasil"]
    assert done["__typename"] == "RekapDiterima", done
    return int(sent["revisi"])


def test_a_flow_names_every_rekap_and_a_stock_the_one_that_counts(hub: Client, kab: str) -> None:
    for month, n in (("2023-01", 10), ("2023-03", 20), ("2023-12", 30)):
        put(hub, kab, "F02", month, [angka(kab, "BAN09", n), angka(kab, "BAN01", n)])
    flow, stock = explain(hub, kab, "BAN09", "2023"), explain(hub, kab, "BAN01", "2023")
    assert [(a["periode"], a["nilai"]) for a in flow["asal"]] == [("2023-01", 10), ("2023-03", 20), ("2023-12", 30)]
    assert flow["baris"]["nilai"] == 60
    assert [(a["periode"], a["nilai"]) for a in stock["asal"]] == [("2023-12", 30)]
    assert "dijumlahkan" in flow["cara"]
    assert "yang terbaru" in stock["cara"]
    # a rekap of the quarter itself stands before those of its months
    put(hub, kab, "F02", "2023-TW1", [angka(kab, "BAN09", 100)])
    assert [a["periode"] for a in explain(hub, kab, "BAN09", "2023")["asal"]] == ["2023-TW1", "2023-12"]


def test_stated_against_computed(hub: Client, kab: str) -> None:
    cells = [angka(f"{kab}.01", "WIL02", 100), angka(f"{kab}.02", "WIL02", 200)]
    put(hub, kab, "F01", "2023", cells, totalTertulis=[{"elemen": "WIL02", "wilayah": kab, "tertulis": 300}])
    p = explain(hub, kab, "WIL02", "2023")
    assert [(a["nilai"], a["tertulis"]) for a in p["asal"]] == [(300, 300)]
    assert "Kantornya menulis jumlah yang sama." in p["cara"]
    # a province's own statement stands beside what was computed, and is no part of it
    statement = submission(PROV, "F01", "2023", "pernyataan", nilai=[angka(PROV, "WIL02", 1234)])
    assert hub.ask(SUBMIT, {"m": statement}, PROV)["hasil"]["__typename"] == "RekapDiterima"
    p = explain(hub, PROV, "WIL02", "2023")
    assert PROV not in {a["kabupaten"]["kode"] for a in p["asal"]}
    assert f"Provinsi sendiri menulis 1.234, hub menghitung {p['baris']['nilai']}" in p["cara"]


def test_hashes_are_for_the_office_and_its_province(hub: Client, kab: str) -> None:
    other = f"{PROV}.{int(kab[-2:]) + 50}"
    make_kabupaten(hub, other, SPLIT_LATER)
    for office in (kab, other):
        put(hub, office, "F01", "2023", [angka(office, "WIL02", 100)])
    told = {
        who: explain(hub, kab, "WIL02", "2023", who)["asal"][0]["sidik"] for who in (None, kab, other, PROV, "53", "")
    }
    assert told[kab] == told[PROV] != None  # noqa: E711 - it is there, and the same to both
    assert {told[w] for w in (None, other, "53", "")} == {None}
    ((content,),) = hub.sql("SELECT encode(hash_isi, 'hex') FROM rekap_revisi WHERE kode_kab = %s", kab)
    assert told[kab] != content
    # of a revision alone: two that sent the same are told two hashes
    assert told[kab] != explain(hub, other, "WIL02", "2023", other)["asal"][0]["sidik"]


def test_offices_and_never_persons(hub: Client, kab: str) -> None:
    put(hub, kab, "F01", "2023", [angka(kab, "WIL02", 100)])
    for who in (None, kab, PROV):
        (part,) = explain(hub, kab, "WIL02", "2023", who)["asal"]
        assert part["disetujuiOleh"] == "Dinas Sosial Provinsi Uji"
    # the moment of the event, which the public does not see
    ((at,),) = hub.sql("SELECT pada FROM rekap_peristiwa WHERE kode_kab = %s AND aksi = 'SETUJUI'", kab)
    assert datetime.fromisoformat(part["disetujuiPada"]) == at


def test_a_small_part_closes_the_whole_and_all_its_parts(hub: Client, kab: str) -> None:
    put(hub, kab, "F02", "2022", [angka(kab, "BAN03", 3)])
    other = f"{PROV}.{int(kab[-2:]) + 50}"
    make_kabupaten(hub, other, SPLIT_LATER)
    put(hub, other, "F02", "2022", [angka(other, "BAN03", 900)])
    for who in (None, other, "53"):
        p = explain(hub, PROV, "BAN03", "2022", who)
        assert p["baris"]["status"] == "DISUPRESI"
        assert {(a["nilai"], a["tertulis"], a["status"]) for a in p["asal"]} == {(None, None, "DISUPRESI")}
        assert "tertutup" in p["cara"]
        assert not any(character.isdigit() for character in p["cara"])
    p = explain(hub, PROV, "BAN03", "2022", PROV)
    assert {a["kabupaten"]["kode"]: a["nilai"] for a in p["asal"]} == {kab: 3, other: 900}


def test_what_is_closed_by_rule_says_the_same_whether_or_not_it_is_there(hub: Client, kab: str) -> None:
    """Below kecamatan of sensitivity 2: the rekap is known to everybody, what it holds to nobody else."""
    desa = f"{kab}.01.2001"
    put(hub, kab, "F03", "2023-TW1", [angka(desa, "BEN06", 70), angka(kab, "BEN01", 1, rincian=[])])
    put(hub, kab, "F03", "2023-TW2", [angka(f"{kab}.02", "BEN06", 70)])
    public = explain(hub, desa, "BEN06", "2023")
    assert public["baris"]["status"] == "DISUPRESI"
    assert [(a["periode"], a["nilai"], a["status"]) for a in public["asal"]] == [
        ("2023-TW1", None, "DISUPRESI"), ("2023-TW2", None, "DISUPRESI"),
    ]  # fmt: skip
    assert [(a["periode"], a["nilai"]) for a in explain(hub, desa, "BEN06", "2023", kab)["asal"]] == [("2023-TW1", 70)]


def test_one_choice_of_a_breakdown(hub: Client, kab: str) -> None:
    cells = [
        angka(kab, "WIL01", n, rincian=[{"rincian": "JK", "pilihan": choice}]) for choice, n in (("L", 40), ("P", 50))
    ]
    put(hub, kab, "F01", "2023", cells)
    p = explain(hub, kab, "WIL01", "2023", r=[{"rincian": "jk", "pilihan": "l"}])
    assert p["baris"]["nilai"] == 40
    assert [(a["nilai"], a["rincian"]) for a in p["asal"]] == [(40, [{"rincian": "JK", "pilihan": "L"}])]
    assert p["sidik"] == fingerprint(kab, "WIL01", "2023", p, "JK=L")
    assert explain(hub, kab, "WIL01", "2023")["baris"]["nilai"] == 90
    twice = [{"rincian": "JK", "pilihan": "L"}, {"rincian": "JK", "pilihan": "P"}]
    (error,) = hub.errors(PROOF, {"w": kab, "e": "WIL01", "p": "2023", "r": twice})
    assert "hanya boleh disebut sekali" in error["message"]


def test_what_the_hub_counts_itself_has_no_rekap_behind_it(hub: Client, kab: str) -> None:
    put(hub, kab, "F01", "2023", [angka(kab, "WIL04", 3)])
    p = explain(hub, kab, "WIL04", "2023")
    assert (p["baris"]["nilai"], p["asal"], p["belumAda"]) == (4, [], [])
    assert "register wilayah: banyaknya desa dan kelurahan yang berlaku pada 31 Desember 2023" in p["cara"]
    assert "Kantornya menulis 3, hub menghitung 4" in p["cara"]


def test_a_choice_that_the_hub_counts_has_no_rekap_behind_it(hub: Client, kab: str) -> None:
    kind = [{"rincian": "jenis_desa", "pilihan": "desa"}]
    put(hub, kab, "F01", "2023", [angka(kab, "WIL04", 3, rincian=kind)])
    for wilayah in (kab, PROV):
        p = explain(hub, wilayah, "WIL04", "2023", r=kind)
        assert p["baris"]["nilai"] >= 4
        assert (p["asal"], p["belumAda"]) == ([], [])
        assert "register wilayah: banyaknya desa yang berlaku" in p["cara"]


def test_both_sides_of_an_indicator(hub: Client, kab: str) -> None:
    put(hub, kab, "F01", "2023", [angka(kab, "WIL03", 200)])
    assert explain(hub, kab, "I01", "2023")["belumAda"] == [{"kode": kab, "nama": f"Uji {kab}"}]
    for quarter, n in (("2023-TW1", 50), ("2023-TW2", 100)):
        put(hub, kab, "F02", quarter, [angka(kab, "BAN01", n)])
    for wilayah in (kab, PROV):
        # asked by the province: a small figure of another kabupaten closes the sum to the public
        p = explain(hub, wilayah, "I01", "2023", PROV)
        own = [a for a in p["asal"] if a["kabupaten"]["kode"] == kab]
        assert [(a["sisi"], a["elemen"]["kode"], a["periode"], a["nilai"]) for a in own] == [
            ("PEMBILANG", "BAN01", "2023-TW2", 100), ("PENYEBUT", "WIL03", "2023", 200),
        ]  # fmt: skip
        for side in ("pembilang", "penyebut"):
            assert sum(a["nilai"] for a in p["asal"] if a["sisi"] == side.upper()) == p["indikator"][side]
        assert p["sidik"] == fingerprint(wilayah, "I01", "2023", p)
        assert "Jumlah pembilang dibagi jumlah penyebut, dikali 100" in p["cara"]


def test_a_side_that_the_hub_counts_is_told(hub: Client, kab: str) -> None:
    put(hub, kab, "F10", "2023", [angka(kab, "SDM03", 2)])
    p = explain(hub, kab, "I14", "2023")
    assert p["indikator"]["penyebut"] == 2
    assert {a["elemen"]["kode"] for a in p["asal"]} == {"SDM03"}
    assert "Penyebut WIL05 dihitung hub sendiri dari register wilayah: banyaknya kecamatan" in p["cara"]


def test_kabupaten_are_counted_of_whom_something_is_known(hub: Client, kab: str) -> None:
    put(hub, kab, "F09", "2023", [angka(kab, "LEM10", 1)])
    p = explain(hub, PROV, "I13", "2023")
    assert kab in {a["kabupaten"]["kode"] for a in p["asal"]}
    assert p["indikator"]["penyebut"] == len({a["kabupaten"]["kode"] for a in p["asal"]})
    assert "lebih dari nol" in p["cara"]


def test_an_achievement_names_target_and_result(hub: Client, kab: str) -> None:
    target = [{"rincian": "indikator", "pilihan": "I01"}]
    put(hub, kab, "F12", "2023", [angka(kab, "KIN01", 40, rincian=target)])
    put(hub, kab, "F01", "2023", [angka(kab, "WIL03", 200)])
    put(hub, kab, "F02", "2023", [angka(kab, "BAN01", 100)])
    p = explain(hub, kab, "I10", "2023", r=target)
    assert p["indikator"]["nilai"] == 125
    assert {(a["sisi"], a["elemen"]["kode"]) for a in p["asal"]} >= {("PENYEBUT", "KIN01"), ("PEMBILANG", "BAN01")}
    (error,) = hub.errors(PROOF, {"w": kab, "e": "I10", "p": "2023"})
    assert "Sebut indikator yang dicapai" in error["message"]
    mean = explain(hub, kab, "I12", "2023")
    assert mean["indikator"]["status"] in ("ADA", "TIDAK_ADA_DATA")


def test_an_achievement_names_what_was_compared(hub: Client, kab: str) -> None:
    """Of a variant its own terms; where the hub computes nothing in the unit of the target, the result that the office states."""
    variant = [{"rincian": "indikator", "pilihan": "I04.anak"}]
    stated = [{"rincian": "indikator", "pilihan": "BAN07"}]
    targets = [angka(kab, "KIN01", 50, rincian=variant), angka(kab, "KIN01", 80, rincian=stated)]
    put(hub, kab, "F02", "2023", [angka(kab, "BAN07", 15_425)])
    put(hub, kab, "F05", "2023", [angka(kab, "REH03", 400), angka(kab, "REH04", 100)])
    put(hub, kab, "F12", "2023", [*targets, angka(kab, "KIN02", 60, rincian=stated)])
    for target, value, sides in (
        (variant, 50, {("PENYEBUT", "KIN01"), ("PEMBILANG", "REH04"), ("PEMBILANG", "REH03")}),
        (stated, 75, {("PENYEBUT", "KIN01"), ("PEMBILANG", "KIN02")}),
    ):
        p = explain(hub, kab, "I10", "2023", r=target)
        assert p["indikator"]["nilai"] == value
        assert {(a["sisi"], a["elemen"]["kode"]) for a in p["asal"]} == sides


def test_one_document_serves_codes_of_every_level_and_kind(hub: Client, kab: str) -> None:
    """Statements are kept by what the values mean: the second question must not get the statement of the first."""
    put(hub, kab, "F01", "2023", [angka(f"{kab}.01", "WIL02", 5)])
    for wilayah, elemen in (
        (PROV, "WIL02"),
        (kab, "WIL02"),
        (f"{kab}.01", "WIL02"),
        (kab, "I01"),
        (kab, "WIL02"),
        (PROV, "I01"),
    ):
        p = explain(hub, wilayah, elemen, "2023")
        assert (p["baris"] is None) is elemen.startswith("I")
        if p["baris"]:
            assert p["baris"]["wilayah"]["kode"] == wilayah
    assert explain(hub, "91.99", "WIL02", "2023") is None
    (error,) = hub.errors(PROOF, {"w": kab, "e": "WIL99", "p": "2023"})
    assert "WIL99" in error["message"]


def test_what_a_register_counts_is_neither_missing_nor_a_rekap(hub: Client, kab: str) -> None:
    """A kabupaten whose rekap says nothing of SLRT, and whose register holds one."""
    hub.sql(
        "INSERT INTO sumber_daya (kode_kab, id, jenis, nama, pemilik, kode_desa, sejak, sumber, diubah_oleh) "
        "VALUES (%s, gen_random_uuid(), 'SLRT', 'SLRT Uji', 'KABUPATEN', %s, '2020-01-01', 'uji', 'uji')", kab, f"{kab}.01.2001",
    )  # fmt: skip
    for wilayah in (kab, PROV):
        p = explain(hub, wilayah, "I13", "2023")
        assert p["indikator"]["pembilang"] >= 1
        assert kab not in {a["kabupaten"]["kode"] for a in p["asal"]}
        assert kab not in {k["kode"] for k in p["belumAda"]}
        assert "kabupaten/kota dihitung dari registernya sendiri" in p["cara"]
