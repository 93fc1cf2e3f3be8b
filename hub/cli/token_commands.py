"""hub token: made, listed, exchanged, revoked. A token is shown once, alone on the last line of the output."""

import sys
from datetime import date, datetime, timedelta
from typing import Annotated
from uuid import UUID
from zoneinfo import ZoneInfo

import typer

from hub.base.dates import read_date
from hub.base.standing import Standing
from hub.cli.environment import SCREEN, opened, run, settings_or_stop, warn

app = typer.Typer(help="Token akses: dibuat, didaftar, diputar, dicabut.", no_args_is_help=True)

_Until = Annotated[
    str | None,
    typer.Option("--berlaku-sampai", metavar="TANGGAL", help="Hari terakhir token berlaku, seperti 31-12-2026."),
]
_Id = Annotated[str, typer.Argument(metavar="ID", help="Id dari hub token list.")]


@app.command("create", help="Buat token. Token hanya ditampilkan sekali, di baris terakhir.")
def create(
    role: Annotated[str, typer.Option(help="KABUPATEN, PROVINSI atau ADMIN.")],
    name: Annotated[str, typer.Option(help="Siapa yang memakainya.")],
    wilayah: Annotated[str, typer.Option(help="Kode wilayahnya, seperti 53.14 atau 53.")] = "",
    until: _Until = None,
) -> None:
    from hub.akses.service import TokenService

    last_day = _day(until)

    async def work() -> str:
        settings = settings_or_stop()
        async with opened(settings) as db:
            service = TokenService(db, standing=lambda: Standing(settings.wilayah))
            id_, token = await service.create(role, wilayah, name, last_day)
            validity = f", berlaku sampai {last_day:%d-%m-%Y}" if last_day else ""
            SCREEN.print(f"Token {id_} dibuat untuk {name}{validity}.", soft_wrap=True)
            return token

    typer.echo(run(work()))


@app.command(
    "putar",
    help="Ganti token: pemilik, peran, wilayah dan hari terakhirnya tetap, yang lama berakhir saat ini juga. Token baru hanya "
    "ditampilkan sekali, di baris terakhir.",
)
def rotate(id_: _Id, until: _Until = None) -> None:
    from hub.akses.service import TokenService

    old, last_day = _uuid(id_), _day(until)

    async def work() -> str:
        async with opened(settings_or_stop()) as db:
            new, token = await TokenService(db).rotate(old, last_day)
            state = _state(new.kedaluwarsa_pada, db.zone)
            SCREEN.print(f"Token {new.id} menggantikan {old} untuk {new.nama}; {state}.", soft_wrap=True)
            return token

    typer.echo(run(work()))


@app.command("list", help="Daftar token, tanpa isinya.")
def listing() -> None:
    from rich.console import Console
    from rich.table import Column, Table

    from hub.akses.service import TokenService

    async def work() -> None:
        async with opened(settings_or_stop()) as db:
            table = Table(
                Column("id", no_wrap=True), "nama", "peran", "wilayah", "dibuat", "terakhir dipakai", "keadaan"
            )
            for t in await TokenService(db).listed():
                used = f"{t.terakhir_dipakai:%Y-%m-%d %H:%M}" if t.terakhir_dipakai else "belum pernah"
                state = f"dicabut {t.dicabut_pada:%Y-%m-%d}" if t.dicabut_pada else _state(t.kedaluwarsa_pada, db.zone)
                table.add_row(str(t.id), t.nama, t.peran, t.wilayah, f"{t.dibuat_pada:%Y-%m-%d}", used, state)
            # into a pipe or a file the whole width is there
            Console(width=None if sys.stdout.isatty() else 200).print(table)

    run(work())


@app.command("revoke", help="Cabut token mulai saat ini.")
def revoke(id_: _Id) -> None:
    from hub.akses.service import TokenService

    token_id = _uuid(id_)

    async def work() -> bool:
        async with opened(settings_or_stop()) as db:
            return await TokenService(db).revoke(token_id)

    if not run(work()):
        warn("Gagal:", "tidak ada token dengan id itu yang masih berlaku.")
        raise typer.Exit(1)
    SCREEN.print("Token dicabut.")


def _state(expires: datetime | None, zone: ZoneInfo) -> str:
    """Until when a token that nobody revoked is good, in the office's days."""
    if expires is None:
        return "berlaku"
    last = (expires - timedelta(microseconds=1)).astimezone(zone)  # it ends with that day, not within it
    return f"{'berlaku sampai' if expires > datetime.now(zone) else 'kedaluwarsa sejak'} {last:%Y-%m-%d}"


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        warn("Gagal:", f'"{text}" bukan id token; lihat hub token list.')
        raise typer.Exit(2) from None


def _day(text: str | None) -> date | None:
    if text is None:
        return None
    try:
        return read_date(text)
    except ValueError as error:
        warn("Gagal:", f"--berlaku-sampai: {error}.")
        raise typer.Exit(2) from None
