"""Background jobs where no worker runs: a test does them itself when it wants them done."""

from hub.db.database import Database
from hub.pekerjaan.service import JobWorker, ReleaseTotals, Work


async def run_jobs(db: Database, release_totals: ReleaseTotals) -> int:
    """Do every job that waits, once, and return how many were done. `db`: open, with the plain login. Raises ExceptionGroup of
    what the jobs raised: in a test a job that fails is no job to be tried later."""
    done, errors = 0, list[Exception]()

    async def watched(db: Database, provinsi: str, formulir: str, periode: str) -> None:
        nonlocal done
        try:
            await release_totals(db, provinsi, formulir, periode)
            done += 1
        except Exception as error:
            errors.append(error)
            raise

    await JobWorker(db, Work(watched)).run_waiting()
    if errors:
        raise ExceptionGroup("jobs failed", errors)
    return done
