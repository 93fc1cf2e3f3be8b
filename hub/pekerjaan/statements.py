"""The SQL of jobs beside procrastinate's own: what a worker that died left behind."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, LiteralString

from psycopg.types.json import Jsonb

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
  status = CASE WHEN attempts + 1 < coalesce((%(others)s::jsonb->>task_name)::int, %(most)s) THEN 'todo' ELSE 'failed'
    END::procrastinate.procrastinate_job_status
WHERE {_LOST} RETURNING id, task_name, args::text, status = 'todo'"""


@dataclass(frozen=True, slots=True)
class LostJob:
    """A job whose worker is gone. `again`: it waits for another one; else it was tried too often."""

    id: int
    task: str
    args: str
    again: bool


async def take_up_lost(conn: Conn, silent: float, most: int, others: Mapping[str, int]) -> list[LostJob]:
    """Let jobs wait anew whose worker has been silent for so many seconds; those that were begun `most` times (of some tasks, `others`)
    stay failed. Where a newer one of its kind waits already, the lost one goes. Safe beside others who do the same: each row once.

    Raises psycopg.errors.UniqueViolation when a newer one came in between; then nothing was done.
    """
    values = {"silent": silent, "most": most, "others": Jsonb(dict(others))}
    await conn.execute(_MAKE_WAY, values)
    rows = await (await conn.execute(_TAKE_UP, values)).fetchall()
    return [LostJob(*row) for row in rows]


# one job of a key at most counts: where a newer one waits, that which failed before is past
_STUCK = """
SELECT provinsi, formulir, periode, sejak, sebab, coalesce(attempts, 0), again, coalesce(status = 'failed', true) FROM (
  SELECT DISTINCT ON (provinsi, formulir, periode) coalesce(g.kode_kab, j.provinsi) AS provinsi, coalesce(g.formulir, j.formulir) AS formulir,
    coalesce(g.periode, j.periode) AS periode, j.attempts, j.status, CASE WHEN j.status = 'todo' THEN j.scheduled_at END AS again,
    g.sebab,
    coalesce(g.sejak, (SELECT min(e.at) FROM procrastinate.procrastinate_events e WHERE e.job_id = j.id), now()) AS sejak
  FROM rilis_gagal g FULL JOIN (
    SELECT id, attempts, status::text AS status, scheduled_at,
      args->>'provinsi' AS provinsi, args->>'formulir' AS formulir, args->>'periode' AS periode
    FROM procrastinate.procrastinate_jobs WHERE task_name = 'rilis_total' AND status IN ('todo', 'doing', 'failed')
  ) j ON j.provinsi = g.kode_kab AND j.formulir = g.formulir AND j.periode = g.periode
  WHERE g.kode_kab IS NOT NULL OR j.status = 'failed'
  ORDER BY 1, 2, 3, j.status = 'failed', j.status = 'doing'
) s WHERE provinsi = %(prov)s OR %(prov)s::text IS NULL ORDER BY sejak, provinsi, formulir, periode"""


async def stuck_jobs(conn: Conn, provinsi: str | None) -> list[tuple[Any, ...]]:
    """Rows as `Stuck` has them; without a reason where none was kept. `provinsi` None: of every one."""
    return await (await conn.execute(_STUCK, {"prov": provinsi})).fetchall()


async def put_failure(conn: Conn, key: tuple[str, str, str], why: str) -> None:
    await conn.execute(
        "INSERT INTO rilis_gagal (kode_kab, formulir, periode, sebab) VALUES (%s, %s, %s, %s) "
        "ON CONFLICT (kode_kab, formulir, periode) DO UPDATE SET sebab = excluded.sebab",
        (*key, why),
    )


async def drop_failure(conn: Conn, key: tuple[str, str, str]) -> None:
    """Forget that it failed, and the job that nobody tries again."""
    await conn.execute("DELETE FROM rilis_gagal WHERE kode_kab = %s AND formulir = %s AND periode = %s", key)
    await conn.execute(
        "DELETE FROM procrastinate.procrastinate_jobs WHERE queueing_lock = %s AND status = 'failed'",
        (":".join(("rilis_total", *key)),),
    )


async def leave_carrying(conn: Conn, queue: str, task: str, key: str) -> None:
    """A job of that key, where none waits already. `key`: of it one waits and one is under way at most."""
    await conn.execute(
        "INSERT INTO procrastinate.procrastinate_jobs (queue_name, task_name, lock, queueing_lock) VALUES (%s, %s, %s, %s) "
        "ON CONFLICT (queueing_lock) WHERE status = 'todo' DO NOTHING",
        (queue, task, key, key),
    )
