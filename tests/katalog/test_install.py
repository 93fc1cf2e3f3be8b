"""Installing a catalogue: every fault is found before anything is written; versions follow the content."""

import asyncio
from copy import deepcopy
from typing import Any

import psycopg
import pytest

from hub.base.errors import InvalidInputError
from hub.db.database import Database
from hub.katalog.cache import KatalogCache
from hub.katalog.draft import CodeListDraft
from hub.katalog.install import check_katalog, fingerprint, review_code_lists
from hub.katalog.katalog import Katalog
from seeds.katalog_toml import read_katalog
from tests.katalog.spoilt_katalog import Change, Raw, aturan, broken, code_list, elemen, formulir, indikator, install


def faults_of(change: Change) -> list[str]:
    """What is said of the shipped catalogue with one fault."""
    try:
        return list(check_katalog(broken(change)))
    except InvalidInputError as error:
        return [b.removeprefix("- ") for b in error.message.splitlines()[1:]]


def katalog(url: str) -> Katalog:
    async def work() -> Katalog:
        db = Database(url, 2)
        await db.open()
        try:
            return await KatalogCache(db).get()
        finally:
            await db.close()

    return asyncio.run(work())


def sql(url: str, statement: str) -> list[tuple[Any, ...]]:
    with psycopg.connect(url) as conn:
        return conn.execute(statement).fetchall()


def katalog_content(url: str) -> dict[str, list[tuple[Any, ...]]]:
    tables = "formulir elemen rincian aturan indikator suku_indikator daftar_kode katalog_riwayat"
    return {t: sql(url, f"SELECT t::text FROM {t} t ORDER BY 1") for t in tables.split()}


def test_the_shipped_catalogue_is_sound() -> None:
    assert list(check_katalog(read_katalog())) == []


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda b: b.rincian["jenis_ppks"].update(daftar="PMKS"), "rincian jenis_ppks: daftar kode PMKS tidak ada"),
        (lambda b: b.rincian.update({"a|b": b.rincian["JK"]}), "rincian a|b: nama dan pilihan tidak boleh memuat"),
        (lambda b: b.rincian.update({"a=b": b.rincian["JK"]}), "rincian a=b: nama dan pilihan tidak boleh memuat"),
        (lambda b: formulir(b).pop("nama"), "formulir F02: nama tidak ada"),
        (lambda b: formulir(b).pop("kode"), "formulir ke-2: kode tidak ada"),
        (lambda b: formulir(b).pop("elemen"), "formulir F02: elemen tidak ada"),
        (lambda b: formulir(b).pop("tenggat_hari"), "formulir F02: tenggat_hari tidak ada"),
        (lambda b: formulir(b).update(periode="MINGGU"), "formulir F02: periode MINGGU tidak dikenal"),
        (lambda b: formulir(b, "F05").update(periode_tersingkat="TAHUN"), "formulir F05: periode_tersingkat TAHUN lebih panjang daripada periode TRIWULAN"),
        (lambda b: formulir(b).update(periode="KEJADIAN"), "formulir F02: periode KEJADIAN tidak dikenal"),
        (lambda b: elemen(b).update(kode="BAN02"), "elemen BAN02: kembar"),
        (lambda b: elemen(b).update(kode="ban-1"), "elemen ban-1: kode ban-1 tidak berbentuk"),
        (lambda b: elemen(b).update(tingkat="X"), "elemen BAN01: tingkat X tidak dikenal (P, B, K, D, F)"),
        (lambda b: elemen(b).update(frekuensi="W"), "elemen BAN01: frekuensi W tidak dikenal (E, M, T, S, Y)"),
        (lambda b: elemen(b).update(agregasi="L/S"), "elemen BAN01: agregasi L/S tidak dikenal"),
        (lambda b: elemen(b).update(rincian=["warna"]), "elemen BAN01: rincian warna tidak ada di rincian.toml"),
        (lambda b: elemen(b).update(sensitif=4), "elemen BAN01: sensitif harus 0 sampai 3; data per nama"),
        (lambda b: elemen(b).update(sensitif=-1), "elemen BAN01: sensitif harus 0 sampai 3"),
        (lambda b: aturan(b).update(operator="=<"), "aturan F02-A1: operator =< tidak dikenal"),
        (lambda b: aturan(b).update(tingkat="FATAL"), "aturan F02-A1: tingkat FATAL tidak dikenal"),
        (lambda b: aturan(b).update(kiri="BAN01 +"), 'aturan F02-A1: Rumus "BAN01 +" belum selesai'),
        (lambda b: aturan(b).update(kanan="BAN99"), "aturan F02-A1: elemen BAN99 tidak ada"),
        (lambda b: aturan(b).update(kanan="BAN03[JK=L]"), "aturan F02-A1: elemen BAN03 tidak mempunyai rincian JK"),
        (lambda b: indikator(b).update(kode="I02"), "indikator I02: kembar"),
        (lambda b: indikator(b).update(jenis="RATA"), "indikator I01: jenis RATA tidak dikenal"),
        (lambda b: indikator(b).pop("penyebut"), "indikator I01: penyebut tidak ada"),
        (lambda b: indikator(b).update(pembilang="XYZ1"), "indikator I01: elemen XYZ1 tidak ada"),
        (lambda b: indikator(b).update(pembilang="BAN01 % 2"), 'indikator I01: Rumus "BAN01 % 2" tidak terbaca'),
    ],
)  # fmt: skip
def test_each_kind_of_fault_is_found_and_named(change: Change, message: str) -> None:
    faults = faults_of(change)
    assert any(s.startswith(message) for s in faults), faults


