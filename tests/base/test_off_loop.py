"""Work beside the event loop: how much at a time, who has to come again, and what it does not do meanwhile."""

import asyncio
import gc
import threading

import pytest

from hub.base.errors import AntreanPenuhError
from hub.base.off_loop import Desk, let_go, no_full_collection, off_loop


def test_so_many_work_so_many_wait_and_the_next_one_has_to_come_again() -> None:
    async def crowd() -> tuple[list[int], str]:
        desk, go = Desk("try", threads=1, waiting=2), threading.Event()
        taken = [asyncio.create_task(desk.run(lambda n: (go.wait(30), n)[1], n)) for n in range(3)]
        await asyncio.sleep(0)
        with pytest.raises(AntreanPenuhError) as full:
            await desk.run(int)
        go.set()
        done = await asyncio.gather(*taken)
        assert await desk.run(int) == 0  # there is room again
        return done, full.value.pesan

    done, pesan = asyncio.run(crowd())
    assert done == [0, 1, 2]
    assert "3 berkas lain" in pesan


def test_much_is_done_in_another_thread_and_little_at_once() -> None:
    async def where(size: int) -> str:
        return await off_loop(size, lambda: threading.current_thread().name)

    assert asyncio.run(where(1)) == threading.current_thread().name
    assert asyncio.run(where(10_000)).startswith("bulk")


def test_no_full_collection_until_the_last_one_is_done() -> None:
    before = gc.get_threshold()
    with no_full_collection():
        with no_full_collection():
            assert gc.get_threshold()[2] > 1_000 * before[2]
        assert gc.get_threshold()[2] > 1_000 * before[2]
    assert gc.get_threshold() == before


def test_what_is_let_go_is_gone() -> None:
    rows = [[n] for n in range(10_000)]
    asyncio.run(let_go(len(rows), rows))
    assert rows == []
