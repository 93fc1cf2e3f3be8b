"""Setting deadlines: of a form and period, for all of a province or one kabupaten/kota of it.

Everything set stays; the newest of the most specific region holds. The rekap that there are get it in the same transaction, with
whether they were in time and the completeness that is counted of that, so what is asked as known before stays as it was known.
"""

from hub.akses import izin
from hub.base.actor import Actor
from hub.base.temuan import Refused
from hub.db.database import Database
from hub.katalog.cache import KatalogCache
from hub.rekap import deadline_statements as store
from hub.rekap.approval import recount_all
from hub.rekap.deadline_checks import check
from hub.rekap.deadline_statements import DeadlineKey
from hub.rekap.draft import DeadlineDraft


class Deadlines:
    """Raises NotAuthorisedError; everything else that is wrong is in Refused."""

    def __init__(self, db: Database, katalog: KatalogCache) -> None:
        self._db = db
        self._katalog = katalog

    async def set(self, actor: Actor, draft: DeadlineDraft) -> DeadlineKey | Refused:
        """Set it, and answer which setting it is. The same once more in a row is the same setting."""
        izin.require(actor, izin.SET_DEADLINE, draft.wilayah)
        katalog = await self._katalog.get()
        office, reason = actor.wilayah, draft.alasan.strip()
        async with self._db.as_actor(actor) as conn:
            in_force = await store.in_force(conn, draft.wilayah, draft.periode.last_day)
            if temuan := check(draft, katalog, in_force, self._db.today()):
                return Refused(tuple(temuan))
            offices = await store.hold_offices(conn, draft.wilayah, draft.formulir)
            before = await store.newest(conn, draft)
            number, *said = before or (0,)
            key = DeadlineKey(draft.formulir, str(draft.periode), draft.wilayah, number + 1)
            if said == [draft.tanggal, reason, office]:
                return DeadlineKey(draft.formulir, str(draft.periode), draft.wilayah, number)
            await store.insert(conn, key, draft.tanggal, reason, office)
            await recount_all(
                conn, await store.carry_over(conn, key, draft.tanggal, offices), key.formulir, draft.periode
            )
            return key
