"""hub import: regions, boundaries, rekap, social resources, programmes, catalogue, from files."""

import uuid
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from hub.base.errors import InvalidInputError
from hub.base.kode import dotted, is_office
from hub.cli.environment import SCREEN, opened, run, settings_or_stop, warn
from hub.cli.operator import operator
from hub.cli.progress import stages

if TYPE_CHECKING:
    from hub.base.temuan import Temuan
    from hub.batas.service import LaporanBatas
    from hub.db.database import Database
    from hub.lembar.annotation import FileAnnotation
    from hub.wilayah.service import LaporanWilayah

app = typer.Typer(help="Muat data dari berkas.", no_args_is_help=True)

_SHOWN_LINES = 10  # lines of a long list shown on the screen; all of them go into --report

ValidFrom = Annotated[
    datetime | None, typer.Option("--berlaku", formats=["%Y-%m-%d"], help="Hari pertama berlaku, misalnya 2025-01-01.")
]
Laporan = Annotated[Path | None, typer.Option("--report", help="Tulis laporan lengkap ke berkas ini.")]
Annotation = Annotated[
    Path | None,
    typer.Option(
        "--anotasi", help="Tulis berkasnya, dengan temuan di selnya, ke berkas ini; ke hub tidak ada yang ditulis."
    ),
]


@app.command("wilayah", help="Daftar wilayah (CSV: kode,nama[,…]) yang berlaku sejak suatu hari.")
def import_wilayah(
    berkas: Annotated[Path, typer.Argument(help="Berkas CSV.")],
    berlaku: ValidFrom = None,
    perubahan: Annotated[
        Path | None, typer.Option(help="CSV perubahan (jenis,kode_lama,kode_baru); tanpa ini diturunkan dari nama.")
    ] = None,
    sebagian: Annotated[
        bool, typer.Option("--sebagian", help="Daftar ini tidak lengkap: jangan menutup wilayah apa pun.")
    ] = False,
    tutup: Annotated[
        bool, typer.Option("--tutup", help="Tutup wilayah yang tidak ada di daftar, berapa pun banyaknya.")
    ] = False,
    terima_rusak: Annotated[
        bool,
        typer.Option(
            "--terima-rusak", help="Lewati baris yang tidak dapat dipakai; yang mungkin dimaksudnya tidak ditutup."
        ),
    ] = False,
    report: Laporan = None,
) -> None:
    from hub.batas.pyramid import rebuild
    from hub.wilayah.files import read_changes, read_region_list
    from hub.wilayah.service import ListHeldBackError, Trust
    from hub.wilayah.service import import_wilayah as load_wilayah

    if sebagian and tutup:
        warn("Gagal:", "--sebagian dan --tutup bertentangan: yang satu tidak menutup apa pun, yang lain menutup semua.")
        raise typer.Exit(2)

    async def work() -> bool:
        settings = settings_or_stop()
        trust = Trust(sebagian, terima_rusak, tutup, settings.tutup_persen)
        async with opened(settings) as db:
            try:
                with stages(f"membaca {berkas.name}") as tell:
                    result = await load_wilayah(
                        db, read_region_list(berkas), _day(berlaku, db), read_changes(perubahan) if perubahan else None,
                        source=berkas.name, trust=trust,
                    )  # fmt: skip
                    # regions that began or ended change what is drawn
                    await rebuild(db, advance=lambda n, total: tell("menggambar peta", n, total))
            except ListHeldBackError as held:
                show_report([], _temuan_wilayah(held.laporan, held=True), report)
                warn("Gagal:", held.message)
                return False
        summary = [
            f"{result.lines_read} baris dibaca: {result.opened} wilayah dibuka, {result.closed} ditutup, {result.renamed} ganti nama, "
            f"{result.unchanged} tetap.",
            f"{result.links} tautan pendahulu-pengganti (dari {result.links_from}).",
        ]
        show_report(summary, _temuan_wilayah(result, held=False), report)
        return True

    if not run(work()):
        raise typer.Exit(1)


def _temuan_wilayah(laporan: "LaporanWilayah", *, held: bool) -> dict[str, list[str]]:
    """The findings of a list of regions; `held`: of one that changed nothing."""
    return {
        "Baris yang tidak dapat dipakai": laporan.broken,
        "Akan ditutup tanpa pengganti" if held else "Ditutup tanpa pengganti": laporan.without_successor,
        "Tidak ditutup, karena mungkin dimaksud baris yang tidak dapat dipakai": laporan.protected,
        "Perlu dilihat": laporan.temuan,
    }


