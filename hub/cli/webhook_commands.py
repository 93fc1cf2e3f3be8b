"""hub webhook: what another program (HUB_WEBHOOK) was not told yet, telling it again, and a trial."""

from datetime import datetime
from typing import TYPE_CHECKING

import typer

from hub.base.errors import SetupError
from hub.cli.environment import SCREEN, opened, run, settings_or_stop, stop, to_stdout

if TYPE_CHECKING:
    from hub.db.database import Database

app = typer.Typer(help="Webhook: kabar bagi program lain (HUB_WEBHOOK).", no_args_is_help=True)


@app.command("status", help="Kabar yang belum terkirim: yang gagal, mengapa, sejak kapan, dan apa yang membebaskannya.")
def status() -> None:
    from rich.table import Column, Table

    from hub.pekerjaan.webhook import messages

    async def work() -> None:
        async with opened(settings_or_stop()) as db:
            found = await messages(db)
            table = Table(
                "kabar", "tentang", "gagal sejak", Column("percobaan", justify="right"), "sebab", "berikutnya"
            )
            for m in found.untold:
                next_one = "tidak dicoba lagi" if m.given_up else _when(m.again, db) if m.again else "sedang dikirim"
                table.add_row(m.id, f"{m.kind} {m.key.id}", _when(m.since, db), str(m.tries), m.why, next_one)
        if found.untold:
            to_stdout(table)
        state = (
            "menyala" if found.active else "mati: peristiwa baru tidak dikabarkan (setel HUB_WEBHOOK, lalu hub serve)"
        )
        SCREEN.print(
            f"Webhook {state}. {found.waiting} kabar menunggu, {found.given_up} tidak dicoba lagi.", soft_wrap=True
        )
        if found.given_up:
            SCREEN.print(
                "Perbaiki sebabnya, lalu: hub webhook ulangi. Yang tidak diperlukan lagi: hub webhook lupakan."
            )

    run(work())


@app.command("ulangi", help="Coba lagi sekarang semua kabar yang gagal; nomornya tetap sama.")
def again() -> None:
    from hub.pekerjaan.webhook import try_again

    async def work() -> None:
        async with opened(settings_or_stop()) as db:
            count = await try_again(db)
        SCREEN.print(f"{count} kabar dicoba lagi oleh hub yang menyala." if count else "Tidak ada kabar yang gagal.")

    run(work())


@app.command("lupakan", help="Buang kabar yang tidak dicoba lagi; penerimanya tidak akan mendapatnya.")
def forget() -> None:
    from hub.pekerjaan.webhook import drop_given_up

    async def work() -> None:
        async with opened(settings_or_stop()) as db:
            count = await drop_given_up(db)
        SCREEN.print(f"{count} kabar dibuang." if count else "Tidak ada kabar yang tidak dicoba lagi.")

    run(work())


@app.command("uji", help="Kirim satu kabar percobaan ke HUB_WEBHOOK dan katakan apa jawabnya.")
def trial() -> None:
    from hub.app import webhook_of
    from hub.pekerjaan.webhook import send_trial

    settings = settings_or_stop()
    webhook = webhook_of(settings)
    if webhook is None:
        stop(SetupError("HUB_WEBHOOK belum disetel; setel alamat penerimanya, dan HUB_WEBHOOK_RAHASIA."))
    id_ = run(send_trial(webhook, datetime.now(settings.zone)))
    SCREEN.print(f"Kabar percobaan {id_} diterima.")


def _when(at: datetime | None, db: "Database") -> str:
    return "" if at is None else f"{at.astimezone(db.zone):%Y-%m-%d %H:%M}"
