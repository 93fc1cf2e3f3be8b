"""Setting how small a count a province hides."""

from hub.base.errors import InvalidInputError, UnknownNameError
from hub.db.database import Database
from hub.rilis import withdrawal_statements as store
from hub.rilis.primary import Thresholds

LEAST, MOST = 3, 100
"""As the table holds them; below three a count is told by any neighbour's."""


async def set_thresholds(db: Database, provinsi: str, thresholds: Thresholds) -> None:
    """From now on these hold for what is released; what is shown already stays shown.

    Raises InvalidInputError, UnknownNameError; ServiceNotReadyError when the database does not answer.
    """
    ks = thresholds.one, thresholds.two, thresholds.three
    for number, k in enumerate(ks, 1):
        if not LEAST <= k <= MOST:
            raise InvalidInputError(f"Ambang k{number} harus {LEAST} sampai {MOST}, bukan {k}.")
    if list(ks) != sorted(ks):
        raise InvalidInputError(
            f"Yang lebih peka tidak boleh berambang lebih kecil: k1 {ks[0]}, k2 {ks[1]}, k3 {ks[2]}; tulis k1 ≤ k2 ≤ k3."
        )
    async with db.as_owner() as conn:
        if not await store.is_known(conn, provinsi):
            raise UnknownNameError(f"{provinsi} tidak ada dalam daftar wilayah.")
        await store.add_thresholds(conn, provinsi, ks)