@app.command("batas", help="Batas wilayah: GeoPackage, FlatGeobuf, Shapefile atau GeoJSON, sistem koordinat apa pun.")
def import_batas(
    berkas: Annotated[Path, typer.Argument(help="Berkas batas.")],
    berlaku: ValidFrom = None,
    sumber: Annotated[str | None, typer.Option(help="Sumber batas; tanpa ini nama berkasnya.")] = None,
    lapisan: Annotated[
        list[str] | None, typer.Option(help="Hanya lapisan ini dari berkasnya; boleh berulang. Tanpa ini semua.")
    ] = None,
    percaya_kode: Annotated[
        bool,
        typer.Option("--percaya-kode", help="Pasang menurut kodenya juga yang namanya milik wilayah lain."),
    ] = False,
    report: Laporan = None,
) -> None:
    from hub.batas.files_reader import BatasReader
    from hub.batas.service import BatasSource, Progress
    from hub.batas.service import import_batas as load_batas

    async def work() -> None:
        # reading begins while the database is made ready
        with BatasReader(berkas, lapisan or ()) as reader:
            async with opened(settings_or_stop()) as db:
                with stages(f"membuka {berkas.name}") as tell:
                    content = reader.content()
                    result = await load_batas(
                        db,
                        reader.features(),
                        _day(berlaku, db),
                        BatasSource(sumber or berkas.name, content.version, trust_codes=percaya_kode),
                        progress=Progress(lambda n: tell(f"membaca {berkas.name}", n, content.feature_count), tell),
                    )
        repairs = ", ".join(f"{n} {cause}" for cause, n in result.repaired.most_common()) or "tidak ada"
        summary = [
            f"{result.features_read} fitur dibaca, {result.stored} batas dipasang.",
            f"Diperbaiki: {sum(result.repaired.values())} ({repairs}).",
            f"Peta: {result.pyramid.built} dari {result.pyramid.units} kabupaten/kota digambar ulang.",
        ]
        lists = {
            "Kode tidak dikenal": result.unknown_kode,
            "Tanpa kode": result.without_kode,
            f"Kode dan nama menyebut wilayah yang berlainan; {'dipasang menurut kodenya' if percaya_kode else 'tidak dipasang'}": (
                result.contradicting
            ),
            "Nama lain daripada di hub; dipasang menurut kodenya": result.other_names,
            "Kode kembar": result.duplicates,
            "Kode dari kolom lain, karena kolom pertamanya kosong": result.other_columns,
            "Tanpa luas": result.empty,
            "Lapisan tidak dibaca": content.skipped,
            "Wilayah tanpa batas": result.without_batas,
        }
        show_report(summary, lists, report)
        if not result.stored:
            raise InvalidInputError(f"{berkas}: tidak ada batas yang dapat dipasang; {_why_nothing(result)}.")

    run(work())


@app.command("rekap", help="Rekap dari CSV atau XLSX, diajukan atas nama pelapornya.")
def import_rekap(
    berkas: Annotated[Path, typer.Argument(help="Berkas CSV atau XLSX.")],
    pelapor: Annotated[str, typer.Option(help="Kode kabupaten/kota, atau provinsi untuk pernyataannya.")],
    formulir: Annotated[str, typer.Option(help="F01 sampai F13.")],
    periode: Annotated[str, typer.Option(help="2020, 2020-S1, 2020-TW3 atau 2020-07.")],
    uji: Annotated[bool, typer.Option(help="Periksa saja, jangan menulis.")] = False,
    anotasi: Annotation = None,
    kunci: Annotated[str | None, typer.Option(help="Kunci kiriman; tanpa ini dibuatkan.")] = None,
    report: Laporan = None,
) -> None:
    from hub.katalog.cache import KatalogCache
    from hub.lembar.files import content_of, read_sheets
    from hub.rekap.annotation import annotated_rekap
    from hub.rekap.draft import Envelope
    from hub.rekap.service import Receipt, RekapWorkflow
    from hub.rekap.upload import RekapUpload, SentFile

    kode = kode_of_office(pelapor)

    async def work() -> bool:
        content = content_of(berkas)
        async with opened(settings_or_stop()) as db:
            actor = await operator(db, kode)
            with stages(f"memeriksa {berkas.name}"):
                envelope = Envelope(kode, formulir, periode, kunci or f"impor-{uuid.uuid4()}")
                katalog = KatalogCache(db)
                workflow, sent = RekapWorkflow(db, katalog), SentFile(berkas.name, content, envelope)
                if anotasi is not None:
                    made = await annotated_rekap(db, katalog, workflow, actor, sent)
                    anotasi.write_bytes(made.content)
                result = await RekapUpload(db, katalog, workflow, read_sheets).submit(
                    actor, sent, dry_run=uji or anotasi is not None
                )
        if [t.kode for t in result.temuan] == ["BERKAS_TAK_TERBACA"]:
            raise InvalidInputError(result.temuan[0].pesan)
        summary = ["Ditolak; tidak ada yang ditulis."]
        if isinstance(result, Receipt):
            p = result.perubahan
            outcome = "Akan diterima" if uji or anotasi else "Diterima"
            summary = [
                f"{outcome} sebagai revisi {result.revisi}: {p.baru} baru, {p.berubah} berubah, {p.tetap} tetap, {p.dihapus} dihapus."
            ]
        show_report(summary, temuan_lines(result.temuan), report)
        return isinstance(result, Receipt)

    if not run(work()):
        raise typer.Exit(1)


