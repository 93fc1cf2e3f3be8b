"""The command line. Help and messages are for the operator of an office, in Indonesian."""

from typing import Annotated

import typer

from hub.base.errors import HubError
from hub.cli import batas_commands, export_commands, import_commands, serve_command, token_commands
from hub.cli.environment import LAYAR, addresses, berhenti, opened, peringatkan, run, settings_or_stop
from hub.cli.progress import progress

app = typer.Typer(
    help="Hub data Dinas Sosial: menghubungkan provinsi dengan kabupaten/kotanya.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)
check_app = typer.Typer(help="Pemeriksaan isi hub.", no_args_is_help=True)
app.add_typer(import_commands.app, name="import")
app.add_typer(token_commands.app, name="token")
app.add_typer(check_app, name="check")
app.add_typer(export_commands.app, name="export")
rebuild_app = typer.Typer(help="Buat ulang yang diturunkan dari data.", no_args_is_help=True)
app.add_typer(rebuild_app, name="rebuild")
check_app.command("batas", help="Mutu batas: tumpang tindih, celah, di luar induk, tanpa batas, luas beda.")(
    batas_commands.check_batas
)
rebuild_app.command("piramida", help="Gambar ulang seluruh peta batas untuk ubin.")(batas_commands.rebuild_piramida)


@app.command(help="Nyalakan hub: basis data, migrasi, katalog, lalu layanan di HUB_PORT.")
def serve(demo: Annotated[bool, typer.Option("--demo", help="Isi basis data kosong dengan contoh.")] = False) -> None:
    serve_command.serve(demo)


@app.command(help="Bawa basis data ke versi hub ini (atau ke revisi lain).")
def migrate(tujuan: Annotated[str, typer.Argument(help='"head", "base" atau nama revisi.')] = "head") -> None:
    settings = settings_or_stop()
    try:
        with progress("mengubah basis data"), addresses(settings) as alamat:
            sesudah = alamat.migrate(settings, tujuan)
            terbuka = alamat.left_open()
    except HubError as salah:
        berhenti(salah)
    LAYAR.print(f"Basis data kini pada revisi {sesudah or '(kosong)'}.")
    if terbuka:
        peringatkan("Peringatan:", terbuka)


@check_app.command("rollup", help="Buktikan bahwa angka gabungan sama dengan jumlah angka yang disetujui.")
def check_rollup() -> None:
    from hub.angka.verify import verify_rollup

    async def kerja() -> int:
        async with opened(settings_or_stop()) as db:
            with progress("memeriksa angka"):
                diperiksa, salah = await verify_rollup(db)
        for s in salah[:50]:
            peringatkan(
                "•",
                f"{s.elemen} {s.periode} {s.wilayah} {s.rincian}: tersimpan {s.tersimpan}, seharusnya "
                f"{s.seharusnya} ({s.sebab})",
            )
        if len(salah) > 50:
            LAYAR.print(f"… dan {len(salah) - 50} lagi")
        LAYAR.print(f"{diperiksa} angka diperiksa, {len(salah)} salah.")
        return len(salah)

    if run(kerja()):
        raise typer.Exit(1)


def main() -> None:
    app()
