"""Rows by the ten thousand: making Python of them takes its time, and others are served meanwhile."""

import asyncio
from collections.abc import AsyncIterator
from typing import TypeVar

from psycopg import AsyncCursor

T = TypeVar("T")
BATCH = 1_000  # rows: some milliseconds


async def batches(cursor: AsyncCursor[T]) -> AsyncIterator[list[T]]:
    """What is left of a cursor's result, some rows at a time."""
    while some := await cursor.fetchmany(BATCH):
        yield some
        await asyncio.sleep(0)


async def all_rows(cursor: AsyncCursor[T]) -> list[T]:
    """What is left of a cursor's result."""
    rows: list[T] = []
    async for some in batches(cursor):
        rows += some
    return rows
