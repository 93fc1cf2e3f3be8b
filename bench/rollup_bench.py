"""scripts/bench rollup: how long `hub check rollup` takes for a province of 35 kabupaten and 8.563 desa, whose rekap were approved as
offices' are."""

import argparse
import asyncio
import time
from pathlib import Path

import psycopg

from bench import database, rollup_data
from bench.report import SCREEN, Work, conclude
from hub.angka.verify import verify_rollup
from hub.db.database import Database


def main() -> int:
    options = argparse.ArgumentParser(prog="scripts/bench rollup", description=__doc__)
    options.add_argument("--json", type=Path, metavar="FILE", help="write the works with their bars as JSON")
    options.add_argument("--rounds", type=int, default=3, help="rounds (default 3); the quickest counts")
    chosen = options.parse_args()
    with database.cluster() as cluster:
        url = database.ensure_alone(cluster, "rollup", rollup_data.SIZE, rollup_data)
        seconds, figures = asyncio.run(measure(url, chosen.rounds))
    SCREEN.print(f"{figures:,} figures")
    work = Work("check rollup of one province", min(seconds), "s", 20, most=True)
    return conclude([work.as_json()], chosen.json)


async def measure(url: str, rounds: int) -> tuple[list[float], int]:
    """Seconds of each round, and how many figures were looked at. Raises AssertionError where the check finds any wrong."""
    db = Database(url, 4)
    await db.open()
    seconds: list[float] = []
    try:
        for _ in range(rounds):
            start = time.perf_counter()
            checked, wrong = await verify_rollup(db, rollup_data.PROVINSI, at_once=4)
            seconds.append(time.perf_counter() - start)
            assert not wrong, wrong[:5]
    finally:
        await db.close()
    with psycopg.connect(url) as conn:
        assert conn.execute("SELECT count(*) FROM angka").fetchone() == (checked,)
    return seconds, checked


if __name__ == "__main__":
    raise SystemExit(main())