@pytest.mark.parametrize(
    ("change", "mention"),
    [
        (lambda b: elemen(b).pop("satuan"), "BAN01"),
        (lambda b: elemen(b).pop("kode"), "F02"),
        (lambda b: elemen(b).pop("rincian"), "BAN01"),
        (lambda b: elemen(b).update(registri="Z"), "BAN01"),
        (lambda b: elemen(b).update(rincian=["komponen_pkh", "komponen_pkh"]), "BAN01"),
        (lambda b: b.rincian["JK"].pop("pilihan"), "JK"),
        (lambda b: b.rincian["JK"].pop("nama"), "JK"),
        (lambda b: formulir(b).update(kode="F01"), "F01"),
        (lambda b: aturan(b).pop("operator"), "F02-A1"),
        (lambda b: aturan(b).update(kode="F02-A2"), "F02-A2"),
        (lambda b: aturan(b).update(pelapor="GUBERNUR"), "F02-A1"),
        (lambda b: aturan(b).update(toleransi="sepuluh persen"), "F02-A1"),
        (lambda b: aturan(b).update(kiri="BAN01[komponen_pkh=sekolah]"), "F02-A1"),
        (lambda b: indikator(b).pop("satuan"), "I01"),
        (lambda b: indikator(b).update(pembilang="BAN01 - BAN06"), "I01"),
        (lambda b: indikator(b).update(pembilang="BAN01 * 2"), "I01"),
        (lambda b: indikator(b, "I13").pop("pembilang"), "I13"),
        (lambda b: code_list(b)["butir"][1].update(kode="1"), "PPKS"),
        (lambda b: code_list(b)["butir"][1].pop("nama"), "PPKS"),
        (lambda b: b.daftar.append(deepcopy(code_list(b))), "PPKS"),
    ],
    ids=[
        "element without unit", "element without code", "element without breakdowns", "unknown registry level", "breakdown twice",
        "breakdown without choices", "breakdown without name", "form twice", "rule without operator", "rule twice",
        "rule for nobody", "tolerance no number", "choice not listed", "indicator without unit", "indicator with a difference",
        "indicator with a product", "count without figures", "entry twice", "entry without name", "list twice",
    ],
)  # fmt: skip
def test_no_fault_waits_for_the_installation_to_fail(change: Change, mention: str) -> None:
    faults = faults_of(change)
    assert any(mention in s for s in faults), faults


