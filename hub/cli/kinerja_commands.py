"""hub import sasaran, hub import skala: an office's objectives and its scale."""

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from hub.base.actor import Actor
from hub.cli.environment import opened, run, settings_or_stop
from hub.cli.import_commands import Laporan, kode_of_office, show_report, temuan_lines
from hub.cli.operator import operator

if TYPE_CHECKING:
    from hub.base.temuan import Refused
    from hub.kinerja.draft import OfficeYear
    from hub.kinerja.service import ListWritten, PerformanceLists

_File = Annotated[Path, typer.Argument(help="Berkas CSV atau XLSX.")]
_Office = Annotated[str, typer.Option(help="Kode kabupaten/kota atau provinsi pemilik daftar ini.")]
_FirstYear = Annotated[int, typer.Option(help="Tahun pertama berlakunya; berlaku terus sampai daftar berikutnya.")]
_DryRun = Annotated[bool, typer.Option("--uji", help="Periksa saja, jangan menulis.")]

app = typer.Typer()

_Put = Callable[["PerformanceLists", Actor, "OfficeYear", bytes], Awaitable["ListWritten | Refused"]]


@app.command("sasaran", help="Sasaran sebuah kantor dan indikatornya (kolom: nomor, sasaran, indikator).")
def import_objectives(
    berkas: _File, pelapor: _Office, tahun: _FirstYear, uji: _DryRun = False, report: Laporan = None
) -> None:
    _put_list(
        lambda lists, actor, office, content: lists.put_objectives(actor, office, berkas.name, content, dry_run=uji),
        berkas,
        (pelapor, tahun),
        report,
        lambda n: f"{n} sasaran {'akan berlaku' if uji else 'berlaku'} sejak {tahun}",
    )


@app.command("skala", help="Kata skala capaian sebuah kantor (kolom: dari, predikat), misalnya 85 Sangat Berhasil.")
def import_scale(
    berkas: _File, pelapor: _Office, tahun: _FirstYear, uji: _DryRun = False, report: Laporan = None
) -> None:
    _put_list(
        lambda lists, actor, office, content: lists.put_scale(actor, office, berkas.name, content, dry_run=uji),
        berkas,
        (pelapor, tahun),
        report,
        lambda n: f"Skala dengan {n} predikat {'akan berlaku' if uji else 'berlaku'} sejak {tahun}",
    )


def _put_list(put: _Put, file: Path, whose: tuple[str, int], report: Path | None, told: Callable[[int], str]) -> None:
    from hub.katalog.cache import KatalogCache
    from hub.kinerja.draft import OfficeYear
    from hub.kinerja.service import ListWritten, PerformanceLists
    from hub.lembar.files import content_of, read_list

    kode = kode_of_office(whose[0])

    async def work() -> bool:
        content = content_of(file)
        settings = settings_or_stop()
        async with opened(settings) as db:
            actor = await operator(db, kode)
            lists = PerformanceLists(db, KatalogCache(db), read_list)
            result = await put(lists, actor, OfficeYear(kode, whose[1]), content)
        summary = "Ditolak; tidak ada yang ditulis."
        if isinstance(result, ListWritten):
            summary = f"{told(len(result.rows))}{'.' if result.changed else ', sama seperti yang sudah ada.'}"
        show_report([summary], temuan_lines(result.temuan), report)
        return isinstance(result, ListWritten)

    if not run(work()):
        raise typer.Exit(1)
