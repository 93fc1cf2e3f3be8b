"""hub export: what other programs take from the hub as files."""

from pathlib import Path
from typing import Annotated

import typer

from hub.base.errors import MasukanTidakSahError
from hub.cli.environment import LAYAR, opened, run, settings_or_stop
from hub.cli.progress import stages

app = typer.Typer(help="Keluaran untuk program lain.", no_args_is_help=True)


@app.command("schema", help="Skema GraphQL sebagai teks (SDL).")
def export_schema(
    berkas: Annotated[Path | None, typer.Argument(help="Berkas tujuan; tanpa ini ditulis ke layar.")] = None,
) -> None:
    from schema.build import sdl

    if berkas is None:
        typer.echo(sdl(), nl=False)
    else:
        berkas.write_text(sdl(), encoding="utf-8")
        LAYAR.print(f"Skema ditulis ke {berkas}.")


@app.command("pmtiles", help="Satu lapisan peta sebagai satu berkas PMTiles, seperti yang dilihat umum.")
def export_pmtiles(
    lapisan: Annotated[str, typer.Argument(help="wilayah, sumber-daya, angka atau lapisan lain di /ubin.")],
    berkas: Annotated[Path, typer.Argument(help="Berkas tujuan, seperti desa.pmtiles.")],
    zoom: Annotated[str, typer.Option(help="Zoom pertama dan terakhir, seperti 0-12.")] = "0-12",
    isi: Annotated[
        list[str] | None, typer.Option(help="Parameter lapisan, seperti tingkat=DESA; boleh berulang.")
    ] = None,
) -> None:
    from hub.berita.service import Berita
    from hub.cakupan.service import CakupanService
    from hub.katalog.cache import KatalogCache
    from hub.peta.layer_parameters import Parameter
    from hub.peta.layer_requests import with_coverage
    from hub.peta.layers import Konteks, layer_named
    from hub.peta.pmtiles import LaporanPmtiles, zoom_range
    from hub.peta.pmtiles import export_pmtiles as tulis
    from hub.peta.versions import PetaVersi

    async def kerja() -> LaporanPmtiles:
        settings = settings_or_stop()
        tujuan, rentang = layer_named(lapisan), zoom_range(zoom)
        async with opened(settings) as db:
            peta = PetaVersi(db, lambda: True)
            katalog = KatalogCache(db)
            konteks = Konteks(await katalog.get(), await peta.get(), db.today())
            parameter = Parameter(_pasangan(i) for i in isi or ())
            minta = tujuan.baca(parameter, konteks)
            parameter.habis()
            minta = await with_coverage(minta, CakupanService(db, Berita(db), katalog))
            with stages(f"menulis {berkas.name}") as tell:
                return await tulis(
                    db, peta, tujuan, minta, rentang, berkas, lambda z, n: tell(f"zoom {z}, ubin", n, None)
                )

    laporan = run(kerja())
    if laporan.dari > zoom_range(zoom)[0]:
        LAYAR.print(f"Lapisan ini baru digambar dari zoom {laporan.dari}; berkasnya mulai di sana.")
    LAYAR.print(f"{laporan.ubin} ubin ditulis ke {berkas} ({laporan.besar / 1e6:.1f} MB).")


def _pasangan(teks: str) -> tuple[str, str]:
    nama, sama, nilai = teks.partition("=")
    if not sama:
        raise MasukanTidakSahError(f'--isi "{teks}" harus nama=nilai, seperti tingkat=DESA.')
    return nama, nilai
