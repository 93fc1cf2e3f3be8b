"""hub pengingat: who was reminded of what lately."""

from typing import Annotated

import typer

from hub.base.kode import dotted, is_valid
from hub.cli.environment import SCREEN, opened, run, settings_or_stop, to_stdout, warn


def newest(
    provinsi: Annotated[str, typer.Argument(metavar="PROVINSI", help="Kode provinsi, misalnya 53.")],
    most: Annotated[int, typer.Option("--banyak", min=1, max=10_000, help="Paling banyak berapa baris.")] = 50,
) -> None:
    from rich.table import Table

    from hub.rekap.reminder_statements import newest

    kode = dotted(provinsi)
    if len(kode) != 2 or not is_valid(kode):
        warn("Gagal:", f'"{provinsi}" bukan kode provinsi; tulis dua angka, misalnya 53.')
        raise typer.Exit(2)

    async def work() -> None:
        async with opened(settings_or_stop()) as db:
            async with db.as_owner() as conn:
                found = await newest(conn, kode, most)
            table = Table("pada", "kabupaten/kota", "formulir", "periode", "tenggat", "keadaan", "saluran", "oleh")
            for r in found:
                when = f"{r.at.astimezone(db.zone):%Y-%m-%d %H:%M}"
                state = r.status or "belum masuk"
                table.add_row(when, r.kode_kab, r.formulir, r.periode, str(r.due), state, r.channel, r.by or "hub")
        if found:
            to_stdout(table)
        else:
            SCREEN.print(f"Belum ada pengingat di {kode}.")

    run(work())
