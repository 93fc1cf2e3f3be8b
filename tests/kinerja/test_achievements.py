"""What an office reached of what it agreed to: the figures of a source document, entered and asked back; units, versions,
quarters, provinces, and what is closed."""

from typing import Any

import pytest
from graphql import FieldNode, OperationDefinitionNode, parse

from schema.build import schema
from schema.engine.compiler import Compiler
from tests.client import Client
from tests.kinerja.figures import ASK, ask, by_indicator, by_objective, hide, make_office, put, result, target
from tests.rules.compiled_sql import joins_without_kode_kab, orders_by_habit

OTHERS = [(91, "Sangat tinggi"), (76, "Tinggi"), (66, "Sedang"), (51, "Rendah"), (0, "Sangat rendah")]
OWN = [(85, "Sangat Berhasil"), (70, "Berhasil"), (55, "Cukup Berhasil"), (0, "Belum Berhasil")]


def scale(answer: Any) -> list[tuple[float, str]]:
    return [(s["dari"], s["nama"]) for s in answer["skala"]]


@pytest.fixture(scope="module")
def offices(module_hub: Client) -> Client:
    """A province of kabupaten that have nothing yet: each test takes one."""
    make_office(module_hub, "91")
    for n in range(1, 12):
        make_office(module_hub, f"91.{n:02d}", "91")
    return module_hub


# ---------- tables 10 and 11 of Rote Ndao's profile of 2020 ----------


@pytest.mark.parametrize("caller", [None, "53.14", "53", ""])
def test_the_words_and_values_of_the_document_come_back(released_hub: Client, caller: str | None) -> None:
    answer = ask(released_hub, "53.14", as_whom=caller)
    assert (answer["wilayah"]["nama"], answer["tahun"], scale(answer)) == ("Rote Ndao", 2020, OWN)
    shown = [(s["nilai"], s["tertulis"], s["predikat"]) for s in answer["sasaran"]]
    assert shown == [
        (62.21, 62.21, "Cukup Berhasil"),
        (88.28, 88.28, "Sangat Berhasil"),
        (103.17, 103.2, "Sangat Berhasil"),  # printed with one digit
        (111.29, 111.29, "Sangat Berhasil"),  # its KTK is not published: what the office wrote
        (50, 50, "Belum Berhasil"),
    ]
    assert (answer["nilai"], round(answer["nilai"]), answer["predikat"]) == (82.99, 83, "Berhasil")


def test_each_indicator_stands_under_its_objective_in_the_lists_order(read_hub: Client) -> None:
    answer = ask(read_hub, "53.14", as_whom="53.14")
    assert [[i["indikator"]["kode"] for i in s["indikator"]] for s in answer["sasaran"]] == [
        ["WIL07"], ["WIL06"], ["I03", "I02", "BAN07"], ["I05", "I01", "I04", "I06", "I07"], ["I08", "KIN05"],
    ]  # fmt: skip
    assert answer["sasaran"][0]["nama"] == "Meningkatnya Perlindungan dan Pelayanan Sosial Dasar"
    rows = by_indicator(answer)
    assert {k: (i["target"], i["realisasi"], i["capaian"], i["status"]) for k, i in rows.items()} == {
        "WIL07": (3.89, 5.36, 62.21, "ADA"),
        "WIL06": (24.65, 27.54, 88.28, "ADA"),
        "I03": (1.33, 1.33, 99.9, "ADA"),
        "I02": (63, 67.06, 106.44, "ADA"),
        "BAN07": (None, None, None, "TIDAK_ADA_DATA"),
        "I05": (100, 100.95, 100.95, "ADA"),
        "I01": (55.5, 51.96, 93.61, "ADA"),
        "I04": (4.89, 11.72, 239.72, "ADA"),
        "I06": (100, None, None, "TIDAK_ADA_DATA"),
        "I07": (50, 50.42, 100.84, "ADA"),
        "I08": (None, 25, None, "TIDAK_ADA_DATA"),  # the document leaves its target out
        "KIN05": (50, None, None, "TIDAK_DILAKSANAKAN"),
    }
    assert rows["WIL07"]["indikator"] == {
        "kode": "WIL07", "nama": "Indeks kedalaman kemiskinan (P1)", "satuan": "indeks", "jenis": "ELEMEN", "elemen": ["WIL07"],
    }  # fmt: skip
    assert rows["I04"]["indikator"]["elemen"][:2] == ["REH01", "REH02"]
    assert (rows["BAN07"]["satuan"], rows["BAN07"]["indikator"]["satuan"]) == ("persen", "RT")


