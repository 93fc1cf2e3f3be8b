"""What is kept is bounded; what many ask for is made once."""

import asyncio

import pytest

from hub.peta.tile_cache import ByteCache, Kept, SingleFlight


def test_what_was_not_asked_for_longest_goes_first() -> None:
    cache = ByteCache(10_000)
    for n in range(4):
        cache.put(n, Kept(b"x" * 1_800, None))
    assert cache.get(0) is not None
    cache.put(4, Kept(b"x" * 1_800, None))
    assert [n for n in range(5) if cache.get(n) is not None] == [0, 2, 3, 4]
    assert cache.size <= 10_000


def test_memory_is_bounded_by_records_too() -> None:
    cache = ByteCache(100_000)
    for n in range(10_000):
        cache.put(n, Kept(b"", None))
    assert cache.size <= 100_000
    assert 200 < len(cache) < 300


def test_a_giant_is_not_kept_and_a_new_one_takes_the_old_one_s_place() -> None:
    cache = ByteCache(10_000)
    cache.put("a", Kept(b"x" * 9_000, None))
    assert cache.get("a") is None
    for _ in range(100):
        cache.put("b", Kept(b"y" * 1_000, "br"))
    assert (len(cache), cache.size < 2_000) == (1, True)
    assert cache.get("b") == Kept(b"y" * 1_000, "br")


def test_nothing_is_kept_where_there_is_no_room() -> None:
    cache = ByteCache(0)
    cache.put("a", Kept(b"", None))
    assert cache.get("a") is None


def test_one_makes_it_for_all() -> None:
    async def work() -> None:
        flight, made = SingleFlight(), 0

        async def make() -> int:
            nonlocal made
            made += 1
            await asyncio.sleep(0.02)
            return made

        assert await asyncio.gather(*(flight.run("a", make) for _ in range(50))) == [1] * 50
        assert await flight.run("a", make) == 2  # what has landed is not asked again

    asyncio.run(work())


def test_all_get_the_failure_and_the_next_tries_again() -> None:
    async def work() -> None:
        flight, failing = SingleFlight(), True

        async def make() -> str:
            await asyncio.sleep(0.01)
            if failing:
                raise ValueError("gagal")
            return "jadi"

        results = await asyncio.gather(*(flight.run("a", make) for _ in range(3)), return_exceptions=True)
        assert [type(h) for h in results] == [ValueError] * 3
        failing = False
        assert await flight.run("a", make) == "jadi"

    asyncio.run(work())


def test_who_gives_up_takes_nothing_from_the_others() -> None:
    async def work() -> None:
        flight = SingleFlight()

        async def make() -> str:
            await asyncio.sleep(0.05)
            return "jadi"

        first = asyncio.create_task(flight.run("a", make))
        await asyncio.sleep(0.01)
        second = asyncio.create_task(flight.run("a", make))
        first.cancel()
        with pytest.raises(asyncio.CancelledError):
            await first
        assert await second == "jadi"

    asyncio.run(work())
