"""hub rilis: what a province holds back, deciding it again, withdrawing, and how small a count it hides."""

from typing import TYPE_CHECKING, Annotated

import typer

from hub.base.kode import dotted, is_valid
from hub.cli.environment import SCREEN, opened, run, settings_or_stop, to_stdout, warn
from hub.cli.operator import at_the_province
from hub.cli.progress import progress

if TYPE_CHECKING:
    from datetime import datetime

    from hub.base.settings import Settings
    from hub.db.database import Database

app = typer.Typer(
    help="Rilis: apa yang belum tampil untuk umum, penarikan, dan ambang kerahasiaan.", no_args_is_help=True
)

_Provinsi = Annotated[str, typer.Argument(metavar="PROVINSI", help="Kode provinsi, misalnya 53.")]


@app.command("status", help="Apa yang ditahan atau gagal di sebuah provinsi, sejak kapan, dan apa yang membebaskannya.")
def status(provinsi: _Provinsi) -> None:
    from rich.table import Column, Table

    from hub.pekerjaan.stuck import stuck
    from hub.rilis.waiting import waiting

    kode = _province(provinsi)

    async def work() -> None:
        async with opened(settings_or_stop()) as db:
            held, failing = await waiting(db, kode), await stuck(db, kode)
            table = Table(
                Column("wilayah", no_wrap=True), "elemen", "periode", "rincian", "sebab", "sejak", "tampil bila"
            )
            for w in held:
                choices = ", ".join(f"{name}={choice}" for name, choice in w.choices)
                table.add_row(w.region, w.elemen, w.periode, choices, w.why, _when(w.since, db), w.remedy)
            failures = Table(
                "formulir", "periode", "gagal sejak", Column("percobaan", justify="right"), "sebab", "yang membebaskan",
                title=f"Total provinsi {kode} yang gagal dibuat; yang lama tetap tampil",
            )  # fmt: skip
            for s in failing:
                remedy = s.remedy if s.again is None else f"{s.remedy} Berikutnya {_when(s.again, db)}."
                failures.add_row(s.formulir, s.periode, _when(s.since, db), str(s.tries), s.why, remedy)
        if held:
            to_stdout(table)
        SCREEN.print(f"{len(held)} menunggu di {kode}." if held else f"Tidak ada yang menunggu di {kode}.")
        if failing:
            to_stdout(failures)
            SCREEN.print(f"Total {len(failing)} formulir dan periode gagal dibuat di {kode}.")

    run(work())


@app.command("bersama", help="Putuskan lagi semua yang menunggu atau gagal di sebuah provinsi, bersama-sama.")
def jointly(provinsi: _Provinsi) -> None:
    from hub.pekerjaan.stuck import note_failure, note_success, reason, stuck
    from hub.rekap.release_again import release_jointly

    kode = _province(provinsi)

    async def work() -> bool:
        async with opened(_deciding()) as db:
            done = await release_jointly(db, kode, {(s.formulir, s.periode) for s in await stuck(db, kode)})
            for place in done.places - done.failed.keys():
                await note_success(db, (kode, *place))
            for place, error in done.failed.items():
                await note_failure(db, (kode, *place), reason(error))
        for what, (before, still) in (("total", done.totals), ("perbaikan kabupaten/kota", done.revisions)):
            SCREEN.print(
                f"{before} {what} menunggu di {kode}, {max(before - still, 0)} kini tampil, {still} masih menunggu.",
                soft_wrap=True,
            )
        for (formulir, periode), error in sorted(done.failed.items()):
            warn("Gagal:", f"total {formulir} {periode}: {reason(error)}")
        if done.totals[1] or done.revisions[1] or done.failed:
            SCREEN.print(f"Sebabnya: hub rilis status {kode}.")
        return not done.failed

    if not run(work()):
        raise typer.Exit(1)


