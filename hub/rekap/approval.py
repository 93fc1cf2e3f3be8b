"""Putting an approved revision into force: its figures, what they add up to, every coarser period, completeness. Runs
inside the approving transaction, so an aggregate is right the moment approval returns."""

from collections.abc import Iterable, Sequence
from decimal import Decimal

from hub.angka import statements as store
from hub.angka.cells import SelBersih
from hub.angka.rollup import BarisAngka, rollup
from hub.angka.statements import BarisAngkaBaru
from hub.base import kode as kode_wilayah
from hub.base.id_publik import Kunci
from hub.base.kode import Tingkat
from hub.base.off_loop import off_loop
from hub.base.periode import Periode
from hub.base.temuan import Lokasi
from hub.db.database import Conn
from hub.katalog.katalog import Formulir, Katalog
from hub.rekap import statements as rekap_statements
from hub.rekap.checks import TotalBersih
from hub.rekap.statements import BarisNilai


async def from_stored(
    conn: Conn, kunci: Kunci, revisi: int, nilai: Sequence[BarisNilai], katalog: Katalog
) -> tuple[list[BarisAngka], list[TotalBersih]]:
    """What a stored revision adds up to, and the totals it states. Elements no longer in the catalogue are left out."""
    total = [TotalBersih(*t) for t in await rekap_statements.totals(conn, kunci, revisi)]
    return await off_loop(len(nilai), _jumlahkan, nilai, katalog), total


def _jumlahkan(nilai: Iterable[BarisNilai], katalog: Katalog) -> list[BarisAngka]:
    return rollup(
        SelBersih(
            b.kode_wilayah, katalog.elemen[b.elemen], tuple(sorted(b.rincian.items())), b.nilai, b.status, Lokasi()
        )
        for b in nilai
        if b.elemen in katalog.elemen
    )


async def put_into_force(
    conn: Conn,
    kunci: Kunci,
    formulir: Formulir,
    katalog: Katalog,
    angka: Sequence[BarisAngka],
    total: Sequence[TotalBersih],
) -> None:
    """Replace the figures of that reporter, form and period, and of every coarser period made of it."""
    elemen = sorted({e.kode for e in formulir.elemen} | {a.elemen.kode for a in angka})
    tertulis: list[tuple[str, str, str, dict[str, str], Decimal]] = [
        (t.elemen, t.wilayah, "", {}, t.tertulis) for t in total if t.elemen in katalog.elemen
    ]
    if kode_wilayah.tingkat(kunci.kode_kab) is Tingkat.PROVINSI:
        # a statement never becomes a figure; all of it stands beside the computed ones
        dinyatakan = {(t.elemen, ()) for t in total}
        tertulis += [
            (a.elemen.kode, a.wilayah, a.dimensi, dict(a.rincian), a.angka.nilai)
            for a in angka
            if a.angka.nilai is not None and (a.elemen.kode, a.rincian) not in dinyatakan
        ]
        await store.replace_stated(conn, kunci, elemen, tertulis)
        return
    await store.replace_stated(conn, kunci, elemen, tertulis)
    await store.replace_figures(conn, kunci, elemen, await off_loop(len(angka), _baris, angka))
    leluhur = Periode.baca(kunci.periode).leluhur
    sendiri = await store.approved_below(conn, kunci, [str(p) for p in leluhur])
    for p in leluhur:
        if str(p) in sendiri:
            break  # that period has a rekap of its own; it and everything above it is made of that one
        naik = Kunci(kunci.kode_kab, kunci.formulir, str(p))
        await store.fold_periods(conn, naik, elemen, [str(b) for b in p.bagian])


async def recount(conn: Conn, kunci: Kunci) -> None:
    """Completeness of the period and of every coarser one."""
    periode = Periode.baca(kunci.periode)
    for p in (periode, *periode.leluhur):
        await store.count_completeness(conn, Kunci(kunci.kode_kab, kunci.formulir, str(p)), [str(b) for b in p.bagian])


def _baris(angka: Iterable[BarisAngka]) -> list[BarisAngkaBaru]:
    return [
        BarisAngkaBaru(
            a.elemen.kode, int(kode_wilayah.tingkat(a.wilayah)), a.dimensi, a.wilayah, dict(a.rincian), a.angka.nilai,
            a.angka.status,
        )
        for a in angka
    ]  # fmt: skip
