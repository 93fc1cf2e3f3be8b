"""Lists of regions that cannot be trusted: nothing changes until somebody mends them or says how far to trust them."""

import asyncio
from collections.abc import Callable
from datetime import date
from pathlib import Path

import psycopg
import pytest

from hub.db.database import Database
from hub.wilayah.draft import readings
from hub.wilayah.files import read_changes, read_region_list
from hub.wilayah.service import LaporanWilayah, ListHeldBackError, Trust, import_wilayah

A, B = date(2020, 1, 1), date(2022, 1, 1)
KABUPATEN = {f"41.{i:02d}": f"Nomor {i}" for i in range(1, 11)}
DESA = {f"41.01.{k}.20{d:02d}": f"Desa {k} {d}" for k in ("01", "02") for d in range(1, 21)}
NAMES = {"41": "Uji", **KABUPATEN, "41.01.01": "Kec Satu", "41.01.02": "Kec Dua", **DESA}
TEXT = "kode,nama\n" + "".join(f"{k},{n}\n" for k, n in sorted(NAMES.items()))

Import = Callable[..., LaporanWilayah]


@pytest.fixture
def imported(database_url: str, tmp_path: Path) -> Import:
    """Imports the text of a list that is in force from B, once the whole list of A is in the database."""

    def run(
        text: str | bytes, trust: Trust | None = None, *, changes: str | None = None, since: date = B
    ) -> LaporanWilayah:
        file, list_of_changes = tmp_path / "daftar.csv", tmp_path / "perubahan.csv"
        file.write_bytes(text.encode() if isinstance(text, str) else text)
        list_of_changes.write_text(changes or "")

        async def work() -> LaporanWilayah:
            db = Database(database_url, 2)
            await db.open()
            try:
                moved = None if changes is None else read_changes(list_of_changes)
                return await import_wilayah(
                    db, read_region_list(file), since, moved, source="uji", trust=trust or Trust()
                )
            finally:
                await db.close()

        return asyncio.run(work())

    run(TEXT, since=A)
    return run


def in_force(url: str) -> dict[str, str]:
    with psycopg.connect(url) as conn:
        return dict(conn.execute("SELECT kode, nama FROM wilayah WHERE berlaku_sampai IS NULL").fetchall())


def held(imported: Import, *given: str | bytes, **more: str) -> ListHeldBackError:
    with pytest.raises(ListHeldBackError) as error:
        imported(*given, **more)
    return error.value


def without(*codes: str, text: str = TEXT) -> str:
    """The list without those regions and all below them."""
    return "".join(x for x in text.splitlines(keepends=True) if not x.startswith(codes))


BROKEN = [
    ("41.10,Nomor 10", "41.1,Nomor 10", 'baris 54: "41.1" bukan kode wilayah; barangkali 41.10'),
    ("41.10,Nomor 10", "41.10 x,Lain", 'baris 54: "41.10 x" bukan kode wilayah'),
    ("41.10,", "\u200b41.10,", 'baris 54: "[U+200B]41.10": huruf tak tampak (U+200B) di dalam kode; barangkali 41.10'),
    ("41.10,Nomor 10", "41. 10,Nomor 10", 'baris 54: "41. 10" bukan kode wilayah; barangkali 41.10'),
    ("41.10,Nomor 10", '41.10,"Nomor 10', 'baris 54: tanda kutip (") tidak ditutup di baris itu, atau tidak pada tempatnya'),
    ("41.10,Nomor 10", "41.10,Nomor, 10", "baris 54: 3 isian di bawah 2 kolom; barangkali ada pemisah"),
    ("41.10,Nomor 10", "41.10", "baris 54: 1 isian di bawah 2 kolom; barangkali baris itu terpotong"),
    ("41.10,Nomor 10", "41.10,", "baris 54: 41.10: nama kosong"),
    ("41.10,Nomor 10", "41.10,#N/A", 'baris 54: 41.10: nama "#N/A" adalah rumus yang gagal'),
    ("41.10,Nomor 10", "41.10,Nomor\u200b 10", "baris 54: 41.10: huruf tak tampak atau rusak (U+200B) di dalam nama"),
    ("41.10,Nomor 10", "41.10,Nomor\ufffd10", "baris 54: 41.10: huruf tak tampak atau rusak (U+FFFD) di dalam nama"),
    ("41.10,Nomor 10", "41.10,Nom?r 10", "memuat tanda tanya"),
    ("41.10,Nomor 10", "41.10,Bâ€™a", 'pengodean yang salah; barangkali "B’a"'),
    ("41.10,Nomor 10", "41.10,41.10", 'nama "41.10" adalah kode wilayah'),
    ("41.10,Nomor 10", "41.09,Nomor 10", "baris 54: 41.09: kode kembar dalam berkas (juga baris 53)"),
    ("41.10,Nomor 10", "41.77.01,Nomor 10", "baris 54: 41.77.01 Nomor 10: induknya (41.77) tidak ada"),
    ("41.10,Nomor 10", "41.01.01.4001,Nomor 10", "baris 54: 41.01.01.4001: angka pertama desa harus 1, 2 atau 3"),
]  # fmt: skip