def test_all_faults_of_shape_are_listed_at_once() -> None:
    def many(b: Raw) -> None:
        elemen(b, "BAN01")["tingkat"] = "X"
        elemen(b, "REH01")["sensitif"] = 9
        aturan(b, "F02-A2").pop("nama")
        indikator(b, "I14")["jenis"] = "?"

    lines = faults_of(many)
    assert len(lines) == 4
    for piece in (
        "elemen BAN01: tingkat X",
        "elemen REH01: sensitif",
        "aturan F02-A2: nama tidak ada",
        "indikator I14: jenis ?",
    ):
        assert sum(b.startswith(piece) for b in lines) == 1, piece


def test_all_faults_of_meaning_are_listed_at_once_and_nothing_is_installed(database_url: str) -> None:
    def many(b: Raw) -> None:
        elemen(b, "BAN01")["rincian"] = ["warna"]
        aturan(b, "F02-A2")["kanan"] = "BAN77"
        indikator(b, "I14")["pembilang"] = "SDM03 +"

    before = katalog_content(database_url)
    with pytest.raises(InvalidInputError, match="Katalog tidak dapat dipasang") as error:
        install(database_url, broken(many))
    lines = error.value.message.splitlines()[1:]
    for piece in ("rincian warna tidak ada", "elemen BAN77 tidak ada", "indikator I14: Rumus"):
        assert sum(b.startswith("- ") and piece in b for b in lines) == 1, piece
    assert katalog_content(database_url) == before


@pytest.mark.parametrize("formula", ["BAN01 - BAN06", "BAN01 * 2", "BAN01 + 1"])
def test_an_indicator_that_is_no_plain_sum_is_refused_and_nothing_changes(database_url: str, formula: str) -> None:
    def change(b: Raw) -> None:
        indikator(b)["pembilang"] = formula
        formulir(b)["nama"] = "Nama baru"

    before = katalog_content(database_url)
    with pytest.raises(InvalidInputError) as error:
        install(database_url, broken(change))
    assert formula in error.value.message
    assert katalog_content(database_url) == before


# ---------- code lists ----------


def test_sources_that_disagree_on_an_age_are_a_warning_and_headings_a_note() -> None:
    assert list(review_code_lists(read_katalog().daftar)) == [
        (
            "PERINGATAN",
            "PPKS 2 Anak terlantar: batas umur berlainan menurut sumbernya: 5-18 tahun (Dinas Sosial Pasaman Barat); "
            "6-18 tahun (laman PPKS Dinas Sosial Kota Sukabumi)",
        ),
        (
            "INFO",
            'PPKS 22 Korban bencana sosial: butir 1 "orang atau kelompok yang mengalami:" adalah judul, bukan kriteria',
        ),
    ]


def test_one_age_everywhere_and_criteria_without_a_heading_are_no_finding() -> None:
    entry = {
        "kode": "2", "nama": "Anak", "definisi": [
            {"sumber": "A", "umur": [5, 18], "kriteria": ["terlantar"]}, {"sumber": "B", "umur": [5, 18]}, {"sumber": "C"},
        ],
    }  # fmt: skip
    other = {"kode": "3", "nama": "Lain"}
    listing = {"daftar": "PPKS", "nama": "PPKS", "versi": "1", "sumber": "A", "butir": [entry, other]}
    assert list(review_code_lists([CodeListDraft.model_validate(listing)])) == []


def test_an_installation_reports_what_to_look_at(database_url: str) -> None:
    (laporan,) = install(database_url, read_katalog())
    assert [t for t, _ in laporan.temuan] == ["PERINGATAN", "INFO"]


# ---------- versions ----------


def test_installing_the_same_again_changes_nothing(database_url: str) -> None:
    before = katalog_content(database_url)
    assert len(before["formulir"]) == 13
    for laporan in install(database_url, read_katalog(), read_katalog()):
        assert (laporan.new, laporan.unchanged) == ([], 13 + 1 + 7 + 1)
    assert katalog_content(database_url) == before