@app.command(
    "tarik", help="Tarik sebuah elemen dan periode: semua versinya dijawab DISUPRESI, juga yang dirilis kemudian."
)
def withdraw(
    elemen: Annotated[str, typer.Option(help="Kode elemen, misalnya REH03.")],
    periode: Annotated[str, typer.Option(help='Periode, misalnya "2025-TW1".')],
    alasan: Annotated[str, typer.Option(help="Mengapa ditarik; disimpan.")],
    provinsi: Annotated[str, typer.Option(help="Seluruh provinsi ini dengan kabupaten/kotanya.")] = "",
    kabupaten: Annotated[str, typer.Option(help="Kabupaten/kota ini, dan total yang memuatnya.")] = "",
) -> None:
    from hub.rilis.withdrawal import withdraw

    if bool(provinsi) == bool(kabupaten):
        warn("Gagal:", "sebut satu: --provinsi atau --kabupaten.")
        raise typer.Exit(2)
    kode = _province(provinsi) if provinsi else _kabupaten(kabupaten)

    async def work() -> None:
        async with opened(_deciding()) as db:
            await withdraw(db, kode, elemen.strip().upper(), periode, alasan)
        SCREEN.print(
            f"{elemen.strip().upper()} {periode} dari {kode} ditarik. Siapa yang menyimpan salinannya tetap memilikinya.",
            soft_wrap=True,
        )

    run(work())


@app.command("ambang", help="Setel ambang kerahasiaan sebuah provinsi: hitungan yang lebih kecil ditutup.")
def thresholds(
    provinsi: _Provinsi,
    k1: Annotated[int, typer.Option(help="Untuk elemen sensitif 1.")],
    k2: Annotated[int, typer.Option(help="Untuk elemen sensitif 2.")],
    k3: Annotated[int, typer.Option(help="Untuk elemen sensitif 3.")],
) -> None:
    from hub.rilis.primary import Thresholds
    from hub.rilis.thresholds import set_thresholds

    kode = _province(provinsi)

    async def work() -> None:
        async with opened(_deciding()) as db:
            await set_thresholds(db, kode, Thresholds(k1, k2, k3))
        SCREEN.print(
            f"Ambang {kode} kini k1 {k1}, k2 {k2}, k3 {k3} untuk yang dirilis mulai sekarang; yang sudah tampil tetap tampil. "
            f"Total yang menunggu diputuskan lagi dengan hub rilis bersama {kode}.",
            soft_wrap=True,
        )

    run(work())


@app.command("bacaan", help="Siapa membaca angka mentah yang paling peka, terbaru dahulu.")
def readings(
    provinsi: _Provinsi,
    banyak: Annotated[int, typer.Option(min=1, max=10_000, help="Paling banyak berapa baris.")] = 50,
) -> None:
    from hub.rilis.readings import newest

    kode = _province(provinsi)

    async def work() -> None:
        async with opened(settings_or_stop()) as db:
            found = await newest(db, kode, banyak)
            for r in found:
                when = _when(r.at, db)
                SCREEN.print(
                    f"{when}  {r.by} ({r.role} {r.reach})  {', '.join(r.what)}  {', '.join(r.where)}", soft_wrap=True
                )
        if not found:
            SCREEN.print(f"Belum ada yang membaca angka mentah yang paling peka di {kode}.")

    run(work())


def rebuild() -> None:
    from hub.rekap.release_again import rebuild

    async def work() -> None:
        async with opened(_deciding()) as db:
            with progress("memutuskan apa yang dilihat umum") as advance:
                count = await rebuild(db, advance)
        SCREEN.print(f"{count} rekap diputuskan lagi; total provinsi menyusul bila hub menyala.")

    run(work())


def _deciding() -> "Settings":
    """At a node the command ends: what everybody sees there is its province's decision."""
    return at_the_province(settings_or_stop(), "memutuskan apa yang dilihat umum")


def _when(at: "datetime", db: "Database") -> str:
    return f"{at.astimezone(db.zone):%Y-%m-%d %H:%M}"


def _province(text: str) -> str:
    kode = dotted(text)
    if len(kode) != 2 or not is_valid(kode):
        warn("Gagal:", f'"{text}" bukan kode provinsi; tulis dua angka, misalnya 53.')
        raise typer.Exit(2)
    return kode


def _kabupaten(text: str) -> str:
    kode = dotted(text)
    if len(kode) != 5 or not is_valid(kode):
        warn("Gagal:", f'"{text}" bukan kode kabupaten/kota; contohnya 53.14.')
        raise typer.Exit(2)
    return kode