def test_a_province_answers_by_its_own_statement(read_hub: Client) -> None:
    answer = ask(read_hub, "36")
    (group,) = answer["sasaran"]
    assert (group["nama"], answer["nilai"], answer["predikat"], scale(answer)) == ("Tanpa sasaran", None, None, OTHERS)
    assert {k: (i["target"], i["satuan"]) for k, i in by_indicator(answer).items() if k.startswith("IKS_")} == {
        "IKS_ANAK": (0.35, "indeks"), "IKS_TUNA_SOSIAL": (0.35, "indeks"), "IKS_LANSIA": (0.27, "indeks"),
        "IKS_DISABILITAS": (0.35, "indeks"),
    }  # fmt: skip


def test_an_office_that_agreed_to_nothing_has_a_scale_alone(read_hub: Client) -> None:
    answer = ask(read_hub, "53")
    assert (answer["sasaran"], answer["nilai"], answer["predikat"]) == ([], None, None)
    assert scale(answer) == OTHERS


def test_the_list_and_the_scale_hold_on(read_hub: Client) -> None:
    later = ask(read_hub, "53.14", 2022, as_whom="53.14")
    assert (scale(later), len(later["sasaran"]), later["nilai"]) == (OWN, 5, None)
    assert {i["status"] for i in by_indicator(later).values()} == {"TIDAK_ADA_DATA"}


# ---------- what may be asked ----------


def test_only_offices_and_years_may_be_asked(read_hub: Client) -> None:
    for wilayah, year, words in (
        ("53.14.01", 2020, "kabupaten/kota atau provinsinya"),
        ("53.14.01.2005", 2020, "kabupaten/kota atau provinsinya"),
        ("53.14", 20, "empat angka"),
        ("53.14", 99999, "empat angka"),
    ):
        (error,) = read_hub.errors(ASK, {"w": wilayah, "t": year})
        assert words in error["message"]
    assert ask(read_hub, "12.01") is None


# ---------- results ----------


def test_figures_of_different_units_are_not_compared(offices: Client) -> None:
    kab = "91.01"
    target(offices, kab, "BAN07", 80)  # per cent
    put(offices, kab, "BAN07", 1234)  # households
    unlike = by_indicator(ask(offices, kab))["BAN07"]
    assert (unlike["target"], unlike["realisasi"], unlike["capaian"], unlike["status"]) == (
        80,
        None,
        None,
        "TIDAK_BERLAKU",
    )
    result(offices, kab, 60, indikator="BAN07")  # per cent, as the target
    like = by_indicator(ask(offices, kab))["BAN07"]
    assert (like["realisasi"], like["capaian"], like["status"], like["predikat"]) == (60, 75, "ADA", "Sedang")


def test_the_hubs_own_result_stands_before_the_stated_one(offices: Client) -> None:
    kab = "91.02"
    target(offices, kab, "I08", 50)
    result(offices, kab, 99, indikator="I08")
    assert by_indicator(ask(offices, kab))["I08"]["realisasi"] == 99
    put(offices, kab, "LEM14", 20)
    put(offices, kab, "LEM16", 5)
    own = by_indicator(ask(offices, kab))["I08"]
    assert (own["realisasi"], own["capaian"]) == (25, 50)


def test_the_newest_version_of_a_target_counts(offices: Client) -> None:
    kab = "91.03"
    result(offices, kab, 30, indikator="IKS_ANAK")
    target(offices, kab, "IKS_ANAK", 100, "1", versi="2020-01-28", periode="2020-TW1")
    assert by_indicator(ask(offices, kab))["IKS_ANAK"]["capaian"] == 30
    target(offices, kab, "IKS_ANAK", 60, "2", versi="2020-08-24", periode="2020-TW1")
    target(offices, kab, "IKS_ANAK", 40, "1", versi="2020-01-28", periode="2020-TW4")
    answer = ask(offices, kab)
    assert by_indicator(answer)["IKS_ANAK"]["capaian"] == 50
    assert list(by_objective(answer)) == ["Sasaran 2"]  # where the newest version puts it


def test_without_versions_the_newest_period_counts(offices: Client) -> None:
    kab = "91.04"
    target(offices, kab, "WIL06", 20, periode="2020-TW1")
    target(offices, kab, "WIL06", 25, periode="2020-TW3")
    put(offices, kab, "WIL06", 30, periode="2020-S1")
    put(offices, kab, "WIL06", 20, periode="2020-S2")  # made of no finer periods: the last one is the year's
    row = by_indicator(ask(offices, kab))["WIL06"]
    assert (row["target"], row["realisasi"], row["capaian"]) == (25, 20, 120)


