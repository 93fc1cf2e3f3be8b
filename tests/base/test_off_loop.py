"""Work beside the event loop: how much at a time, who has to come again, and what it does not do meanwhile."""

import asyncio
import gc
import threading

import pytest

from hub.base.errors import PlaceLimitError, QueueFullError
from hub.base.off_loop import Desk, HungUpError, let_go, let_in, no_full_collection, off_loop
from hub.base.origin import Caller
from hub.base.places import Shares

SHARES = Shares(total=8, public=4, per_token=3, per_address=3)
NOBODY, STRANGER, OFFICE = Caller("a"), Caller("b"), Caller("a", "token")


def test_so_many_work_so_many_wait_and_the_next_one_has_to_come_again() -> None:
    async def crowd() -> tuple[list[int], str]:
        desk, go = Desk("try", threads=1, waiting=2), threading.Event()
        taken = [asyncio.create_task(desk.run(lambda n: (go.wait(30), n)[1], n)) for n in range(3)]
        await asyncio.sleep(0)
        with pytest.raises(QueueFullError) as full:
            await desk.run(int)
        go.set()
        done = await asyncio.gather(*taken)
        assert await desk.run(int) == 0  # there is room again
        return done, full.value.message

    done, message = asyncio.run(crowd())
    assert done == [0, 1, 2]
    assert "3 berkas lain" in message


class Crowd:
    """Pieces of work of several callers behind one that lasts until `go`. `done`: whose were done, in order."""

    def __init__(self) -> None:
        self.desk = Desk("try", threads=1, shares=SHARES)
        self.go = threading.Event()
        self.done: list[str] = []
        self.first = asyncio.create_task(self.desk.run(self.go.wait, 30))  # the hub's own

    def sends(self, name: str, caller: Caller, gone: "asyncio.Future[None] | None" = None) -> "asyncio.Task[None]":
        async def send() -> None:
            let_in(caller, {"hub.gone": gone})
            await self.desk.run(self.done.append, name)

        return asyncio.create_task(send())


def test_each_caller_has_a_share_and_officers_come_first() -> None:
    async def crowd() -> Crowd:
        all_ = Crowd()
        await asyncio.sleep(0)
        public = [all_.sends(f"a{n}", NOBODY) for n in range(4)] + [all_.sends(f"b{n}", STRANGER) for n in range(2)]
        office = [all_.sends(f"t{n}", OFFICE) for n in range(4)]
        await asyncio.sleep(0.05)
        assert [t.done() for t in [*public, *office]] == [False] * 3 + [True, False, True] + [False] * 3 + [True]
        for refused, words in ((public[3], "tanpa token"), (public[5], "tanpa token"), (office[3], "token ini")):
            with pytest.raises(PlaceLimitError, match=words):
                await refused
        all_.go.set()
        await asyncio.gather(*public[:3], public[4], *office[:3])
        await all_.sends("a9", NOBODY)  # there is room again
        assert all_.desk.count == 0
        return all_

    assert asyncio.run(crowd()).done == ["t0", "t1", "t2", "a0", "a1", "a2", "b0", "a9"]


def test_what_waits_for_a_client_that_hung_up_is_dropped() -> None:
    async def crowd() -> Crowd:
        all_ = Crowd()
        await asyncio.sleep(0)
        for n in range(100):
            gone = asyncio.get_running_loop().create_future()
            left = all_.sends(f"left{n}", NOBODY, gone)
            await asyncio.sleep(0)
            assert all_.desk.count == 2
            gone.set_result(None)
            with pytest.raises(HungUpError):
                await left
            assert all_.desk.count == 1
        cancelled = all_.sends("cancelled", NOBODY)
        await asyncio.sleep(0)
        cancelled.cancel()
        with pytest.raises(asyncio.CancelledError):
            await cancelled
        stays = all_.sends("stays", NOBODY)
        all_.go.set()
        await stays
        return all_

    assert asyncio.run(crowd()).done == ["stays"]


def test_what_has_begun_is_done_and_what_somebody_was_let_in_for_goes_on() -> None:
    async def crowd() -> list[str]:
        desk, go, done = Desk("try", threads=1, shares=SHARES), threading.Event(), list[str]()
        gone = asyncio.get_running_loop().create_future()
        let_in(NOBODY, {"hub.gone": gone})

        def begin() -> None:
            go.wait(30)
            done.append("begun")

        begun = asyncio.create_task(desk.run(begin))
        await asyncio.sleep(0.05)
        gone.set_result(None)
        more = [asyncio.create_task(desk.go_on(done.append, "more")) for _ in range(9)]
        await asyncio.sleep(0.05)
        go.set()
        await asyncio.gather(begun, *more)
        return done

    assert asyncio.run(crowd()) == ["begun"] + ["more"] * 9


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
