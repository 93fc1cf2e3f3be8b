"""Rows by the ten thousand: making Python of them takes its time, and others are served meanwhile."""

import asyncio
from typing import TypeVar

from psycopg import AsyncCursor

T = TypeVar("T")
BATCH = 1_000  # rows: some milliseconds


async def all_rows(cursor: AsyncCursor[T]) -> list[T]:
    """What is left of a cursor's result."""
    rows: list[T] = []
    while some := await cursor.fetchmany(BATCH):
        rows += some
        await asyncio.sleep(0)
    return rows