def test_each_quarter_has_its_result(offices: Client) -> None:
    kab = "91.05"
    target(offices, kab, "I08", 50, periode="2020-TW2")
    target(offices, kab, "IKS_ANAK", 0.4)
    put(offices, kab, "LEM14", 20, periode="2020-TW1")
    put(offices, kab, "LEM16", 4, periode="2020-TW1")
    result(offices, kab, 33, indikator="I08", periode="2020-TW2")
    result(offices, kab, "0.1", indikator="IKS_ANAK", periode="2020-TW2")
    result(offices, kab, "0.2", indikator="IKS_ANAK", periode="2020-11")  # a month of the fourth
    rows = by_indicator(ask(offices, kab))
    assert rows["I08"]["perTriwulan"] == [20, 33, None, None]
    assert rows["IKS_ANAK"]["perTriwulan"] == [None, 0.1, None, 0.2]
    assert (rows["I08"]["realisasi"], rows["IKS_ANAK"]["realisasi"]) == (33, 0.2)  # what was stated last


def test_what_has_no_objective_counts_where_there_is_none(offices: Client) -> None:
    kab = "91.06"
    target(offices, kab, "IKS_ANAK", 100, None)
    result(offices, kab, 40, indikator="IKS_ANAK")
    alone = ask(offices, kab)
    assert (list(by_objective(alone)), alone["nilai"]) == (["Tanpa sasaran"], 40)
    target(offices, kab, "IKS_LANSIA", 100, "7")
    result(offices, kab, 80, indikator="IKS_LANSIA")
    beside = ask(offices, kab)
    assert (list(by_objective(beside)), beside["nilai"], beside["predikat"]) == (
        ["Sasaran 7", "Tanpa sasaran"],
        80,
        "Tinggi",
    )


def test_a_stated_value_counts_where_a_result_is_missing(offices: Client) -> None:
    kab = "91.07"
    target(offices, kab, "IKS_ANAK", 100)
    target(offices, kab, "IKS_LANSIA", 100)
    result(offices, kab, 90, indikator="IKS_ANAK")
    assert by_objective(ask(offices, kab))["Sasaran 1"]["nilai"] == 90  # the mean of what is known
    result(offices, kab, 60, sasaran_kinerja="1")
    said = by_objective(ask(offices, kab))["Sasaran 1"]
    assert (said["nilai"], said["tertulis"]) == (60, 60)
    result(offices, kab, 10, indikator="IKS_LANSIA")
    known = by_objective(ask(offices, kab))["Sasaran 1"]
    assert (known["nilai"], known["tertulis"]) == (50, 60)  # the hub's own stands before it, once it is whole


def test_a_result_below_zero_has_the_lowest_word(offices: Client) -> None:
    kab = "91.08"
    target(offices, kab, "WIL06", 10)
    put(offices, kab, "WIL06", 40)
    answer = ask(offices, kab)
    assert (answer["nilai"], answer["predikat"]) == (-200, "Sangat rendah")


def test_a_variant_and_a_target_of_zero(offices: Client) -> None:
    kab = "91.09"
    target(offices, kab, "I04.anak", 50)
    target(offices, kab, "IKS_ANAK", 0)
    result(offices, kab, 5, indikator="IKS_ANAK")
    for elemen, nilai in (("REH03", 200), ("REH04", 50)):
        put(offices, kab, elemen, nilai)
    rows = by_indicator(ask(offices, kab, as_whom=kab))
    assert (rows["I04.anak"]["realisasi"], rows["I04.anak"]["capaian"]) == (25, 50)
    assert (rows["IKS_ANAK"]["capaian"], rows["IKS_ANAK"]["status"]) == (None, "TIDAK_ADA_DATA")


def test_a_province_computes_over_its_kabupaten_and_takes_its_own_word_else(offices: Client) -> None:
    """Σ/Σ of those that have both; a share of the poor is nobody's sum."""
    prov = "92"
    make_office(offices, prov)
    for kab, (all_, helped) in {"92.01": (20, 5), "92.02": (30, 20)}.items():
        make_office(offices, kab, prov)
        put(offices, kab, "LEM14", all_)
        put(offices, kab, "LEM16", helped)
    target(offices, prov, "I08", 100)
    target(offices, prov, "WIL06", 20, "2")
    put(offices, prov, "WIL06", 25)
    rows = by_indicator(ask(offices, prov))
    assert (rows["I08"]["realisasi"], rows["I08"]["capaian"]) == (50, 50)
    assert (rows["WIL06"]["realisasi"], rows["WIL06"]["capaian"], rows["WIL06"]["status"]) == (25, 75, "ADA")


