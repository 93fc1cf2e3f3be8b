"""hub export: what other programs take from the hub as files."""

from pathlib import Path
from typing import Annotated

import typer

from hub.base.errors import InvalidInputError
from hub.cli.environment import SCREEN, opened, run, settings_or_stop
from hub.cli.progress import stages

app = typer.Typer(help="Keluaran untuk program lain.", no_args_is_help=True)


@app.command("schema", help="Skema GraphQL sebagai teks (SDL).")
def export_schema(
    berkas: Annotated[Path | None, typer.Argument(help="Berkas tujuan; tanpa ini ditulis ke layar.")] = None,
    api: Annotated[
        bool, typer.Option("--api", help="Sebagaimana dibaca klien: tanpa perlengkapan federasi bagi perute.")
    ] = False,
) -> None:
    from schema.api_text import api_text
    from schema.build import sdl

    text = api_text(sdl()) if api else sdl()
    if berkas is None:
        typer.echo(text, nl=False)
    else:
        berkas.write_text(text, encoding="utf-8")
        SCREEN.print(f"Skema ditulis ke {berkas}.")


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
    from hub.peta.angka_tiles import WHY_CLOSED
    from hub.peta.layer_parameters import Parameter
    from hub.peta.layer_requests import with_coverage
    from hub.peta.layers import LayerContext, layer_named
    from hub.peta.pmtiles import Excerpt, LaporanPmtiles, zoom_range
    from hub.peta.pmtiles import export_pmtiles as write_pmtiles
    from hub.peta.versions import PetaVersion

    async def work() -> LaporanPmtiles:
        settings = settings_or_stop()
        layer, zooms = layer_named(lapisan), zoom_range(zoom)
        async with opened(settings) as db:
            peta = PetaVersion(db, lambda: True)
            katalog = KatalogCache(db)
            context = LayerContext(await katalog.get(), await peta.get(), db.today())
            parameter = Parameter(_pair(i) for i in isi or ())
            layer_request = layer.read(parameter, context)
            parameter.refuse_unread()
            layer_request = await with_coverage(layer_request, CakupanService(db, Berita(db), katalog))
            excerpt = Excerpt(layer, layer_request, zooms)
            with stages(f"menulis {berkas.name}") as tell:
                return await write_pmtiles(db, peta, excerpt, berkas, lambda z, n: tell(f"zoom {z}, ubin", n, None))

    laporan = run(work())
    if laporan.first_zoom > zoom_range(zoom)[0]:
        SCREEN.print(f"Lapisan ini baru digambar dari zoom {laporan.first_zoom}; berkasnya mulai di sana.")
    if laporan.hides:
        SCREEN.print(WHY_CLOSED, soft_wrap=True)
    SCREEN.print(f"{laporan.tiles} ubin ditulis ke {berkas} ({laporan.size / 1e6:.1f} MB).")


@app.command(
    "templat",
    help="Templat isian: formulir (F02) bagi satu kantor dan periode, atau daftar (sumber_daya, stok, wksbm, tagana).",
)
def export_template(
    nama: Annotated[str, typer.Argument(help="Kode formulir, atau sumber_daya, stok, wksbm, tagana.")],
    berkas: Annotated[
        Path | None, typer.Argument(help="Berkas tujuan; tanpa ini bernama seperti F02_53.14_2025.xlsx.")
    ] = None,
    pelapor: Annotated[str | None, typer.Option(help="Kode kabupaten/kota atau provinsi.")] = None,
    periode: Annotated[str | None, typer.Option(help="Periode formulirnya, seperti 2025-TW1.")] = None,
    jenis: Annotated[str | None, typer.Option(help="Jenis sumber daya: LKS, PANTI, …")] = None,
    pembanding: Annotated[
        bool, typer.Option("--pembanding", help="Sertakan angka periode sebelumnya di lembar lain.")
    ] = False,
) -> None:
    from hub.base.actor import PUBLIC, Actor, Role
    from hub.base.kode import level_of
    from hub.katalog.cache import KatalogCache
    from hub.rekap.template_service import ReadyTemplate, RekapTemplates, TemplateWish, read_office
    from hub.web.list_templates import NAMES, ListTemplates, ReadyList

    async def work() -> tuple[str, bytes]:
        async with opened(settings_or_stop()) as db:
            katalog = KatalogCache(db)
            ready: ReadyTemplate | ReadyList
            if nama.lower() in NAMES:
                given = {"pelapor": pelapor or "", "jenis": jenis or ""}
                ready = await ListTemplates(db, katalog).ready(nama.lower(), given)
            else:
                actor = PUBLIC
                if pembanding and pelapor:
                    kode = read_office(pelapor)
                    actor = Actor(Role[level_of(kode).name], kode, "hub export (pengelola)")
                wish = TemplateWish(nama, pelapor, periode, pembanding)
                ready = await RekapTemplates(db, katalog).ready(actor, wish, NAMES)
            return ready.file_name, ready.content()

    name, content = run(work())
    target = berkas or Path(name)
    target.write_bytes(content)
    SCREEN.print(f"Templat ditulis ke {target}.")


def _pair(text: str) -> tuple[str, str]:
    name, equals, nilai = text.partition("=")
    if not equals:
        raise InvalidInputError(f'--isi "{text}" harus nama=nilai, seperti tingkat=DESA.')
    return name, nilai
