"""What is kept while the data version stands."""

import asyncio

import pytest

from hub.cakupan.memory import Memory


class Maker:
    """Makes numbers, one after the other, and waits to be let go where it is told to."""

    def __init__(self) -> None:
        self.count = 0
        self.version: str | None = "a"
        self.gate = asyncio.Event()
        self.gate.set()

    async def __call__(self) -> int:
        self.count += 1
        number = self.count
        await self.gate.wait()
        return number


def test_it_is_made_once_per_version() -> None:
    async def scenario() -> None:
        maker = Maker()
        kept = Memory(lambda: maker.version, 4)
        assert [await kept.get("k", maker) for _ in range(3)] == [1, 1, 1]
        assert await kept.get("lain", maker) == 2
        maker.version = "b"
        assert [await kept.get("k", maker) for _ in range(2)] == [3, 3]
        maker.version = None  # nobody knows: nothing is promised
        assert [await kept.get("k", maker) for _ in range(2)] == [4, 5]
        maker.version = "b"
        assert await kept.get("k", maker) == 3

    asyncio.run(scenario())


def test_what_several_ask_for_at_once_is_made_once_and_one_may_leave() -> None:
    async def scenario() -> None:
        maker = Maker()
        maker.gate.clear()
        kept = Memory(lambda: maker.version, 4)
        waiting = [asyncio.create_task(kept.get("k", maker)) for _ in range(5)]
        await asyncio.sleep(0)
        waiting[0].cancel()
        await asyncio.sleep(0)
        maker.gate.set()
        assert await asyncio.gather(*waiting[1:]) == [1, 1, 1, 1]
        assert waiting[0].cancelled()

    asyncio.run(scenario())


def test_what_began_before_a_change_is_not_given_to_those_who_ask_after_it() -> None:
    async def scenario() -> None:
        maker = Maker()
        maker.gate.clear()
        kept = Memory(lambda: maker.version, 4)
        old = asyncio.create_task(kept.get("k", maker))
        await asyncio.sleep(0)
        maker.version = "b"
        new = asyncio.create_task(kept.get("k", maker))
        await asyncio.sleep(0)
        maker.gate.set()
        assert (await old, await new, await kept.get("k", maker)) == (1, 2, 2)

    asyncio.run(scenario())


def test_a_failure_is_not_kept_and_the_oldest_is_forgotten() -> None:
    async def fails() -> int:
        raise ValueError("tidak jadi")

    async def scenario() -> None:
        maker = Maker()
        kept = Memory(lambda: maker.version, 2)
        with pytest.raises(ValueError, match="tidak jadi"):
            await kept.get("k", fails)
        assert await kept.get("k", maker) == 1
        assert [await kept.get(k, maker) for k in ("a", "k", "b")] == [2, 1, 3]  # "a" has not been asked for longest
        assert [await kept.get(k, maker) for k in ("k", "a")] == [1, 4]

    asyncio.run(scenario())
