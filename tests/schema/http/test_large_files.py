"""Files that would end the hub or hold up everybody: over HTTP and from the command line, with real processes that really die."""

import threading
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from hub.base.off_loop import Desk
from hub.lembar import files as lembar_files
from hub.lembar import sheet_child
from hub.lembar.sheet_limits import IN_CHILD
from hub.rekap import examination as rekap_examine
from hub.rekap import upload as rekap_upload
from hub.sumber_daya import list_import as sumber_daya_import
from tests.cli.run_commands import assert_refused, run_here
from tests.client import Client
from tests.lembar.far_sheets import ODS_HEAD, ods, ods_cell, ods_row, shared_texts, sheet, text_cell, xlsx
from tests.rekap.texts import rekap
from tests.sumber_daya.list_texts import listing, temuan, upload

HEAD = (
    f'<row r="1">{text_cell("A1", "wilayah")}{text_cell("B1", "REH09")}</row>'
    f'<row r="2">{text_cell("A2", "53.14.01.2005")}<c r="B2"><v>5</v></c></row>'
)
BLANK = xlsx(sheet(f'{HEAD}<row r="1048576">{text_cell("XFD1048576", " ")}</row>'))
FULL = xlsx(sheet(f'{HEAD}<row r="1048576">{text_cell("XFD1048576", "x")}</row>'))
REPEATED = ods(ODS_HEAD + ods_row(ods_cell("1", 16_000), repeated=4_000))


def lives(hub: Client) -> bool:
    return bool(hub.ask('{ kabupaten(kode: "53.14") { nama } }') == {"kabupaten": {"nama": "Rote Ndao"}})


def why(result: Any) -> str:
    (one,) = result["temuan"]
    assert one["kode"] == "BERKAS_TAK_TERBACA"
    return str(one["pesan"])


def test_a_blank_at_the_last_cell_is_one_row(read_hub: Client) -> None:
    result = rekap(read_hub, BLANK, uji=True)
    assert (result["__typename"], result["perubahan"]["baru"]) == ("RekapDiterima", 1)
    assert lives(read_hub)


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (FULL, "terisi sampai XFD1048576"),
        (REPEATED, "4.002 baris × 16.000 kolom"),
        (b"a,b\n" * 250_000, "200.000 baris"),
    ],
    ids=["full", "repeated", "long"],
)
def test_what_has_no_end_is_refused_by_both_uploads_and_the_hub_lives(
    read_hub: Client, content: bytes, word: str
) -> None:
    name = "F05.csv" if content.startswith(b"a,b") else "F05.xlsx"
    assert word in why(rekap(read_hub, content, name=name, uji=True))
    assert word in why(upload(read_hub, "LKS", content, uji=True))
    assert lives(read_hub)


def test_a_process_that_dies_is_a_finding_with_a_remedy(read_hub: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheet_child, "IN_CHILD", replace(IN_CHILD, memory=128 * 2**20))
    many_texts = xlsx(sheet(HEAD), shared=shared_texts(*("x" * 30_000 for _ in range(4_000))))
    for result in (rekap(read_hub, many_texts, uji=True), upload(read_hub, "LKS", many_texts, uji=True)):
        assert "terlalu banyak memori" in why(result)
        assert "Salin tabelnya saja" in why(result)
    assert lives(read_hub)


def test_the_command_line_says_the_same(demo_url: str, tmp_path: Path) -> None:
    file, options = tmp_path / "F05.xlsx", ("--pelapor", "53.14", "--formulir", "F05", "--periode", "2020-TW4", "--uji")
    file.write_bytes(BLANK)
    result = run_here(demo_url, "import", "rekap", str(file), *options)
    assert result.returncode == 0, result.stderr
    file.write_bytes(FULL)
    assert_refused(
        run_here(demo_url, "import", "rekap", str(file), *options), "terisi sampai XFD1048576", "salin tabelnya"
    )
    lks_list = run_here(demo_url, "import", "sumber-daya", str(file), "--jenis", "LKS", "--kabupaten", "53.14")
    assert lks_list.returncode == 1
    assert "terisi sampai XFD1048576" in lks_list.stderr


