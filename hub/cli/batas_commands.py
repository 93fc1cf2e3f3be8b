"""hub check batas, hub rebuild piramida: what is wrong with boundaries, and the map drawn anew."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console
from rich.table import Column, Table

from hub.base.kode import rapikan
from hub.cli.environment import LAYAR, opened, peringatkan, run, settings_or_stop
from hub.cli.progress import progress

if TYPE_CHECKING:
    from geo.boundary_quality import Finding
    from hub.batas.mutu import RingkasanMutu

_JENIS = {
    "TUMPANG_TINDIH": "tumpang tindih", "CELAH": "celah", "DI_LUAR_INDUK": "di luar induk", "TANPA_BATAS": "tanpa batas",
    "LUAS_BEDA": "luas beda",
}  # fmt: skip


def check_batas(
    provinsi: Annotated[str | None, typer.Option(help="Hanya provinsi ini, misalnya 53; tanpa ini semua.")] = None,
    tumpang_m2: Annotated[float, typer.Option(help="Luas tumpang tindih terkecil yang dilaporkan, m².")] = 10_000.0,
    celah_m2: Annotated[float, typer.Option(help="Luas celah terkecil yang dilaporkan, m².")] = 10_000.0,
    bagian: Annotated[
        float, typer.Option(help="Bagian luas yang harus terletak di dalam wilayah induknya, 0-1.")
    ] = 0.5,
    luas: Annotated[Path | None, typer.Option(help="Tabel luas resmi (kode, luas_km2): CSV atau berkas batas.")] = None,
    beda_persen: Annotated[float, typer.Option(help="Selisih luas yang dilaporkan, persen dari luas resmi.")] = 10.0,
    report: Annotated[Path | None, typer.Option("--report", help="Tulis semua temuan ke berkas ini.")] = None,
    geojson: Annotated[Path | None, typer.Option(help="Tulis semua temuan sebagai GeoJSON ke berkas ini.")] = None,
) -> None:
    from geo.boundary_quality import Limits
    from hub.batas.luas_files import baca_luas
    from hub.batas.mutu import LuasResmi, examine_boundaries

    if provinsi is not None and len(kode := rapikan(provinsi)) != 2:
        peringatkan("Gagal:", f'"{provinsi}" bukan kode provinsi; tulis dua angka, misalnya 53.')
        raise typer.Exit(2)

    async def kerja() -> None:
        resmi = LuasResmi(baca_luas(luas), beda_persen / 100) if luas else None
        semua: list[Finding] = []
        async with opened(settings_or_stop()) as db:
            with _geojson(geojson) as tulis, progress("memeriksa batas") as maju:

                def terima(temuan: "Finding") -> None:
                    tulis(temuan)
                    if report is not None:
                        semua.append(temuan)

                hasil = await examine_boundaries(
                    db, kode if provinsi else None, ambang=Limits(tumpang_m2, celah_m2, bagian), luas=resmi,
                    terima=terima, maju=maju,
                )  # fmt: skip
        _tunjukkan(hasil, per_provinsi=provinsi is None)
        if report is not None:
            report.write_text("\n".join(_baris(t, hasil.nama) for t in semua) + "\n", encoding="utf-8")
            LAYAR.print(f"Semua temuan: {report}", soft_wrap=True)
        if geojson is not None:
            LAYAR.print(f"GeoJSON: {geojson}", soft_wrap=True)

    run(kerja())


def rebuild_piramida() -> None:
    from hub.batas.pyramid import rebuild

    async def kerja() -> None:
        async with opened(settings_or_stop()) as db:
            with progress("menggambar peta") as maju:
                hasil = await rebuild(db, semua=True, maju=maju)
        LAYAR.print(
            f"{hasil.dibangun} kabupaten/kota digambar ulang ({hasil.digabung} bersama tetangganya), {hasil.baris} bentuk. "
            f"Versi {hasil.versi}.",
            soft_wrap=True,
        )

    run(kerja())


def _tunjukkan(hasil: "RingkasanMutu", *, per_provinsi: bool) -> None:
    kelompok: dict[str, dict[str, list[float]]] = {}
    for (unit, jenis), banyak in hasil.banyak.items():
        hitung = kelompok.setdefault(unit[:2] if per_provinsi else unit, {}).setdefault(jenis, [0, 0.0])
        hitung[0] += banyak
        hitung[1] += hasil.m2[unit, jenis]
    tabel = Table(Column("kode", no_wrap=True), "wilayah", *(Column(j, justify="right") for j in _JENIS.values()))
    for kode, isi in sorted(kelompok.items()):
        tabel.add_row(kode, hasil.nama[kode], *(_sel(*isi.get(j, (0, 0.0))) for j in _JENIS))
    jumlah = {j: [sum(isi.get(j, [0, 0])[i] for isi in kelompok.values()) for i in (0, 1)] for j in _JENIS}
    tabel.add_section()
    tabel.add_row("", "jumlah", *(_sel(*jumlah[j]) for j in _JENIS))
    Console(width=None if LAYAR.is_terminal else 200).print(tabel)


def _sel(banyak: float, m2: float) -> str:
    if not banyak:
        return "–"
    return f"{banyak:.0f}" + (f" ({m2 / 1e6:.2f} km²)" if m2 else "")


def _baris(t: "Finding", nama: dict[str, str]) -> str:
    """One finding as a line for people."""
    lain = ", ".join(f"{k} {nama[k]}" if k in nama else k for k in t.others)
    bagian = [f"{_JENIS[t.jenis]}: {t.kode} {nama[t.kode]}"]
    if lain:
        bagian.append(f"dengan {lain}" if t.jenis in ("TUMPANG_TINDIH", "CELAH") else f"terletak di {lain}")
    if t.m2 is not None:
        bagian.append(f"{t.m2:.0f} m²")
    if t.share is not None:
        bagian.append(f"{t.share * 100:.1f} %")
    return "; ".join(bagian)


@contextmanager
def _geojson(berkas: Path | None) -> Iterator[Callable[["Finding"], None]]:
    """Writes findings as they come; a FeatureCollection, RFC 7946."""
    if berkas is None:
        yield lambda temuan: None
        return
    with berkas.open("w", encoding="utf-8") as keluar:
        keluar.write('{"type":"FeatureCollection","features":[')
        pemisah = "\n"

        def tulis(t: "Finding") -> None:
            nonlocal pemisah
            keluar.write(pemisah + json.dumps(_fitur(t), ensure_ascii=False, separators=(",", ":")))
            pemisah = ",\n"

        yield tulis
        keluar.write("\n]}\n")


def _fitur(t: "Finding") -> dict[str, Any]:
    import shapely

    bentuk = None if t.geom is None else json.loads(shapely.to_geojson(shapely.from_wkb(t.geom)))
    sifat = {"jenis": t.jenis, "kode": t.kode, "lain": list(t.others), "luas_m2": t.m2, "bagian": t.share}
    return {"type": "Feature", "geometry": bentuk, "properties": sifat}
