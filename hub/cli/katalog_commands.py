"""hub import katalog: the catalogue of an office, or the shipped one again."""

from pathlib import Path
from typing import Annotated

import typer

from hub.cli.environment import opened, run, settings_or_stop
from hub.cli.import_commands import show_report
from hub.cli.operator import at_the_province

app = typer.Typer()


@app.command("katalog", help="Katalog formulir dari folder TOML; tanpa folder: katalog bawaan.")
def import_katalog(
    folder: Annotated[Path | None, typer.Argument(help="Folder berisi F*.toml dan lainnya.")] = None,
) -> None:
    from hub.katalog.install import install_katalog
    from seeds.katalog_toml import FOLDER, read_katalog

    own = folder is not None and folder.resolve() != FOLDER.resolve()

    settings = at_the_province(settings_or_stop(), "memasang katalog")

    async def work() -> None:
        async with opened(settings) as db:
            result = await install_katalog(db, read_katalog(folder or FOLDER), of_office=own)
        summary = [f"{len(result.new)} bagian baru, {result.unchanged} tetap.", *result.new]
        if result.sensitivities:
            what = ", ".join(result.sensitivities)
            summary.append(f"Kepekaan berubah: {what}. Yang naik tertutup sampai hub yang menyala memutuskannya lagi.")
        if own:
            summary.append(
                "Katalog ini tetap dipakai, juga sesudah hub dimutakhirkan; kembali ke bawaan: hub import katalog."
            )
        show_report(summary, {"Telaah daftar kode": [f"{t}: {p}" for t, p in result.temuan]}, None)

    run(work())