def test_others_are_answered_while_a_file_is_read(read_hub: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    reading, go = threading.Event(), threading.Event()
    read = sheet_child.read_in_child

    def slow(*arguments: Any, **more: Any) -> Any:
        reading.set()
        assert go.wait(60)
        return read(*arguments, **more)

    monkeypatch.setattr(lembar_files, "read_in_child", slow)
    results: list[Any] = []
    read_hub.token("53.14")
    sending = threading.Thread(target=lambda: results.append(rekap(read_hub, BLANK, uji=True)))
    sending.start()
    assert reading.wait(60)
    assert lives(read_hub)
    assert not results
    go.set()
    sending.join(60)
    assert results[0]["__typename"] == "RekapDiterima"


def test_many_names_are_matched_beside_the_event_loop(read_hub: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    threads: set[str] = set()

    def watched(work: Any) -> Any:
        def and_note(*arguments: Any, **more: Any) -> Any:
            threads.add(threading.current_thread().name.partition("_")[0])
            return work(*arguments, **more)

        return and_note

    for module, name in (
        (sumber_daya_import, "read_kabupaten"),
        (sumber_daya_import, "read_desa"),
        (sumber_daya_import, "draft_of"),
        (sumber_daya_import, "_plan"),
        (sumber_daya_import, "_mark_doubles"),
        (rekap_examine, "read_cells"),
        (rekap_examine, "rollup"),
    ):
        monkeypatch.setattr(module, name, watched(getattr(module, name)))
    good = [[f"LKS Contoh {n}", "Oeseli", "Rote Barat Daya"] for n in range(150)]
    assert upload(read_hub, "LKS", listing(["Nama", "Desa", "Kecamatan"], *good), uji=True)["baru"] == 150
    angka = [["53.14.01.2005", "REH09", n] for n in range(150)]
    rekap(read_hub, listing(["wilayah", "elemen", "nilai"], *angka), name="x.csv", uji=True)
    assert threads == {"bulk"}


def test_thousands_of_unknown_names_are_told_in_short_and_counted(read_hub: Client) -> None:
    foreign = [[f"LKS {n}", f"Antahberantah {n}"] for n in range(3_000)]
    result = upload(read_hub, "LKS", listing(["Nama", "Desa"], *foreign), uji=True)
    assert result["__typename"] == "ImporSumberDayaDitolak"
    assert len(temuan(result, "DESA_TAK_DIKENAL")) + len(temuan(result, "DESA_RANGKAP")) == 200
    (rest,) = temuan(result, "TEMUAN_DIRINGKAS")
    assert (rest["tingkat"], rest["nilai"]) == ("GALAT", "2800")
    angka = [[f"Antahberantah {n}", 1] for n in range(3_000)]
    result = rekap(read_hub, listing(["wilayah", "REH09"], *angka), name="x.csv", uji=True)
    assert (result["__typename"], len(result["temuan"])) == ("RekapDitolak", 201)


def test_one_file_too_many_has_to_come_again(read_hub: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (rekap_upload, sumber_daya_import):
        monkeypatch.setattr(module, "FILES", Desk("full", threads=1, waiting=-1))
    for result in (rekap(read_hub, BLANK, uji=True), upload(read_hub, "LKS", BLANK, uji=True)):
        (one,) = result["temuan"]
        assert (one["kode"], one["tingkat"]) == ("ANTREAN_PENUH", "GALAT")
        assert "kirim lagi" in one["pesan"]


def test_a_cell_that_is_a_book_is_a_finding_of_its_row(read_hub: Client) -> None:
    content = listing(
        ["Nama", "Desa", "No SK"], ["LKS X", "Oeseli", "9" * 5_000], ["LKS Y", "Oeseli", "1, 2, " * 5_000]
    )
    result = upload(read_hub, "LKS", content, uji=True)
    assert [(t["lokasi"][0]["baris"], t["lokasi"][0]["kolom"]) for t in temuan(result, "TEKS_TIDAK_SAH")][:2] == [
        (2, "No SK"),
        (3, "No SK"),
    ]