@pytest.mark.parametrize(("good", "bad", "says"), BROKEN)
def test_a_broken_line_holds_the_list_and_waived_it_closes_and_renames_nothing(
    imported: Import, database_url: str, good: str, bad: str, says: str
) -> None:
    text = TEXT.replace(f"\n{good}", f"\n{bad}").replace(",Nomor 2\n", ",Nomor Dua\n")
    error = held(imported, text)
    assert any(says in line for line in error.laporan.broken), error.laporan.broken
    assert len(error.laporan.broken) == 1
    assert "--terima-rusak" in error.message
    assert in_force(database_url) == NAMES
    report = imported(text, Trust(accept_broken=True))
    assert (report.closed, report.renamed) == (0, 1)
    assert in_force(database_url) == {**NAMES, "41.02": "Nomor Dua"}


def test_bytes_that_are_no_text_hold_the_list(imported: Import, database_url: str) -> None:
    error = held(imported, TEXT.encode().replace(b",Nomor 10", b",Nomor \xe910"))
    assert "baris 54: bita ke-13 bukan teks UTF-8" in error.laporan.broken[0]
    assert in_force(database_url) == NAMES


def test_a_quote_left_open_swallows_nothing(imported: Import, database_url: str) -> None:
    error = held(imported, TEXT.replace(",Nomor 2\n", ',"Nomor 2\n').replace(",Nomor 4\n", ',Nomor 4"\n'))
    assert [x.split(":")[0] for x in error.laporan.broken] == ["baris 46"]
    assert in_force(database_url) == NAMES


def test_all_broken_lines_are_told_at_once_and_with_them_what_would_close(imported: Import) -> None:
    text = without("41.05", "41.06").replace(",Nomor 2\n", ",\n").replace("41.03,", "41.O3,")
    error = held(imported, text)
    assert len(error.laporan.broken) == 2
    assert "2 baris tidak dapat dipakai" in error.message


def test_a_waived_line_that_could_mean_anything_lets_nothing_close(imported: Import, database_url: str) -> None:
    report = imported(without("41.10").replace(",Nomor 9\n", ",Nomor 9\nxx,Entah\n"), Trust(accept_broken=True))
    assert report.protected == ["41.10 Nomor 10"]
    assert in_force(database_url) == NAMES


def test_a_waived_line_that_names_one_region_does_not_keep_another(imported: Import, database_url: str) -> None:
    report = imported(
        without("41.01.02.2001", "41.10").replace(",Nomor 9\n", ",Nomor 9\n41.1,Nomor 10\n"), Trust(accept_broken=True)
    )
    assert (report.protected, report.without_successor) == (["41.10 Nomor 10"], ["41.01.02.2001 Desa 02 1"])
    assert NAMES.keys() - in_force(database_url).keys() == {"41.01.02.2001"}


def test_what_stands_above_a_kept_region_stays(imported: Import, database_url: str) -> None:
    text = without("41.01.02").replace("41.02,", "41.01.2.2005,Desa 02 5\n41.02,")
    report = imported(text, Trust(accept_broken=True, close_any=True))
    assert report.protected == ["41.01.02 Kec Dua", "41.01.02.2005 Desa 02 5"]
    assert {"41.01.02", "41.01.02.2005"} <= in_force(database_url).keys()
    assert "41.01.02.2006" not in in_force(database_url)


SMALL = {"42": "Lain", "42.01": "Lain Satu", "42.01.01": "Kec Lain", "42.01.01.2001": "Desa Lain"}


@pytest.mark.parametrize("close_any", [False, True])
@pytest.mark.parametrize(
    "left_out", [("42", "42.01"), ("42",), ("42.01", "42.01.01"), ("42", "42.01", "42.01.01")], ids=" ".join
)
def test_no_region_closes_of_which_the_list_names_anything_below(
    imported: Import, database_url: str, left_out: tuple[str, ...], close_any: bool
) -> None:
    def lines(names: dict[str, str]) -> str:
        return "kode,nama\n" + "".join(f"{k},{n}\n" for k, n in names.items())

    imported(lines(SMALL), since=A)
    report = imported(lines({k: n for k, n in SMALL.items() if k not in left_out}), Trust(close_any=close_any))
    assert report.temuan == [
        f"{k} {SMALL[k]}: tidak ada di berkas, padahal bagiannya ada; dibiarkan berlaku" for k in left_out
    ]
    assert (report.closed, in_force(database_url)) == (0, NAMES | SMALL)


