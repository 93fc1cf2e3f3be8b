"""Withdrawing what was released: every version of it answers as closed from then on, and nothing of it is released again."""

from hub.base import kode as kode_wilayah
from hub.base.errors import InvalidInputError, UnknownNameError
from hub.base.periode import Periode
from hub.db.database import Conn, Database
from hub.rilis import withdrawal_statements as store
from hub.rilis.shown_rows import COUNTED_BY, RESULTS
from hub.rilis.totals import hold_with_coarser, settle_totals
from hub.rilis.withdrawal_statements import Office


async def withdraw(db: Database, kode: str, elemen: str, periode: str, reason: str) -> None:
    """Close an element of a province (all its kabupaten, and itself) or of a kabupaten (and the totals it is part of) for a period,
    in all versions, and what is made of it in coarser periods. What was shown is kept as known for later decisions.

    Raises InvalidInputError, UnknownNameError; ServiceNotReadyError when the database does not answer.
    """
    if not kode_wilayah.is_office(kode):
        raise InvalidInputError(f'"{kode}" bukan kode kabupaten/kota atau provinsi.')
    if not reason.strip():
        raise InvalidInputError("Alasan penarikan belum ditulis; ia disimpan bersama penarikan.")
    try:
        period = str(Periode.read(periode))
    except ValueError as error:
        raise InvalidInputError(str(error)) from None
    async with db.as_owner() as conn:
        if not await store.is_known(conn, kode):
            raise UnknownNameError(f"{kode} tidak ada dalam daftar wilayah.")
        rule = await store.rule_of(conn, elemen)
        if rule is None:
            raise UnknownNameError(f'Elemen "{elemen}" tidak dikenal.')
        if rule.sensitivity < 1:
            raise InvalidInputError(_open_to_all(elemen))
        provinsi = kode[:2]
        await store.hold_withdrawals(conn, provinsi)
        await hold_with_coarser(conn, provinsi, rule.formulir, period)
        if not await store.add(conn, kode, elemen, period, reason.strip()):
            raise InvalidInputError(f"{elemen} {period} dari {kode} sudah ditarik.")
        office = Office(provinsi, "" if kode == provinsi else kode)
        tells = [elemen, *(money for money, counted in COUNTED_BY.items() if counted == elemen)]
        await store.close(conn, office, tells, period)
        await store.close_results(conn, office, RESULTS, elemen, period)
        await _close_coarser(conn, office, tells, period)
        await settle_totals(conn, provinsi, rule.formulir, period)


def _open_to_all(elemen: str) -> str:
    if elemen in COUNTED_BY:
        return f"{elemen} tertutup bersama {COUNTED_BY[elemen]}, yang dihitungnya; tarik {COUNTED_BY[elemen]}."
    return f"{elemen} terbuka untuk umum dan tidak melalui rilis; perbaiki atau cabut rekapnya."


async def _close_coarser(conn: Conn, office: Office, elemen: list[str], periode: str) -> None:
    """Where a coarser period is made of the withdrawn one: flows always; of what is counted once, where that part counts."""
    for kode in elemen:
        rule = await store.rule_of(conn, kode)
        touched = await store.reporters(conn, office, kode, periode)
        part = periode
        for coarser in Periode.read(periode).ancestors:
            parts = [str(p) for p in coarser.parts]
            if rule is not None and not rule.adds_up:
                counted = await store.counted_parts(conn, sorted(touched), kode, parts)
                touched = {k for k in touched if counted.get(k) == part}
            part = str(coarser)
            touched -= await store.with_own(conn, sorted(touched), kode, part)
            await store.close_folded(conn, office, (kode, part), sorted(touched))
