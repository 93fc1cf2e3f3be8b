"""hub check rantai, stok, kelengkapan: proofs that what is kept beside the facts is what they say."""

from collections.abc import Sequence
from typing import Annotated

import typer

from hub.cli.environment import SCREEN, opened, run, settings_or_stop, warn
from hub.cli.progress import progress

_MOST = 50  # lines about what is wrong

_Wilayah = Annotated[str, typer.Option(help="Kode provinsi atau kabupaten/kota; tanpa ini: semua.")]


def check_chains(
    kabupaten: Annotated[str, typer.Option(help="Kode kabupaten/kota, misalnya 53.14; tanpa ini: semua.")] = "",
) -> None:
    from hub.base.kode import Level
    from hub.berita.chain_verify import verify_chains

    code = _code(kabupaten, (Level.KABUPATEN,))

    async def work() -> tuple[int, list[str]]:
        async with opened(settings_or_stop()) as db:
            with progress("memeriksa rantai") as tell:
                checked, broken = await verify_chains(db, code, tell)
        return checked, [
            f"{b.kode_kab} ({'yang diterima' if b.received else 'yang ditulis'}): peristiwa {b.number} {b.what}"
            for b in broken
        ]

    _say(*run(work()), "peristiwa")


def check_stock(wilayah: _Wilayah = "") -> None:
    from hub.base.kode import Level
    from hub.gudang.verify import verify_stock

    code = _code(wilayah, (Level.PROVINSI, Level.KABUPATEN))

    async def work() -> tuple[int, list[str]]:
        async with opened(settings_or_stop()) as db:
            checked, wrong = await verify_stock(db, code)
        return checked, [
            f"gudang {w.gudang}, {f'{w.barang} {w.sumber_dana} {w.lot}'.strip() or 'nomor baris terakhir'}: tersimpan {w.stored}, "
            f"menurut buku {w.expected}"
            for w in wrong
        ]

    _say(*run(work()), "sisa stok")


def check_completeness(wilayah: _Wilayah = "") -> None:
    from hub.angka.verify_completeness import verify_completeness
    from hub.base.kode import Level

    code = _code(wilayah, (Level.PROVINSI, Level.KABUPATEN))

    async def work() -> tuple[int, list[str]]:
        async with opened(settings_or_stop()) as db:
            checked, wrong = await verify_completeness(db, code)
        return checked, [
            f"{w.kode_kab} {w.formulir} {w.periode}: tersimpan {_told(w.stored)}, seharusnya {_told(w.expected)}"
            for w in wrong
        ]

    _say(*run(work()), "baris kelengkapan")


def _told(counts: list[int] | None) -> str:
    if counts is None:
        return "tidak ada"
    names = [n for n, c in zip(("diterima", "disetujui", "tepat waktu"), counts, strict=True) if c]
    return ", ".join(names) or "belum diterima"


def _code(text: str, levels: Sequence[object]) -> str:
    from hub.base.kode import dotted, is_valid, level_of

    code = dotted(text)
    if code and (not is_valid(code) or level_of(code) not in levels):
        warn(
            "Gagal:",
            f'"{text}" bukan kode yang dapat diperiksa; contohnya {"53 atau 53.14" if len(levels) > 1 else "53.14"}.',
        )
        raise typer.Exit(2)
    return code


def _say(checked: int, wrong: Sequence[str], what: str) -> None:
    for sentence in wrong[:_MOST]:
        warn("•", sentence)
    if len(wrong) > _MOST:
        SCREEN.print(f"… dan {len(wrong) - _MOST} lagi")
    SCREEN.print(f"{checked} {what} diperiksa, {len(wrong)} salah.")
    if wrong:
        raise typer.Exit(1)
