"""The command line. Help and messages are for the operator of an office, in Indonesian."""

from typing import Annotated

import typer

from hub.base.errors import HubError
from hub.cli import (
    batas_commands,
    check_commands,
    export_commands,
    import_commands,
    katalog_commands,
    kinerja_commands,
    list_commands,
    pengingat_commands,
    rilis_commands,
    serve_command,
    simpul_commands,
    simpul_key_commands,
    simpul_recovery_commands,
    token_commands,
    webhook_commands,
)
from hub.cli.environment import SCREEN, addresses, opened, run, settings_or_stop, stop, warn
from hub.cli.progress import progress

app = typer.Typer(
    help="Hub data Dinas Sosial: menghubungkan provinsi dengan kabupaten/kotanya.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)
check_app = typer.Typer(help="Pemeriksaan isi hub.", no_args_is_help=True)
import_commands.app.add_typer(katalog_commands.app)
import_commands.app.add_typer(kinerja_commands.app)
import_commands.app.add_typer(list_commands.app)
app.add_typer(import_commands.app, name="import")
app.add_typer(token_commands.app, name="token")
app.add_typer(check_app, name="check")
app.add_typer(export_commands.app, name="export")
app.add_typer(rilis_commands.app, name="rilis")
app.add_typer(webhook_commands.app, name="webhook")
simpul_commands.app.add_typer(simpul_key_commands.app)
simpul_commands.app.add_typer(simpul_recovery_commands.app)
app.add_typer(simpul_commands.app, name="simpul")
app.command("pengingat", help="Pengingat terbaru bagi kabupaten/kota sebuah provinsi.")(pengingat_commands.newest)
rebuild_app = typer.Typer(help="Buat ulang yang diturunkan dari data.", no_args_is_help=True)
app.add_typer(rebuild_app, name="rebuild")
check_app.command("batas", help="Mutu batas: tumpang tindih, celah, di luar induk, tanpa batas, luas beda.")(
    batas_commands.check_batas
)
check_app.command("rantai", help="Buktikan bahwa rantai peristiwa antarhub utuh.")(check_commands.check_chains)
check_app.command("stok", help="Buktikan bahwa sisa stok setiap gudang sama dengan jumlah bukunya.")(
    check_commands.check_stock
)
check_app.command("kelengkapan", help="Buktikan bahwa kelengkapan sesuai dengan rekap yang ada.")(
    check_commands.check_completeness
)
rebuild_app.command("piramida", help="Gambar ulang seluruh peta batas untuk ubin.")(batas_commands.rebuild_pyramid)
rebuild_app.command("rilis", help="Putuskan lagi apa yang dilihat umum dari semua angka yang pernah disetujui.")(
    rilis_commands.rebuild
)


@app.command(help="Nyalakan hub: basis data, migrasi, katalog, lalu layanan di HUB_PORT.")
def serve(demo: Annotated[bool, typer.Option("--demo", help="Isi basis data kosong dengan contoh.")] = False) -> None:
    serve_command.serve(demo)


@app.command(help="Bawa basis data ke versi hub ini (atau ke revisi lain).")
def migrate(tujuan: Annotated[str, typer.Argument(help='"head", "base" atau nama revisi.')] = "head") -> None:
    settings = settings_or_stop()
    try:
        with progress("mengubah basis data"), addresses(settings) as address:
            revision = address.migrate(settings, tujuan)
            left_open = address.left_open()
    except HubError as error:
        stop(error)
    SCREEN.print(f"Basis data kini pada revisi {revision or '(kosong)'}.")
    if left_open:
        warn("Peringatan:", left_open)


@check_app.command("rollup", help="Buktikan bahwa angka gabungan sama dengan jumlah angka yang disetujui.")
def check_rollup(
    wilayah: Annotated[
        str, typer.Option(help="Kode provinsi, kabupaten/kota, kecamatan atau desa; tanpa ini: semua.")
    ] = "",
    periode: Annotated[
        str, typer.Option(help='Periode dan bagian-bagiannya, misalnya "2025" atau "2025-TW1"; tanpa ini: semua.')
    ] = "",
) -> None:
    from hub.angka.verify import verify_rollup
    from hub.base.kode import dotted, is_valid
    from hub.base.periode import Periode

    code = dotted(wilayah)
    if code and not is_valid(code):
        warn("Gagal:", f'"{wilayah}" bukan kode wilayah; contohnya 53, 53.14 atau 53.14.01.')
        raise typer.Exit(2)
    try:
        period = Periode.read(periode) if periode else None
    except ValueError as error:
        warn("Gagal:", str(error))
        raise typer.Exit(2) from None

    async def work() -> int:
        async with opened(settings_or_stop()) as db:
            with progress("memeriksa angka") as tell:
                checked, wrong = await verify_rollup(db, code, period, tell, at_once=4)
        for s in wrong[:50]:
            warn(
                "•",
                f"{s.elemen} {s.periode} {s.wilayah} {s.rincian}: tersimpan {s.stored}, seharusnya "
                f"{s.expected} ({s.cause})",
            )
        if len(wrong) > 50:
            SCREEN.print(f"… dan {len(wrong) - 50} lagi")
        SCREEN.print(f"{checked} angka diperiksa, {len(wrong)} salah.")
        return len(wrong)

    if run(work()):
        raise typer.Exit(1)


def main() -> None:
    app()
