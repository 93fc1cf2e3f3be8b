"""hub import sumber-daya, hub import tagana, hub import wksbm, hub import stok: lists of what offices register, from files."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from hub.cli.environment import opened, run, settings_or_stop, warn
from hub.cli.import_commands import Annotation, Laporan, kode_of_office, show_report, temuan_lines, write_annotated
from hub.cli.operator import operator
from hub.cli.progress import stages
from hub.cli.refused_rows import write_refused

if TYPE_CHECKING:
    from hub.base.temuan import Refused
    from hub.lembar.list_result import ImportResult

app = typer.Typer()

ListFile = Annotated[Path, typer.Argument(help="Berkas CSV atau lembar kerja (XLSX, XLS, XLSB, ODS).")]
DryRun = Annotated[bool, typer.Option("--uji", help="Periksa saja, jangan menulis.")]
SkipRefused = Annotated[
    bool, typer.Option("--lewati-galat", help="Tulis baris yang baik; yang lain ke berkas CSV beserta temuannya.")
]
RefusedFile = Annotated[
    Path | None, typer.Option(help="Berkas CSV bagi baris yang dilewati; tanpa ini di samping berkasnya.")
]


@app.command(
    "sumber-daya", help="Daftar sumber daya sosial (CSV, XLSX): LKS, panti, karang taruna, puskesos dan seterusnya."
)
def import_sumber_daya(
    berkas: ListFile,
    jenis: Annotated[str, typer.Option(help="LKS, PANTI, LK3, KARANG_TARUNA, PUSKESOS, …")],
    kabupaten: Annotated[
        str, typer.Option(help="Kode kabupaten/kota daftar ini, atau provinsi (dengan kolom Kab/Kota).")
    ],
    sejak: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Hari pertama ada bagi baris yang tidak menyebutnya.")
    ] = None,
    uji: DryRun = False,
    anotasi: Annotation = None,
    lewati_galat: SkipRefused = False,
    tertolak: RefusedFile = None,
    report: Laporan = None,
) -> None:
    from hub.gudang.closing import ledgers
    from hub.lembar.annotation import FileAnnotation
    from hub.lembar.files import content_of
    from hub.sumber_daya.list_import import ImportRequest, SumberDayaImport
    from hub.sumber_daya.service import SumberDayaService
    from hub.sumber_daya.tables import KINDS

    kode, kind = kode_of_office(kabupaten), jenis.strip().upper().replace(" ", "_").replace("-", "_")
    if kind not in KINDS:
        warn("Gagal:", f'Jenis "{jenis}" tidak dikenal; jenisnya: {", ".join(KINDS)}.')
        raise typer.Exit(2)

    async def work() -> bool:
        content, file = content_of(berkas), FileAnnotation()
        settings = settings_or_stop()
        request = ImportRequest(kind, kode, sejak.date() if sejak else None, uji or anotasi is not None, lewati_galat)
        async with opened(settings) as db:
            with stages(f"memeriksa {berkas.name}"):
                result = await SumberDayaImport(db, file.read_list, SumberDayaService(db, ledgers)).upload(
                    await operator(db, kode), berkas.name, content, request
                )
        write_annotated(anotasi, berkas.name, content, file, result.temuan)
        return _told(result, berkas, tertolak, report, dry_run=uji or anotasi is not None)

    if not run(work()):
        raise typer.Exit(1)


@app.command(
    "tagana", help="Daftar anggota Tagana sebuah kabupaten/kota (CSV, XLSX): Nama, NIA, Tanggal Lahir, Desa, …"
)
def import_tagana(
    berkas: ListFile,
    kabupaten: Annotated[str, typer.Option(help="Kode kabupaten/kota yang registernya ini.")],
    didata: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="Hari pendataan anggota baru yang tidak ditulis harinya."),
    ] = None,
    memenuhi_kriteria: Annotated[
        bool,
        typer.Option("--memenuhi-kriteria", help="Nyatakan bahwa semua dalam daftar memenuhi keempat kriteria Tagana."),
    ] = False,
    uji: DryRun = False,
    anotasi: Annotation = None,
    lewati_galat: SkipRefused = False,
    tertolak: RefusedFile = None,
    report: Laporan = None,
) -> None:
    from hub.lembar.annotation import FileAnnotation
    from hub.lembar.files import content_of
    from hub.tagana.list_import import TaganaImport, TaganaListRequest
    from hub.tagana.service import TaganaRegister

    kode = _kabupaten(kabupaten)

    async def work() -> bool:
        content, file = content_of(berkas), FileAnnotation()
        request = TaganaListRequest(
            kode, didata.date() if didata else None, memenuhi_kriteria, uji or anotasi is not None, lewati_galat
        )
        async with opened(settings_or_stop()) as db:
            with stages(f"memeriksa {berkas.name}"):
                result = await TaganaImport(db, file.read, TaganaRegister(db)).upload(
                    await operator(db, kode), berkas.name, content, request
                )
        write_annotated(anotasi, berkas.name, content, file, result.temuan)
        return _told(result, berkas, tertolak, report, dry_run=uji or anotasi is not None)

    if not run(work()):
        raise typer.Exit(1)


@app.command("wksbm", help="Daftar jejaring WKSBM (CSV, XLSX): Nama, Desa, Tahun Berdiri, Tahap, Anggota, Kegiatan, …")
def import_wksbm(
    berkas: ListFile,
    kabupaten: Annotated[
        str, typer.Option(help="Kode kabupaten/kota daftar ini, atau provinsi (dengan kolom Kab/Kota).")
    ],
    sejak: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="Hari pertama ada bagi jejaring yang tidak menyebutnya."),
    ] = None,
    uji: DryRun = False,
    anotasi: Annotation = None,
    lewati_galat: SkipRefused = False,
    tertolak: RefusedFile = None,
    report: Laporan = None,
) -> None:
    from hub.katalog.cache import KatalogCache
    from hub.lembar.annotation import FileAnnotation
    from hub.lembar.files import content_of
    from hub.wksbm.list_import import WksbmImport, WksbmListRequest
    from hub.wksbm.service import WksbmService

    kode = kode_of_office(kabupaten)

    async def work() -> bool:
        content, file = content_of(berkas), FileAnnotation()
        request = WksbmListRequest(kode, sejak.date() if sejak else None, uji or anotasi is not None, lewati_galat)
        async with opened(settings_or_stop()) as db:
            katalog = KatalogCache(db)
            with stages(f"memeriksa {berkas.name}"):
                result = await WksbmImport(db, file.read, katalog, WksbmService(db, katalog)).upload(
                    await operator(db, kode), berkas.name, content, request
                )
        write_annotated(anotasi, berkas.name, content, file, result.temuan)
        return _told(result, berkas, tertolak, report, dry_run=uji or anotasi is not None)

    if not run(work()):
        raise typer.Exit(1)


@app.command(
    "stok", help="Hasil hitung stok gudang bencana (CSV, XLSX): Gudang, Barang, Jumlah, Satuan, Sumber, Lot, …"
)
def import_stok(
    berkas: ListFile,
    kantor: Annotated[str, typer.Option(help="Kode kabupaten/kota atau provinsi yang mengurus gudangnya.")],
    dokumen: Annotated[str, typer.Option(help="Nomor berita acara hitung stok (opname).")],
    pada: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Hari dihitung; tanpa ini sekarang.")
    ] = None,
    uji: DryRun = False,
    anotasi: Annotation = None,
    lewati_galat: SkipRefused = False,
    tertolak: RefusedFile = None,
    report: Laporan = None,
) -> None:
    from hub.gudang.list_import import StokImport, StokListRequest
    from hub.gudang.service import StokLedger
    from hub.lembar.annotation import FileAnnotation
    from hub.lembar.files import content_of

    kode = kode_of_office(kantor)

    async def work() -> bool:
        content, file = content_of(berkas), FileAnnotation()
        async with opened(settings_or_stop()) as db:
            day = pada.date() if pada else db.today()
            request = StokListRequest(kode, day, dokumen, uji or anotasi is not None, lewati_galat)
            with stages(f"memeriksa {berkas.name}"):
                result = await StokImport(db, file.read, StokLedger(db)).upload(
                    await operator(db, kode), berkas.name, content, request
                )
        write_annotated(anotasi, berkas.name, content, file, result.temuan)
        return _told(result, berkas, tertolak, report, dry_run=uji or anotasi is not None)

    if not run(work()):
        raise typer.Exit(1)


def _kabupaten(text: str) -> str:
    """The code of a kabupaten; else the command ends and says so."""
    kode = kode_of_office(text)
    if "." not in kode:
        warn(
            "Gagal:", f"{kode} adalah provinsi; register ini milik kabupaten/kota. Sebutkan kodenya, seperti {kode}.14."
        )
        raise typer.Exit(2)
    return kode


def _told(
    result: "ImportResult | Refused", file: Path, refused_file: Path | None, report: Path | None, *, dry_run: bool
) -> bool:
    """Says what became of a list; whether it was taken."""
    from hub.lembar.list_result import ImportResult

    summary = ["Ditolak; tidak ada yang ditulis."]
    if isinstance(result, ImportResult):
        prefix = "Akan ditulis" if dry_run else "Ditulis"
        summary = [f"{prefix}: {result.baru} baru, {result.berubah} berubah, {result.tetap} tetap."]
        if result.refused:
            files = write_refused(refused_file or file.with_name(f"{file.stem}_tertolak.csv"), result.refused)
            summary.append(f"{len(result.refused)} baris dilewati; tertulis dengan temuannya di {', '.join(files)}.")
    show_report(summary, temuan_lines(result.temuan), report)
    return isinstance(result, ImportResult)