@app.command("program", help="Daftar program sebuah kantor (CSV, XLSX): kolom Nama, dan bila ada Induk, Sumber, Alias.")
def import_program(
    berkas: Annotated[Path, typer.Argument(help="Berkas CSV atau XLSX.")],
    wilayah: Annotated[str, typer.Option(help="Kode kabupaten/kota atau provinsi yang programnya ini.")],
    berlaku: ValidFrom = None,
    sumber: Annotated[str | None, typer.Option(help="Sumber anggaran bagi baris yang tidak menyebutnya.")] = None,
    uji: Annotated[bool, typer.Option("--uji", help="Periksa saja, jangan menulis.")] = False,
    report: Laporan = None,
) -> None:
    from hub.anggaran.draft import ProgramRequest, ProgramsImported
    from hub.anggaran.service import ProgramImport
    from hub.katalog.cache import KatalogCache
    from hub.lembar.files import content_of, read_list

    kode = kode_of_office(wilayah)

    async def work() -> bool:
        content = content_of(berkas)
        request = ProgramRequest(kode, berlaku.date() if berlaku else None, sumber, uji)
        async with opened(settings_or_stop()) as db:
            actor = await operator(db, kode)
            with stages(f"memeriksa {berkas.name}"):
                result = await ProgramImport(db, read_list, KatalogCache(db)).upload(
                    actor, berkas.name, content, request
                )
        summary = ["Ditolak; tidak ada yang ditulis."]
        if isinstance(result, ProgramsImported):
            summary = [
                f"Program {result.tahun} {'akan ditulis' if uji else 'ditulis'}: {result.baru} baru, {result.berubah} berubah, "
                f"{result.tetap} tetap, {result.closed} ditutup."
            ]
        show_report(summary, temuan_lines(result.temuan), report)
        return isinstance(result, ProgramsImported)

    if not run(work()):
        raise typer.Exit(1)


def kode_of_office(text: str) -> str:
    """The code of a kabupaten or province; else the command ends and says so."""
    kode = dotted(text)
    if not is_office(kode):
        warn("Gagal:", f'"{text}" bukan kode kabupaten/kota atau provinsi.')
        raise typer.Exit(2)
    return kode


def temuan_lines(temuan: "Sequence[Temuan]") -> dict[str, list[str]]:
    """Findings as lines, by level, each with its first places."""
    lembar = {x.lembar for t in temuan for x in t.lokasi if x.lembar}
    lines: dict[str, list[str]] = {"GALAT": [], "PERINGATAN": [], "INFO": []}
    for t in temuan:
        places = ", ".join(
            (f"lembar {x.lembar} " if len(lembar) > 1 else "")
            + f"baris {x.baris}"
            + (f" kolom {x.kolom}" if x.kolom else "")
            for x in t.lokasi[:3]
            if x.baris is not None
        )
        lines[t.tingkat].append(t.pesan + (f" [{places}]" if places else ""))
    return lines


def _day(valid_from: datetime | None, db: "Database") -> date:
    return valid_from.date() if valid_from else db.today()


def _why_nothing(result: "LaporanBatas") -> str:
    """Why nothing of a file was stored, and what to do."""
    causes = {
        "kodenya tidak ada dalam daftar wilayah yang berlaku pada hari itu (periksa --berlaku dan hub import wilayah)": result.unknown_kode,
        "tanpa kode (isi kolom kodenya)": result.without_kode,
        "kode dan namanya menyebut wilayah yang berlainan (periksa apakah kodenya kode Kemendagri; kalau kodenya yang benar, ulangi dengan --percaya-kode)": result.contradicting,
        "bentuknya tidak dapat dipakai (perbaiki atau simpan ulang berkasnya)": result.empty,
    }  # fmt: skip
    return (
        "; ".join(f"{len(found)} {cause}" for cause, found in causes.items() if found) or "berkasnya tidak memuat fitur"
    )


def show_report(summary: list[str], lists: dict[str, list[str]], file: Path | None) -> None:
    """To the screen in short, to the file in full."""
    for line in summary:
        SCREEN.print(line, soft_wrap=True)
    for title, lines in lists.items():
        if lines:
            SCREEN.print(f"{title}: {len(lines)}")
            for line in lines[:_SHOWN_LINES]:
                SCREEN.print(f"  {line}", soft_wrap=True)
            if len(lines) > _SHOWN_LINES:
                SCREEN.print(
                    f"  … dan {len(lines) - _SHOWN_LINES} lagi" + ("" if file else " (lengkapnya dengan --report)"),
                    markup=False,
                )
    if file is not None:
        text = [*summary, ""]
        for title, lines in lists.items():
            text += [f"## {title}: {len(lines)}", *lines, ""]
        file.write_text("\n".join(text), encoding="utf-8")
        SCREEN.print(f"Laporan lengkap: {file}")


def write_annotated(
    wanted: Path | None, name: str, content: bytes, file: "FileAnnotation", found: "Sequence[Temuan]"
) -> None:
    """The file with what was found in it, where one is wanted. Raises InvalidInputError, with what was found, where nobody opened it."""
    if wanted is not None:
        wanted.write_bytes(file.make(name, content, found).content)
