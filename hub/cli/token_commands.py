"""hub token: made, invited to, listed, exchanged, revoked. A token, or the link that fetches one, is shown once, alone on the last line
of the output."""

import sys
from datetime import date, datetime, timedelta
from typing import Annotated
from uuid import UUID
from zoneinfo import ZoneInfo

import typer

from hub.base.dates import read_date
from hub.base.settings import page_address
from hub.base.standing import Standing
from hub.cli.environment import SCREEN, opened, run, settings_or_stop, warn
from hub.cli.login_link import UNKNOWN_ADDRESS, login_link, qr_lines

app = typer.Typer(help="Token akses: dibuat, diundang, didaftar, diputar, dicabut.", no_args_is_help=True)

_Until = Annotated[
    str | None,
    typer.Option("--berlaku-sampai", metavar="TANGGAL", help="Hari terakhir token berlaku, seperti 31-12-2026."),
]
_Role = Annotated[str, typer.Option(help="KABUPATEN, PROVINSI atau ADMIN.")]
_Name = Annotated[str, typer.Option(help="Siapa yang memakainya.")]
_Wilayah = Annotated[str, typer.Option(help="Kode wilayahnya, seperti 53.14 atau 53.")]
_Id = Annotated[str, typer.Argument(metavar="ID", help="Id dari hub token list.")]


@app.command("create", help="Buat token. Token hanya ditampilkan sekali, di baris terakhir.")
def create(
    role: _Role,
    name: _Name,
    wilayah: _Wilayah = "",
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
    "undang",
    help="Buat tautan dan kode QR untuk masuk ke meja kerja: token diambil sekali oleh gawai penerimanya, tanpa pernah dilihat siapa pun. "
    "Tautannya di baris terakhir.",
)
def invite(
    role: _Role,
    name: _Name,
    wilayah: _Wilayah = "",
    until: _Until = None,
    days: Annotated[int, typer.Option("--hari", help="Berapa hari kodenya berlaku.")] = 3,
    address: Annotated[
        str | None,
        typer.Option(
            "--alamat",
            metavar="URL",
            help="Alamat hub ini bagi penerimanya, seperti https://hub.nttprov.go.id; tanpa ini: HUB_ALAMAT.",
        ),
    ] = None,
) -> None:
    from hub.akses.holder import Holder
    from hub.akses.invitation_service import Invitations, Invited

    last_day, holder = _day(until), Holder(role, wilayah, name)
    settings = settings_or_stop()
    page = settings.alamat if address is None else _address(address)

    async def work() -> tuple[Invited, ZoneInfo]:
        async with opened(settings) as db:
            invitations = Invitations(db, standing=lambda: Standing(settings.wilayah))
            return await invitations.invite(holder, last_day, days), db.zone

    invited, zone = run(work())
    validity = f" Tokennya berlaku sampai {last_day:%d-%m-%Y}." if last_day else ""
    SCREEN.print(
        f"Undangan {invited.id} untuk {invited.holder.name}: berlaku satu kali, untuk satu gawai, sampai "
        f"{invited.expires.astimezone(zone):%d-%m-%Y %H:%M}.{validity} Sampaikan tautan ini hanya kepada penerimanya.",
        soft_wrap=True,
    )
    if page is None:
        SCREEN.print(
            f"Ganti {UNKNOWN_ADDRESS} dengan alamat hub ini; dengan --alamat atau HUB_ALAMAT tautannya lengkap dan ada kode QR-nya.",
            soft_wrap=True,
        )
    link = login_link(page or UNKNOWN_ADDRESS, invited.code)
    if page is not None:
        typer.echo(qr_lines(link))
    typer.echo(link)


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


@app.command("list", help="Daftar token, tanpa isinya, dan undangan yang belum ditukar.")
def listing() -> None:
    from rich.console import Console
    from rich.table import Column, Table

    from hub.akses.invitation_service import Invitations, why_not_good
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
            for i in await Invitations(db).listed():
                why = why_not_good(i, datetime.now(db.zone))
                state = (
                    f"undangan {why}"
                    if why
                    else f"undangan sampai {i.kedaluwarsa_pada.astimezone(db.zone):%Y-%m-%d %H:%M}"
                )
                table.add_row(
                    str(i.id), i.nama, i.peran, i.wilayah, f"{i.dibuat_pada:%Y-%m-%d}", "belum ditukar", state
                )
            # into a pipe or a file the whole width is there
            Console(width=None if sys.stdout.isatty() else 200).print(table)

    run(work())


@app.command("revoke", help="Cabut token mulai saat ini, atau undangan yang belum ditukar.")
def revoke(id_: _Id) -> None:
    from hub.akses.invitation_service import Invitations
    from hub.akses.service import TokenService

    given = _uuid(id_)

    async def work() -> str | None:
        async with opened(settings_or_stop()) as db:
            if await TokenService(db).revoke(given):
                return "Token"
            return "Undangan" if await Invitations(db).withdraw(given) else None

    what = run(work())
    if what is None:
        warn("Gagal:", "tidak ada token dengan id itu yang masih berlaku, dan tidak ada undangan yang belum ditukar.")
        raise typer.Exit(1)
    SCREEN.print(f"{what} dicabut.")


def _state(expires: datetime | None, zone: ZoneInfo) -> str:
    """Until when a token that nobody revoked is good, in the office's days."""
    if expires is None:
        return "berlaku"
    last = (expires - timedelta(microseconds=1)).astimezone(zone)  # it ends with that day, not within it
    return f"{'berlaku sampai' if expires > datetime.now(zone) else 'kedaluwarsa sejak'} {last:%Y-%m-%d}"


def _address(text: str) -> str:
    try:
        return page_address(text)
    except ValueError as error:
        warn("Gagal:", f"--alamat: {error}.")
        raise typer.Exit(2) from None


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
