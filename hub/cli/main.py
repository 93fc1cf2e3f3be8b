"""The command line. Help and messages are for the operator of an office, in Indonesian."""

import sys
from typing import Annotated
from uuid import UUID

import typer

from hub.base.errors import HubError
from hub.cli import batas_commands, export_commands, import_commands, serve_command
from hub.cli.environment import LAYAR, addresses, berhenti, opened, peringatkan, run, settings_or_stop

app = typer.Typer(
    help="Hub data Dinas Sosial: menghubungkan provinsi dengan kabupaten/kotanya.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)
token_app = typer.Typer(help="Token akses: dibuat, didaftar, dicabut.", no_args_is_help=True)
check_app = typer.Typer(help="Pemeriksaan isi hub.", no_args_is_help=True)
app.add_typer(import_commands.app, name="import")
app.add_typer(token_app, name="token")
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
        with addresses(settings) as alamat:
            sesudah = alamat.migrate(settings, tujuan)
    except HubError as salah:
        berhenti(salah)
    LAYAR.print(f"Basis data kini pada revisi {sesudah or '(kosong)'}.")


@token_app.command("create", help="Buat token. Token hanya ditampilkan sekali, di baris terakhir.")
def token_create(
    role: Annotated[str, typer.Option(help="KABUPATEN, PROVINSI atau ADMIN.")],
    name: Annotated[str, typer.Option(help="Siapa yang memakainya.")],
    wilayah: Annotated[str, typer.Option(help="Kode wilayahnya, seperti 53.14 atau 53.")] = "",
) -> None:
    from hub.services.token_service import TokenService

    async def kerja() -> str:
        async with opened(settings_or_stop()) as db:
            id_, token = await TokenService(db).create(role, wilayah, name)
            LAYAR.print(f"Token {id_} dibuat untuk {name}.")
            return token

    typer.echo(run(kerja()))


@token_app.command("list", help="Daftar token, tanpa isinya.")
def token_list() -> None:
    from rich.console import Console
    from rich.table import Column, Table

    from hub.services.token_service import TokenService

    async def kerja() -> None:
        async with opened(settings_or_stop()) as db:
            tabel = Table(
                Column("id", no_wrap=True), "nama", "peran", "wilayah", "dibuat", "terakhir dipakai", "keadaan"
            )
            for t in await TokenService(db).listed():
                pakai = f"{t.terakhir_dipakai:%Y-%m-%d %H:%M}" if t.terakhir_dipakai else "belum pernah"
                keadaan = f"dicabut {t.dicabut_pada:%Y-%m-%d}" if t.dicabut_pada else "berlaku"
                tabel.add_row(str(t.id), t.nama, t.peran, t.wilayah, f"{t.dibuat_pada:%Y-%m-%d}", pakai, keadaan)
            # into a pipe or a file the whole width is there
            Console(width=None if sys.stdout.isatty() else 200).print(tabel)

    run(kerja())


@token_app.command("revoke", help="Cabut token mulai saat ini.")
def token_revoke(id_: Annotated[str, typer.Argument(metavar="ID", help="Id dari hub token list.")]) -> None:
    from hub.services.token_service import TokenService

    try:
        nomor = UUID(id_)
    except ValueError:
        peringatkan("Gagal:", f'"{id_}" bukan id token; lihat hub token list.')
        raise typer.Exit(2) from None

    async def kerja() -> bool:
        async with opened(settings_or_stop()) as db:
            return await TokenService(db).revoke(nomor)

    if not run(kerja()):
        peringatkan("Gagal:", "tidak ada token dengan id itu yang masih berlaku.")
        raise typer.Exit(1)
    LAYAR.print("Token dicabut.")


@check_app.command("rollup", help="Buktikan bahwa angka gabungan sama dengan jumlah angka yang disetujui.")
def check_rollup() -> None:
    from hub.services.rollup_verify import verify_rollup

    async def kerja() -> int:
        async with opened(settings_or_stop()) as db:
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