def test_a_list_of_the_lower_levels_only_closes_no_province_and_no_kabupaten_that_has_parts_in_it(
    imported: Import, database_url: str
) -> None:
    text = "kode,nama\n" + "".join(f"{k},{n}\n" for k, n in sorted(NAMES.items()) if len(k) >= 8)
    assert "41 Uji: 9 dari 10 kabupaten/kota" in held(imported, text).message
    imported(text, Trust(close_any=True))
    assert in_force(database_url).keys() == {"41", "41.01"} | {k for k in NAMES if len(k) >= 8}


def test_what_stands_above_a_waived_line_stays_even_where_that_line_is_all_there_is_of_it(
    imported: Import, database_url: str
) -> None:
    imported("kode,nama\n42,Lain\n", since=A)
    report = imported(TEXT + "42.77.01,Entah\n", Trust(accept_broken=True, close_any=True))
    assert (report.closed, len(report.broken)) == (0, 1)
    assert in_force(database_url) == {**NAMES, "42": "Lain"}


@pytest.mark.parametrize("cut", ["41.03,Nom", "41.03,", "41.03", "41.0", "41."])
def test_a_list_cut_in_mid_line_is_held_and_says_what_would_close(
    imported: Import, database_url: str, cut: str
) -> None:
    text = TEXT[: TEXT.index("41.03,")] + cut
    error = held(imported, text)
    assert len(error.laporan.broken) == 1
    assert in_force(database_url) == NAMES
    if cut.startswith("41.03"):
        assert "7 wilayah akan ditutup tanpa pengganti" in error.message
        assert "41 Uji: 7 dari 10 kabupaten/kota" in error.message
        assert error.laporan.without_successor == [f"{k} {n}" for k, n in KABUPATEN.items() if k > "41.03"]
        assert "--sebagian" in error.message
        assert "--tutup" in error.message
    imported(text, Trust(is_partial=True, accept_broken=True))
    assert in_force(database_url) == NAMES


def test_a_list_cut_at_the_end_of_a_name_asks_even_where_few_would_close(imported: Import, database_url: str) -> None:
    whole = TEXT[: TEXT.index("\n41.10,")]
    error = held(imported, whole)
    assert "berkas berakhir di tengah baris 53 (41.09), padahal di hub masih ada 1 wilayah sesudahnya" in error.message
    assert in_force(database_url) == NAMES
    assert imported(whole + "\n").closed == 1  # one kabupaten of ten, in a file that ends as files end


def test_the_last_line_may_want_its_end(imported: Import) -> None:
    assert imported(TEXT.rstrip()).unchanged == len(NAMES)


def test_names_cut_where_a_column_ends_rename_nothing(imported: Import, database_url: str) -> None:
    text = "".join(x[: x.index(",") + 7].rstrip("\n") + "\n" for x in TEXT.splitlines())
    error = held(imported, text.replace("kode,nama", "kode,nama", 1))
    assert 'baris 4: 41.01.01: nama "Kec Sa" terpotong pada 6 huruf; di hub "Kec Satu"' in error.laporan.broken
    assert in_force(database_url) == NAMES


def test_a_cut_last_line_hides_no_other_cut_name(imported: Import, database_url: str) -> None:
    text = "".join(x[: x.index(",") + 7].rstrip("\n") + "\n" for x in TEXT.splitlines()).replace(
        "kode,nama", "kode,nama", 1
    )
    assert imported(text.rstrip()[:-1], Trust(accept_broken=True)).renamed == 0
    assert in_force(database_url) == NAMES


