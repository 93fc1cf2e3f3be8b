"""What is kept is bounded; what many ask for is made once."""

import asyncio

import pytest

from hub.peta.tile_cache import ByteCache, Kept, SingleFlight


def test_what_was_not_asked_for_longest_goes_first() -> None:
    simpan = ByteCache(10_000)
    for n in range(4):
        simpan.put(n, Kept(b"x" * 1_800, None))
    assert simpan.get(0) is not None
    simpan.put(4, Kept(b"x" * 1_800, None))
    assert [n for n in range(5) if simpan.get(n) is not None] == [0, 2, 3, 4]
    assert simpan.size <= 10_000


def test_memory_is_bounded_by_records_too() -> None:
    simpan = ByteCache(100_000)
    for n in range(10_000):
        simpan.put(n, Kept(b"", None))
    assert simpan.size <= 100_000
    assert 200 < len(simpan) < 300


def test_a_giant_is_not_kept_and_a_new_one_takes_the_old_one_s_place() -> None:
    simpan = ByteCache(10_000)
    simpan.put("a", Kept(b"x" * 9_000, None))
    assert simpan.get("a") is None
    for _ in range(100):
        simpan.put("b", Kept(b"y" * 1_000, "br"))
    assert (len(simpan), simpan.size < 2_000) == (1, True)
    assert simpan.get("b") == Kept(b"y" * 1_000, "br")


def test_nothing_is_kept_where_there_is_no_room() -> None:
    simpan = ByteCache(0)
    simpan.put("a", Kept(b"", None))
    assert simpan.get("a") is None


def test_one_makes_it_for_all() -> None:
    async def kerja() -> None:
        terbang, dibuat = SingleFlight(), 0

        async def buat() -> int:
            nonlocal dibuat
            dibuat += 1
            await asyncio.sleep(0.02)
            return dibuat

        assert await asyncio.gather(*(terbang.run("a", buat) for _ in range(50))) == [1] * 50
        assert await terbang.run("a", buat) == 2  # what has landed is not asked again

    asyncio.run(kerja())


def test_all_get_the_failure_and_the_next_tries_again() -> None:
    async def kerja() -> None:
        terbang, gagal = SingleFlight(), True

        async def buat() -> str:
            await asyncio.sleep(0.01)
            if gagal:
                raise ValueError("gagal")
            return "jadi"

        hasil = await asyncio.gather(*(terbang.run("a", buat) for _ in range(3)), return_exceptions=True)
        assert [type(h) for h in hasil] == [ValueError] * 3
        gagal = False
        assert await terbang.run("a", buat) == "jadi"

    asyncio.run(kerja())


def test_who_gives_up_takes_nothing_from_the_others() -> None:
    async def kerja() -> None:
        terbang = SingleFlight()

        async def buat() -> str:
            await asyncio.sleep(0.05)
            return "jadi"

        pertama = asyncio.create_task(terbang.run("a", buat))
        await asyncio.sleep(0.01)
        kedua = asyncio.create_task(terbang.run("a", buat))
        pertama.cancel()
        with pytest.raises(asyncio.CancelledError):
            await pertama
        assert await kedua == "jadi"

    asyncio.run(kerja())
