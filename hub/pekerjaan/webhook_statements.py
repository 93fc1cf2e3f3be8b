"""The SQL of messages to another program: whether they are left at all, and those that are not told yet."""

from typing import Any

from hub.db.database import Conn


async def set_active(conn: Conn, active: bool) -> bool:
    """Whether events and reminders leave a message from now on. True where that was otherwise."""
    if not active:
        return (await conn.execute("UPDATE webhook SET aktif = false WHERE aktif")).rowcount == 1
    cursor = await conn.execute(
        "INSERT INTO webhook AS w (satu, aktif) VALUES (true, true) ON CONFLICT (satu) DO UPDATE SET aktif = true WHERE NOT w.aktif"
    )
    return cursor.rowcount == 1


async def put_reason(conn: Conn, job: int, why: str) -> None:
    """Keep in the job why it failed the last time, and since when."""
    await conn.execute(
        "UPDATE procrastinate.procrastinate_jobs SET args = args || jsonb_build_object('sebab', %s::text, "
        "'sejak', coalesce(args->'sejak', to_jsonb(now()))) WHERE id = %s",
        (why, job),
    )


async def untold(conn: Conn, most: int) -> list[tuple[Any, ...]]:
    """Messages that failed at least once, those given up first, then the oldest: (id, kind, office, form, period, since, why, attempts, next
    attempt, given up)."""
    cursor = await conn.execute(
        """
SELECT args->>'id', args->>'jenis', args->>'kode_kab', args->>'formulir', args->>'periode', (args->>'sejak')::timestamptz, args->>'sebab',
  attempts, CASE WHEN status = 'todo' THEN scheduled_at END, status = 'failed'
FROM procrastinate.procrastinate_jobs WHERE task_name = 'webhook' AND (status = 'failed' OR args ? 'sebab' AND status IN ('todo', 'doing'))
ORDER BY status = 'failed' DESC, id LIMIT %s
""",
        (most,),
    )
    return await cursor.fetchall()


async def counts(conn: Conn) -> tuple[bool, int, int]:
    """Whether messages are left; how many wait or are under way; how many were given up."""
    cursor = await conn.execute(
        "SELECT coalesce((SELECT aktif FROM webhook), false), count(*) FILTER (WHERE status IN ('todo', 'doing')), "
        "count(*) FILTER (WHERE status = 'failed') FROM procrastinate.procrastinate_jobs WHERE task_name = 'webhook'"
    )
    row = await cursor.fetchone()
    assert row is not None
    return row


async def again(conn: Conn) -> int:
    """Let everything wait anew, at once, that was given up or waits for its next attempt; how many those are. Each keeps its id."""
    cursor = await conn.execute(
        "UPDATE procrastinate.procrastinate_jobs SET status = 'todo', attempts = 0, scheduled_at = NULL, worker_id = NULL "
        "WHERE task_name = 'webhook' AND (status = 'failed' OR status = 'todo' AND scheduled_at > now())"
    )
    return cursor.rowcount


async def forget(conn: Conn) -> int:
    """Drop what was given up; how many messages those were."""
    cursor = await conn.execute(
        "DELETE FROM procrastinate.procrastinate_jobs WHERE task_name = 'webhook' AND status = 'failed'"
    )
    return cursor.rowcount