def test_a_changed_form_gets_version_2_and_the_old_one_stays_in_the_history(database_url: str) -> None:
    before = katalog_content(database_url)
    (laporan,) = install(database_url, broken(lambda b: elemen(b).update(nama="Keluarga PKH")))
    assert (laporan.new, laporan.unchanged) == (["formulir F02 versi 2"], 21)
    history = sql(
        database_url, "SELECT versi, isi->'elemen'->0->>'nama' FROM katalog_riwayat WHERE jenis = 'FORMULIR' AND kode = 'F02' ORDER BY 1"
    )  # fmt: skip
    assert history == [(1, "KPM PKH"), (2, "Keluarga PKH")]
    k = katalog(database_url)
    assert (k.formulir["F02"].versi, k.elemen["BAN01"].nama) == (2, "Keluarga PKH")
    assert {f.versi for f in k.formulir.values() if f.kode != "F02"} == {1}
    assert len(k.elemen) == 116
    after = katalog_content(database_url)
    assert set(before["katalog_riwayat"]) < set(after["katalog_riwayat"])
    for table in ("rincian", "aturan", "indikator", "suku_indikator", "daftar_kode"):
        assert after[table] == before[table]


def test_going_back_is_a_version_of_its_own(database_url: str) -> None:
    before = katalog_content(database_url)
    install(database_url, broken(lambda b: formulir(b).update(nama="Bansos")), read_katalog())
    k = katalog(database_url)
    assert (k.formulir["F02"].versi, k.formulir["F02"].nama) == (3, "Bantuan sosial")
    after = katalog_content(database_url)
    assert {t: after[t] for t in ("elemen", "rincian", "aturan")} == {
        t: before[t] for t in ("elemen", "rincian", "aturan")
    }


def test_a_changed_breakdown_makes_a_version_of_every_form_that_uses_it(database_url: str) -> None:
    (laporan,) = install(database_url, broken(lambda b: b.rincian["komponen_pkh"]["pilihan"].append("lain")))
    assert laporan.new == ["formulir F02 versi 2"]
    (component,) = katalog(database_url).elemen["BAN01"].rincian
    assert component.pilihan[-1] == "lain"


def test_changed_indicators_are_replaced_whole(database_url: str) -> None:
    def change(b: Raw) -> None:
        b.indikator.remove(indikator(b, "I15"))
        indikator(b)["pembilang"] = "BAN01 + BAN06 | BAN01[komponen_pkh=SD]"

    (laporan,) = install(database_url, broken(change))
    assert laporan.new == ["formulir F12 versi 2", "indikator versi 2"]  # its targets are named after indicators
    assert "I15" not in katalog(database_url).kode_indikator()
    terms = sql(
        database_url,
        "SELECT pilihan, urut, elemen, rincian FROM suku_indikator WHERE indikator = 'I01' AND sisi = 'PEMBILANG' ORDER BY 1, 2",
    )
    assert terms == [(1, 1, "BAN01", {}), (1, 2, "BAN06", {}), (2, 1, "BAN01", {"komponen_pkh": "SD"})]


def _new_list(b: Raw) -> None:
    d = code_list(b)
    d["versi"] = "2026"
    d["butir"].append({"kode": "27", "nama": "Jenis baru", "satuan": "orang", "sensitif": 2})


def test_a_new_version_of_a_code_list_leaves_the_old_one_standing(database_url: str) -> None:
    (laporan,) = install(database_url, broken(_new_list))
    assert "daftar PPKS 2026 (versi 2)" in laporan.new
    counts = "SELECT versi, berlaku, count(*) FROM daftar_kode WHERE daftar = 'PPKS' GROUP BY 1, 2 ORDER BY 1"
    assert sql(database_url, counts) == [("2012", False, 26), ("2026", True, 27)]
    assert len(katalog(database_url).code_lists["PPKS"]) == 27


def test_a_new_entry_of_a_code_list_can_be_chosen_in_the_breakdowns_made_of_it(database_url: str) -> None:
    install(database_url, broken(_new_list))
    kind = katalog(database_url).elemen["PPK01"].dimension("jenis_ppks")
    assert kind is not None
    assert kind.pilihan[-1] == "27"


def test_the_fingerprint_does_not_depend_on_the_order_of_keys() -> None:
    assert fingerprint({"a": 1, "b": [1, 2]}) == fingerprint({"b": [1, 2], "a": 1})
    assert fingerprint({"a": [1, 2]}) != fingerprint({"a": [2, 1]})
    assert len(fingerprint({})) == 64