# ---------- what is closed ----------


def test_what_is_closed_closes_every_mean_it_is_part_of(offices: Client) -> None:
    """Three persons of four: the public sees neither the ratio nor what it could be worked out from."""
    kab = "91.10"
    target(offices, kab, "I04.anak", 100)
    target(offices, kab, "IKS_ANAK", 100)
    target(offices, kab, "IKS_LANSIA", 100, "2")
    result(offices, kab, 80, indikator="IKS_ANAK")
    result(offices, kab, 70, indikator="IKS_LANSIA")
    result(offices, kab, 75, indikator="I04.anak")  # stated beside what is closed: it would say the same
    for elemen, nilai in (("REH03", 4), ("REH04", 3)):
        put(offices, kab, elemen, nilai)
        hide(offices, kab, elemen)
    hide(offices, kab, "KIN02", "I04.anak")
    own, public = ask(offices, kab, as_whom=kab), ask(offices, kab)
    assert (own["nilai"], by_objective(own)["Sasaran 1"]["nilai"]) == (73.75, 77.5)
    closed = by_indicator(public)["I04.anak"]
    assert (closed["realisasi"], closed["capaian"], closed["predikat"], closed["status"]) == (
        None,
        None,
        None,
        "DISUPRESI",
    )
    assert closed["target"] == 100
    first, second = public["sasaran"]
    assert (first["nilai"], first["predikat"], second["nilai"]) == (None, None, 70)
    assert (public["nilai"], public["predikat"]) == (None, None)
    assert ask(offices, kab, as_whom="91") == own
    assert ask(offices, kab, as_whom="53.14") == public
    result(offices, kab, 79, sasaran_kinerja="1")  # what the office itself says is open
    public = ask(offices, kab)
    assert (public["sasaran"][0]["nilai"], public["nilai"]) == (79, 74.5)
    assert ask(offices, kab, as_whom="91")["nilai"] == own["nilai"]


def test_a_closed_result_without_a_target_closes_no_mean(offices: Client) -> None:
    kab = "91.11"
    target(offices, kab, "IKS_ANAK", 100)
    result(offices, kab, 80, indikator="IKS_ANAK")
    result(offices, kab, 3, indikator="BAN07", sasaran_kinerja="1")  # small, of families
    hide(offices, kab, "KIN02", "BAN07")
    public = ask(offices, kab)
    assert by_indicator(public)["BAN07"]["status"] == "DISUPRESI"
    assert public["nilai"] == ask(offices, kab, as_whom=kab)["nilai"] == 80
    target(offices, kab, "BAN07", 4)
    assert ask(offices, kab, as_whom=kab)["nilai"] == 77.5
    assert (ask(offices, kab)["nilai"], by_indicator(ask(offices, kab))["BAN07"]["target"]) == (None, 4)


def test_the_statement_keeps_to_the_office_and_orders_what_it_puts_together() -> None:
    (operation,) = parse(ASK).definitions
    assert isinstance(operation, OperationDefinitionNode)
    (field,) = operation.selection_set.selections
    assert isinstance(field, FieldNode)
    core = schema()._schema
    assert core.query_type is not None
    sql = Compiler(core, {}, {"w": "53.14", "t": 2020}).root(core.query_type.fields["capaianKinerja"], [field]).sql
    assert sql is not None
    assert joins_without_kode_kab(sql) == []
    assert orders_by_habit(sql) == []


def test_both_lanes_answer_alike_and_each_question_has_values_of_its_own(released_hub: Client) -> None:
    fields = "tahun nilai predikat skala { dari nama } sasaran { nama nilai indikator { indikator { kode elemen } capaian perTriwulan } }"
    both = f'{{ a: capaianKinerja(wilayah: "53.14", tahun: 2020) {{ {fields} }} b: capaianKinerja(wilayah: "36", tahun: 2021) {{ {fields} }} }}'
    planned = released_hub.ask(both)
    resolved = released_hub.ask("{ _service { __typename } " + both.removeprefix("{"))
    assert {k: resolved[k] for k in planned} == planned
    assert (planned["a"]["nilai"], planned["b"]["tahun"]) == (82.99, 2021)
