"""The SQL of jobs beside procrastinate's own: what a worker that died left behind."""

from dataclasses import dataclass
from typing import LiteralString

from hub.db.database import Conn

# its statements name none; ours of public are not among them
TAKE_SCHEMA = "SELECT set_config('search_path', 'procrastinate', true)"
CLOCK: LiteralString = "SELECT clock_timestamp() AS now"

# No worker of a live hub has it: what worker_id says no longer exists, or has not been heard of for so long
_LOST = """status = 'doing' AND NOT EXISTS (SELECT FROM procrastinate.procrastinate_workers w
  WHERE w.id = j.worker_id AND w.last_heartbeat >= now() - make_interval(secs => %(silent)s))"""

_MAKE_WAY = f"""
DELETE FROM procrastinate.procrastinate_jobs j WHERE {_LOST} AND EXISTS (
  SELECT FROM procrastinate.procrastinate_jobs n WHERE n.queueing_lock = j.queueing_lock AND n.status = 'todo')"""

_TAKE_UP = f"""
UPDATE procrastinate.procrastinate_jobs j SET attempts = attempts + 1, scheduled_at = NULL, worker_id = NULL,
  status = CASE WHEN attempts + 1 < %(most)s THEN 'todo' ELSE 'failed' END::procrastinate.procrastinate_job_status
WHERE {_LOST} RETURNING id, args::text, status = 'todo'"""


@dataclass(frozen=True, slots=True)
class LostJob:
    """A job whose worker is gone. `again`: it waits for another one; else it was tried too often."""

    id: int
    args: str
    again: bool


async def take_up_lost(conn: Conn, silent: float, most: int) -> list[LostJob]:
    """Let jobs wait anew whose worker has been silent for so many seconds; those that were begun `most` times stay failed. Where
    a newer one of its kind waits already, the lost one goes. Safe beside others who do the same: each row once.

    Raises psycopg.errors.UniqueViolation when a newer one came in between; then nothing was done.
    """
    values = {"silent": silent, "most": most}
    await conn.execute(_MAKE_WAY, values)
    rows = await (await conn.execute(_TAKE_UP, values)).fetchall()
    return [LostJob(*row) for row in rows]
