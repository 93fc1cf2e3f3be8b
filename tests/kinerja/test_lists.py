"""An office's objectives and its scale: what is read of a file, what is wrong with it all at once, who may, and what stays of what
was replaced."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from decimal import Decimal
from typing import TypeVar

import pytest

from hub.base.actor import Actor, Role
from hub.base.errors import InvalidInputError, NotAuthorisedError
from hub.base.temuan import Refused
from hub.db.database import Database
from hub.katalog.cache import KatalogCache
from hub.katalog.katalog import Katalog
from hub.kinerja.checks import read_objectives, read_scale
from hub.kinerja.draft import Objective, OfficeYear, Step, WrittenLine
from hub.kinerja.files import OBJECTIVE_COLUMNS, SCALE_COLUMNS, Columns, read_lines
from hub.kinerja.service import ListWritten, PerformanceLists
from hub.lembar.files import read_list
from hub.lembar.sheet import Sheet
from tests.cli.run_commands import sql

T = TypeVar("T")
KABUPATEN = Actor(Role.KABUPATEN, "53.14", "uji")
LIST = "Tabel 10,,\nNo.,Sasaran,Indikator\n1,Perlindungan,WIL07\n2,Pemberdayaan,i02\n,,Keluarga fakir miskin yang diberdayakan\n3,Data,\n"
SCALE = "predikat,dari\nSangat Berhasil,85 %\nBerhasil,70\nCukup Berhasil,55\nBelum Berhasil,0\n"


def with_database(url: str, work: Callable[[Database], Awaitable[T]]) -> T:
    async def run() -> T:
        db = Database(url, 1)
        await db.open()
        try:
            return await work(db)
        finally:
            await db.close()

    return asyncio.run(run())


@pytest.fixture(scope="module")
def katalog(shared_demo_url: str) -> Katalog:
    return with_database(shared_demo_url, lambda db: KatalogCache(db).get())


def sheet(text: str) -> list[Sheet]:
    return [Sheet("tabel", [line.split(",") for line in text.splitlines()])]


def lines_of(name: str, sheets: list[Sheet], columns: Columns) -> list[WrittenLine]:
    return read_lines(name, sheets, columns)[0]


def put(url: str, text: str, year: int = 2020, actor: Actor = KABUPATEN, whose: str = "53.14") -> ListWritten | Refused:
    """Either list, told by its header."""

    async def work(db: Database) -> ListWritten | Refused:
        lists = PerformanceLists(db, KatalogCache(db), read_list)
        into = lists.put_scale if "predikat" in text else lists.put_objectives
        return await into(actor, OfficeYear(whose, year), "daftar.csv", text.encode())

    return with_database(url, work)


# ---------- what is read ----------


def test_objectives_are_read_as_the_agreement_prints_them(katalog: Katalog) -> None:
    objectives, temuan = read_objectives(lines_of("x", sheet(LIST), OBJECTIVE_COLUMNS), katalog)
    assert objectives == [
        Objective("1", "Perlindungan", ("WIL07",)), Objective("2", "Pemberdayaan", ("I02", "I03")), Objective("3", "Data", ()),
    ]  # fmt: skip
    assert [(t.kode, t.tingkat) for t in temuan] == [("PILIHAN_DIBACA", "INFO"), ("SASARAN_TANPA_INDIKATOR", "INFO")]


def test_headers_are_read_as_offices_write_them(katalog: Katalog) -> None:
    """By their letters; of two that could be meant the first, and a row of column numbers is no line."""
    text = "No :,Sasaran Strategis,Indikator Kinerja:,Indikator\n(1),(2),(3),(4)\n1,Perlindungan,WIL07,x\n"
    objectives, _ = read_objectives(lines_of("x", sheet(text), OBJECTIVE_COLUMNS), katalog)
    assert objectives == [Objective("1", "Perlindungan", ("WIL07",))]


def test_pages_feet_and_what_nobody_sees_are_no_lines(katalog: Katalog) -> None:
    text = (
        "Perjanjian Kinerja,,\nNo,Sasaran,Indikator\n1,Perlindungan,WIL07\n,,I02\nNo,Sasaran,Indikator\n2,Data,I03\n"
        "Sumber: Dinas Sosial,,\n,,Kepala Dinas Sosial\n"
    )
    hidden = replace(sheet(text)[0], name="lama", hidden=True)
    lines, temuan = read_lines("x", [*sheet(text), hidden, Sheet("Petunjuk", [["Isi tabel"]])], OBJECTIVE_COLUMNS)
    assert [(x.sheet, x.row) for x in lines] == [("tabel", 3), ("tabel", 4), ("tabel", 6)]
    objectives, _ = read_objectives(lines, katalog)
    assert objectives == [Objective("1", "Perlindungan", ("WIL07", "I02")), Objective("2", "Data", ("I03",))]
    assert [(t.kode, t.tingkat, t.lokasi[0].lembar) for t in temuan] == [
        ("LEMBAR_TERSEMBUNYI", "PERINGATAN", "lama"), ("BARIS_DILEWATI", "INFO", "tabel"), ("BARIS_DILEWATI", "INFO", "tabel"),
        ("BARIS_DILEWATI", "INFO", "tabel"), ("LEMBAR_DILEWATI", "INFO", "Petunjuk"),
    ]  # fmt: skip


def test_a_scale_is_read_in_any_order(katalog: Katalog) -> None:
    steps, temuan = read_scale(lines_of("x", sheet(SCALE), SCALE_COLUMNS))
    assert steps == [
        Step(Decimal(0), "Belum Berhasil"), Step(Decimal(55), "Cukup Berhasil"), Step(Decimal(70), "Berhasil"),
        Step(Decimal(85), "Sangat Berhasil"),
    ]  # fmt: skip
    assert temuan == []


def test_a_file_without_such_a_table_is_not_read() -> None:
    for text in ("a,b,c\n1,2,3\n", "nomor,sasaran,indikator\n,,\n", ""):
        with pytest.raises(InvalidInputError, match="nomor, sasaran, indikator"):
            lines_of("x", sheet(text), OBJECTIVE_COLUMNS)
    with pytest.raises(InvalidInputError, match="paling banyak 500"):
        lines_of("x", sheet("nomor,sasaran,indikator\n" + "1,a,\n" * 501), OBJECTIVE_COLUMNS)


# ---------- what is wrong ----------


def test_everything_wrong_with_objectives_is_said_at_once(katalog: Katalog) -> None:
    text = "nomor,sasaran,indikator\n1,Satu,I01\n1,Lain,I02\n2,,I01\nTotal,Semua,XYZ\n,Tanpa nomor,I03\n5,Lima,I03\n5,,I03\n"
    _, temuan = read_objectives(lines_of("x", sheet(text), OBJECTIVE_COLUMNS), katalog)
    assert [(t.kode, t.lokasi[0].baris, t.lokasi[0].kolom) for t in temuan if t.tingkat == "GALAT"] == [
        ("SASARAN_BERTENTANGAN", 3, "sasaran"),
        ("TEKS_KOSONG", 4, "sasaran"),
        ("INDIKATOR_GANDA", 4, "indikator"),
        ("NOMOR_SASARAN_TAK_SAH", 5, "nomor"),
        ("PILIHAN_TAK_DIKENAL", 5, "indikator"),
        ("TEKS_KOSONG", 6, "nomor"),
        ("INDIKATOR_GANDA", 7, "indikator"),
        ("INDIKATOR_GANDA", 8, "indikator"),
    ]


def test_everything_wrong_with_a_scale_is_said_at_once() -> None:
    text = "dari,predikat\n85,Baik\n85,Cukup\n70,baik\n-5,Kurang\nlima,Buruk\n,Kosong\n10,\n"
    _, temuan = read_scale(lines_of("x", sheet(text), SCALE_COLUMNS))
    assert [(t.kode, t.lokasi[0].baris) for t in temuan] == [
        ("SKALA_GANDA", 3), ("SKALA_GANDA", 4), ("ANGKA_NEGATIF", 5), ("ANGKA_TAK_TERBACA", 6), ("TEKS_KOSONG", 7), ("TEKS_KOSONG", 8),
    ]  # fmt: skip
    _, temuan = read_scale(lines_of("x", sheet("dari,predikat\n85,Baik\n50,Cukup\n"), SCALE_COLUMNS))
    assert [(t.kode, t.usulan) for t in temuan] == [("SKALA_TANPA_NOL", "0")]


def test_long_and_broken_words_are_refused() -> None:
    _, temuan = read_scale(lines_of("x", sheet(f"dari,predikat\n85,{'a' * 301}\n0,a\x07b\n"), SCALE_COLUMNS))
    assert [t.kode for t in temuan] == ["TEKS_TIDAK_SAH", "TEKS_TIDAK_SAH"]


# ---------- what is written ----------


def test_a_list_is_replaced_whole_and_what_was_is_kept(demo_url: str) -> None:
    before = sql(demo_url, "SELECT nomor, nama FROM sasaran_kinerja WHERE tahun = 2020 ORDER BY urut")
    assert len(before) == 5
    written = put(demo_url, LIST)
    assert isinstance(written, ListWritten)
    assert (len(written.rows), written.changed) == (3, True)
    assert sql(demo_url, "SELECT nomor, nama, indikator, oleh FROM sasaran_kinerja ORDER BY urut") == [
        ("1", "Perlindungan", ["WIL07"], "uji"), ("2", "Pemberdayaan", ["I02", "I03"], "uji"), ("3", "Data", [], "uji"),
    ]  # fmt: skip
    assert sql(demo_url, "SELECT nomor, nama FROM sasaran_kinerja_riwayat ORDER BY urut") == before
    again = put(demo_url, LIST)
    assert isinstance(again, ListWritten)
    assert not again.changed
    for year in (2022, 2023):  # a year of its own
        assert put(demo_url, SCALE, year) == ListWritten(written_scale(), True, ())
    assert sql(demo_url, "SELECT tahun, count(*) FROM skala_kinerja GROUP BY tahun ORDER BY tahun") == [
        (2020, 4), (2022, 4), (2023, 4),
    ]  # fmt: skip
    assert sql(demo_url, "SELECT count(*) FROM skala_kinerja_riwayat") == [(0,)]


def written_scale() -> list[Step]:
    return read_scale(lines_of("x", sheet(SCALE), SCALE_COLUMNS))[0]


def test_what_is_refused_changes_nothing(demo_url: str) -> None:
    before = sql(demo_url, "SELECT kode_kab, nomor, nama, sejak FROM sasaran_kinerja ORDER BY urut")
    refused = put(demo_url, "nomor,sasaran,indikator\n1,Satu,XYZ\n,,ABC\n")
    assert isinstance(refused, Refused)
    assert [t.kode for t in refused.temuan] == ["PILIHAN_TAK_DIKENAL", "PILIHAN_TAK_DIKENAL", "SASARAN_TANPA_INDIKATOR"]
    unread = put(demo_url, "a,b\n1,2\n")
    assert isinstance(unread, Refused)
    assert [t.kode for t in unread.temuan] == ["BERKAS_TAK_TERBACA"]
    assert sql(demo_url, "SELECT kode_kab, nomor, nama, sejak FROM sasaran_kinerja ORDER BY urut") == before


@pytest.mark.parametrize(
    "actor",
    [Actor(Role.PUBLIC, "", "umum"), Actor(Role.KABUPATEN, "53.01", "uji"), Actor(Role.PROVINSI, "53", "uji"), Actor(Role.ADMIN, "", "uji")],
    ids=lambda a: a.role.value,
)  # fmt: skip
def test_only_the_office_itself_writes_its_lists(shared_demo_url: str, actor: Actor) -> None:
    for text in (LIST, SCALE):
        with pytest.raises(NotAuthorisedError, match=r"sasaran atau skala kinerja"):
            put(shared_demo_url, text, actor=actor)


def test_only_offices_and_years_have_lists(shared_demo_url: str) -> None:
    for whose, year, words in (
        ("53.14.01", 2020, "bukan kode kabupaten"),
        ("x", 2020, "bukan kode"),
        ("53.14", 20, "tidak masuk akal"),
    ):
        with pytest.raises(InvalidInputError, match=words):
            put(shared_demo_url, LIST, year, whose=whose)


def test_the_database_refuses_foreign_lists_too(demo_url: str) -> None:
    """Row security, should the service ever forget to ask."""

    async def foreign(db: Database) -> int:
        async with db.as_actor(Actor(Role.KABUPATEN, "53.01", "uji")) as conn:
            cursor = await conn.execute("DELETE FROM skala_kinerja WHERE kode_kab = '53.14'")
            return cursor.rowcount

    assert with_database(demo_url, foreign) == 0

    async def forged(db: Database) -> None:
        async with db.as_actor(Actor(Role.KABUPATEN, "53.01", "uji")) as conn:
            await conn.execute(
                "INSERT INTO skala_kinerja (kode_kab, tahun, dari, nama, oleh) VALUES ('53.14', 2021, 0, 'x', 'x')"
            )

    with pytest.raises(Exception, match="row-level security"):
        with_database(demo_url, forged)
