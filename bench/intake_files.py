"""Workbooks, from their first byte to the answer: a rekap of 119 desa × 20 columns, a list of 8.563 rows × 10 columns."""

import io
import statistics
from collections.abc import Iterator, Sequence

import openpyxl

from bench import intake_client, lembar_data
from bench.intake_client import UPLOAD, calling
from bench.intake_data import COUNTRY, offices
from bench.intake_run import Run
from bench.lembar_data import Untidy
from bench.report import Work, show

_OFFICE = "53.14"


def workbooks(run: Run) -> list[Work]:
    """Untidy as offices write them, kept as a draft with all that is found; each the correction of the one before."""
    size = Untidy(119, 20, COUNTRY)
    content = lembar_data.WRITERS["xlsx"](lembar_data.grid(size))
    seconds: list[float] = []
    tokens = intake_client.make_tokens(run.url, {_OFFICE: "KABUPATEN"})
    with run.hub() as server, calling(server.url, tokens[_OFFICE]) as caller:
        for number in range(max(run.rounds, 20) + 1):
            variables = {"p": _OFFICE, "f": "F05", "t": "2024", "k": f"buku {number}"}
            answer = caller.upload(UPLOAD, variables, "rekap.xlsx", content)
            told = answer.data("unggahRekap")
            if told["__typename"] != "RekapDiterima" or told["revisi"] != number + 1:
                raise RuntimeError(str(told)[:1500])
            seconds.append(answer.seconds)
    slow = _p95(seconds[1:])
    show("A workbook of 119 × 20, upload to answer", ["median ms", "p95 ms", "longest ms"],
         [[f"{s * 1000:.0f}" for s in (statistics.median(seconds[1:]), slow, max(seconds[1:]))]])  # fmt: skip
    return [Work("XLSX 119 desa × 20 kolom, kirim sampai jawaban: p95", slow, "s", 1, most=True)]


def lists(run: Run) -> list[Work]:
    """A province's list of puskesos, one for each desa, back with its findings: POST /anotasi."""
    content = _workbook(_puskesos())
    tokens = intake_client.make_tokens(run.url, {_PROVINSI: "PROVINSI"})
    fields = {"daftar": b"sumber-daya", "jenis": b"PUSKESOS", "kabupaten": _PROVINSI.encode()}
    seconds: list[float] = []
    with run.hub() as server, calling(server.url, tokens[_PROVINSI]) as caller:
        for _ in range(max(run.rounds // 2, 3) + 1):
            answer = caller.form("/anotasi", fields, "berkas", ("puskesos.xlsx", content))
            if answer.status != 200 or not answer.body.startswith(b"PK"):
                raise RuntimeError(f"{answer.status}: {answer.body[:800]!r}")
            seconds.append(answer.seconds)
    book = openpyxl.load_workbook(io.BytesIO(answer.body), read_only=True)
    told = sum(1 for sheet in book.worksheets[1:] for _ in sheet.iter_rows())
    if told < _WRONG_ROWS:
        raise RuntimeError(f"only {told} findings came back")
    show("A list of 8.563 × 10, upload to annotated workbook", ["median ms", "longest ms", "rows of findings"],
         [[*(f"{s * 1000:.0f}" for s in (statistics.median(seconds[1:]), max(seconds[1:]))), str(told)]])  # fmt: skip
    return [Work("XLSX 8.563 baris × 10 kolom, kirim sampai buku beranotasi", max(seconds[1:]), "s", 5, most=True)]


_PROVINSI, _WRONG_ROWS = "33", 100
_TITLES = ("No", "Nama", "Kab/Kota", "Kecamatan", "Desa", "Alamat", "Tahun Berdiri", "Status", "Pengelola", "Telepon")


def _puskesos() -> Iterator[list[object]]:
    """Below two title rows. Of each fifty one lies in a desa that there is none of, one was founded in no year."""
    yield ["DAFTAR PUSKESOS DESA/KELURAHAN"]
    yield ["PROVINSI, TAHUN 2024"]
    yield []
    yield list(_TITLES)
    number = 0
    for office in (o for o in offices() if o.kode.startswith(_PROVINSI)):
        for w in office.desa:
            number += 1
            desa = f"{w.nama} Xq" if number % 50 == 7 else w.nama
            year: object = "lama" if number % 50 == 9 else 2010 + number % 12
            yield [number, f"Puskesos {w.nama}", office.kode, office.kecamatan[w.kode[:8]], desa, f"Jalan Raya No. {number % 90}",
                   year, "Aktif", ("Desa", "Kelurahan")[number % 2], "-"]  # fmt: skip


def _workbook(rows: Iterator[list[object]]) -> bytes:
    book, kept = openpyxl.Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(kept)
    return kept.getvalue()


def _p95(seconds: Sequence[float]) -> float:
    return sorted(seconds)[max(0, -(-len(seconds) * 95 // 100) - 1)]