@pytest.mark.parametrize(
    ("gone", "says"),
    [
        (("41.06", "41.07", "41.08", "41.09", "41.10"), "41 Uji: 5 dari 10 kabupaten/kota"),
        (("41.09", "41.10"), "41 Uji: 2 dari 10 kabupaten/kota"),
        (("41.01.02",), "41.01 Nomor 1: 20 dari 40 desa/kelurahan"),
        (("41.01.02.2018", "41.01.02.2019", "41.01.02.2020"), "41.01.02 Kec Dua: 3 dari 20 desa/kelurahan"),
    ],
    ids=["half a province", "two of ten", "a kecamatan", "three desa"],
)
def test_many_closures_without_successors_want_a_word(
    imported: Import, database_url: str, gone: tuple[str, ...], says: str
) -> None:
    error = held(imported, without(*gone))
    assert says in error.message
    closed = {k for k in NAMES if k.startswith(gone)}
    assert len(error.laporan.without_successor) == len(closed)
    assert (error.laporan.broken, in_force(database_url)) == ([], NAMES)
    assert imported(without(*gone), Trust(is_partial=True)).closed == 0
    assert in_force(database_url) == NAMES
    assert imported(without(*gone), Trust(close_any=True)).closed == len(closed)
    assert NAMES.keys() - in_force(database_url).keys() == closed


def test_the_share_is_a_setting(imported: Import) -> None:
    few = without("41.01.02.2018", "41.01.02.2019", "41.01.02.2020")
    assert imported(few, Trust(closure_percent=15)).closed == 3


def test_one_desa_may_close_unasked(imported: Import) -> None:
    assert imported(without("41.01.02.2020")).without_successor == ["41.01.02.2020 Desa 02 20"]


def test_what_the_list_of_changes_tells_of_needs_no_word(imported: Import, database_url: str) -> None:
    gone = ("41.01.02.2018", "41.01.02.2019", "41.01.02.2020")
    text = without(*gone) + "41.02.01,Kec Baru\n41.02.01.2001,Desa 02 20\n"
    changes = (
        "jenis,kode_lama,kode_baru\nHAPUS,41.01.02.2018,\nhapus,41.01.02.2019,\nPindah,41.01.02.2020,41.02.01.2001\n"
        "tambah,,41.02.01\n"
    )
    report = imported(text, changes=changes)
    assert (report.closed, report.links, report.without_successor, report.temuan) == (3, 1, [], [])
    assert not in_force(database_url).keys() & set(gone)


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("lain-lain,41.01.02.2020,41.02.01.2001", 'jenis "lain-lain" tidak dikenal'),
        ("pindah,41.01.02.2020,41.2.01.2001", '"41.2.01.2001" bukan kode wilayah; barangkali 41.02.01.2001'),
        ("pindah,41.01.02.2020,", "pindah: kode_baru kosong"),
        ("pindah,41.01.02.2020,41.02.01", "tidak setingkat"),
        ('pindah,41.01.02.2020,"41.02.01.2001', "tanda kutip"),
        ("pindah,41.01.02.2020", "2 isian di bawah 3 kolom"),
    ],
)
def test_a_broken_line_of_changes_holds_the_list_and_waived_it_closes_nothing(
    imported: Import, database_url: str, line: str, says: str
) -> None:
    text = without("41.01.02.2020") + "41.02.01,Kec Baru\n41.02.01.2001,Desa 02 20\n"
    changes = f"jenis,kode_lama,kode_baru\n{line}\ntambah,,41.02.01\n"
    error = held(imported, text, changes=changes)
    assert len(error.laporan.broken) == 1
    assert error.laporan.broken[0].startswith("perubahan baris 2: ")
    assert says in error.laporan.broken[0]
    assert in_force(database_url) == NAMES
    report = imported(text, Trust(accept_broken=True), changes=changes)
    assert (report.closed, report.protected) == (0, ["41.01.02.2020 Desa 02 20"])


def test_an_older_list_passes_over_the_provinces_that_have_a_newer_one(imported: Import, database_url: str) -> None:
    imported("kode,nama\n42,Lain\n42.01,Kab. Satu\n", since=B)
    report = imported(TEXT.replace(",Nomor 2\n", ",Nomor Dua\n") + "42,Lain Lama\n", since=date(2021, 1, 1))
    assert report.temuan == ["42: sudah ada daftar yang lebih baru (sejak 2022-01-01); provinsi ini dilewati"]
    assert in_force(database_url) == {**NAMES, "41.02": "Nomor Dua", "42": "Lain", "42.01": "Satu"}


@pytest.mark.parametrize(
    ("written", "codes"),
    [
        ("11.1", ["11.10", "11.01"]), ("36. 03", ["36.03"]), ("36.\u200b03", ["36.03"]), ("36-03", ["36.03"]),
        ("3603.0", ["36.03"]), ("5314012005.0", ["53.14.01.2005"]), ("53.14.1.2005", ["53.14.01.2005"]),
        ("5.31401E+09", []), ("xx", []), ("", []), ("53.14.01.2005.1", []), ("531", []),
    ],
)  # fmt: skip
def test_a_written_code_and_what_it_may_stand_for(written: str, codes: list[str]) -> None:
    assert readings(written) == codes
