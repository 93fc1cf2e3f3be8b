"""Erasing what a chain knows of named data (UU 27/2022): a chain holds salted hashes of it, and without their salt nobody can try out what
they stand for. The chain itself stays as it is, and verifies."""

from collections.abc import Sequence
from dataclasses import dataclass

import structlog

from hub.base.errors import InvalidInputError
from hub.db.database import Database

_log = structlog.get_logger("hub.simpul")


@dataclass(frozen=True, slots=True)
class Erased:
    """`subjects`: whose salt is gone now; `unknown`: of which there was none; `held`: of which the register still holds what the hashes
    stood for: with its next change there is a new salt."""

    subjects: Sequence[str]
    unknown: Sequence[str]
    held: Sequence[str]


async def erase_salts(db: Database, kode_kab: str, ids: Sequence[str]) -> Erased:
    """`ids`: of social resources, as the API or the chain calls them. It is told in the log. Raises InvalidInputError."""
    subjects = [_subject(kode_kab, id_) for id_ in ids]
    async with db.as_owner() as conn:
        cursor = await conn.execute(
            "DELETE FROM rantai_garam WHERE kode_kab = %s AND subjek = ANY(%s) RETURNING subjek", (kode_kab, subjects)
        )
        gone = {str(subject) for (subject,) in await cursor.fetchall()}
        cursor = await conn.execute(
            "SELECT 'sumber_daya:' || kode_kab || ':' || id FROM sumber_daya WHERE kode_kab = %s "
            "AND 'sumber_daya:' || kode_kab || ':' || id = ANY(%s) AND (rahasia AND coalesce(alamat, sekretariat, '') <> '' "
            "OR ketua_setuju IS NOT TRUE AND coalesce(ketua, '') <> '')",
            (kode_kab, subjects),
        )
        held = {str(subject) for (subject,) in await cursor.fetchall()}
    for subject in sorted(gone):
        _log.warning("garam rantai dihapus", kabupaten=kode_kab, subjek=subject, dasar="UU 27/2022")
    return Erased(sorted(gone), sorted(set(subjects) - gone), sorted(held))


def _subject(kode_kab: str, id_: str) -> str:
    rest = id_.strip().removeprefix("sumber_daya:")
    if not rest.startswith(f"{kode_kab}:"):
        raise InvalidInputError(f'"{id_[:80]}" bukan id sumber daya {kode_kab}; contohnya {kode_kab}:019b….')
    return f"sumber_daya:{rest}"
