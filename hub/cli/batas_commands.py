"""hub check batas, hub rebuild piramida: what is wrong with boundaries, and the map drawn anew."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console
from rich.table import Column, Table

from hub.base.kode import dotted
from hub.cli.environment import SCREEN, opened, run, settings_or_stop, warn
from hub.cli.progress import progress

if TYPE_CHECKING:
    from geo.boundary_quality import Finding
    from hub.batas.quality import QualitySummary

_KINDS = {
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
    from hub.batas.area_files import read_areas
    from hub.batas.quality import OfficialAreas, examine_boundaries

    if provinsi is not None and len(kode := dotted(provinsi)) != 2:
        warn("Gagal:", f'"{provinsi}" bukan kode provinsi; tulis dua angka, misalnya 53.')
        raise typer.Exit(2)

    async def work() -> None:
        listed = read_areas(luas) if luas else None
        for sentence in listed.said if listed else ():
            warn("Luas resmi:", sentence)
        official = OfficialAreas(listed.areas, beda_persen / 100) if listed else None
        all_findings: list[Finding] = []
        async with opened(settings_or_stop()) as db:
            with _geojson(geojson) as write, progress("memeriksa batas") as advance:

                def accept(temuan: "Finding") -> None:
                    write(temuan)
                    if report is not None:
                        all_findings.append(temuan)

                result = await examine_boundaries(
                    db, kode if provinsi else None, limits=Limits(tumpang_m2, celah_m2, bagian), official=official,
                    accept=accept, advance=advance,
                )  # fmt: skip
        _show(result, per_provinsi=provinsi is None)
        if report is not None:
            report.write_text("\n".join(_line(t, result.names) for t in all_findings) + "\n", encoding="utf-8")
            SCREEN.print(f"Semua temuan: {report}", soft_wrap=True)
        if geojson is not None:
            SCREEN.print(f"GeoJSON: {geojson}", soft_wrap=True)

    run(work())


def rebuild_pyramid() -> None:
    from hub.batas.pyramid import rebuild

    async def work() -> None:
        async with opened(settings_or_stop()) as db:
            with progress("menggambar peta") as advance:
                result = await rebuild(db, everything=True, advance=advance)
        SCREEN.print(
            f"{result.built} kabupaten/kota digambar ulang ({result.merged} bersama tetangganya), {result.rows} bentuk. "
            f"Versi {result.version}.",
            soft_wrap=True,
        )

    run(work())


def _show(result: "QualitySummary", *, per_provinsi: bool) -> None:
    groups: dict[str, dict[str, list[float]]] = {}
    for (unit, kind), count in result.counts.items():
        counted = groups.setdefault(unit[:2] if per_provinsi else unit, {}).setdefault(kind, [0, 0.0])
        counted[0] += count
        counted[1] += result.m2[unit, kind]
    table = Table(Column("kode", no_wrap=True), "wilayah", *(Column(j, justify="right") for j in _KINDS.values()))
    for kode, by_kind in sorted(groups.items()):
        table.add_row(kode, result.names[kode], *(_cell(*by_kind.get(j, (0, 0.0))) for j in _KINDS))
    totals = {j: [sum(by_kind.get(j, [0, 0])[i] for by_kind in groups.values()) for i in (0, 1)] for j in _KINDS}
    table.add_section()
    table.add_row("", "jumlah", *(_cell(*totals[j]) for j in _KINDS))
    Console(width=None if SCREEN.is_terminal else 200).print(table)


def _cell(count: float, m2: float) -> str:
    if not count:
        return "–"
    return f"{count:.0f}" + (f" ({m2 / 1e6:.2f} km²)" if m2 else "")


def _line(t: "Finding", names: dict[str, str]) -> str:
    """One finding as a line for people."""
    others = ", ".join(f"{k} {names[k]}" if k in names else k for k in t.others)
    parts = [f"{_KINDS[t.kind]}: {t.kode} {names[t.kode]}"]
    if others:
        parts.append(f"dengan {others}" if t.kind in ("TUMPANG_TINDIH", "CELAH") else f"terletak di {others}")
    if t.m2 is not None:
        parts.append(f"{t.m2:.0f} m²")
    if t.share is not None:
        parts.append(f"{t.share * 100:.1f} %")
    return "; ".join(parts)


@contextmanager
def _geojson(file: Path | None) -> Iterator[Callable[["Finding"], None]]:
    """Writes findings as they come; a FeatureCollection, RFC 7946."""
    if file is None:
        yield lambda temuan: None
        return
    with file.open("w", encoding="utf-8") as out:
        out.write('{"type":"FeatureCollection","features":[')
        separator = "\n"

        def write(t: "Finding") -> None:
            nonlocal separator
            out.write(separator + json.dumps(_feature(t), ensure_ascii=False, separators=(",", ":")))
            separator = ",\n"

        yield write
        out.write("\n]}\n")


def _feature(t: "Finding") -> dict[str, Any]:
    import shapely

    shape = None if t.geom is None else json.loads(shapely.to_geojson(shapely.from_wkb(t.geom)))
    properties = {"jenis": t.kind, "kode": t.kode, "lain": list(t.others), "luas_m2": t.m2, "bagian": t.share}
    return {"type": "Feature", "geometry": shape, "properties": properties}
