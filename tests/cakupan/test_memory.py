"""What is kept while the data version stands."""

import asyncio

import pytest

from hub.cakupan.memory import Ingatan


class Pembuat:
    """Makes numbers, one after the other, and waits to be let go where it is told to."""

    def __init__(self) -> None:
        self.banyak = 0
        self.versi: str | None = "a"
        self.tahan = asyncio.Event()
        self.tahan.set()

    async def __call__(self) -> int:
        self.banyak += 1
        nomor = self.banyak
        await self.tahan.wait()
        return nomor


def test_it_is_made_once_per_version() -> None:
    async def uji() -> None:
        buat = Pembuat()
        ingat = Ingatan(lambda: buat.versi, 4)
        assert [await ingat.ambil("k", buat) for _ in range(3)] == [1, 1, 1]
        assert await ingat.ambil("lain", buat) == 2
        buat.versi = "b"
        assert [await ingat.ambil("k", buat) for _ in range(2)] == [3, 3]
        buat.versi = None  # nobody knows: nothing is promised
        assert [await ingat.ambil("k", buat) for _ in range(2)] == [4, 5]
        buat.versi = "b"
        assert await ingat.ambil("k", buat) == 3

    asyncio.run(uji())


def test_what_several_ask_for_at_once_is_made_once_and_one_may_leave() -> None:
    async def uji() -> None:
        buat = Pembuat()
        buat.tahan.clear()
        ingat = Ingatan(lambda: buat.versi, 4)
        tunggu = [asyncio.create_task(ingat.ambil("k", buat)) for _ in range(5)]
        await asyncio.sleep(0)
        tunggu[0].cancel()
        await asyncio.sleep(0)
        buat.tahan.set()
        assert await asyncio.gather(*tunggu[1:]) == [1, 1, 1, 1]
        assert tunggu[0].cancelled()

    asyncio.run(uji())


def test_what_began_before_a_change_is_not_given_to_those_who_ask_after_it() -> None:
    async def uji() -> None:
        buat = Pembuat()
        buat.tahan.clear()
        ingat = Ingatan(lambda: buat.versi, 4)
        lama = asyncio.create_task(ingat.ambil("k", buat))
        await asyncio.sleep(0)
        buat.versi = "b"
        baru = asyncio.create_task(ingat.ambil("k", buat))
        await asyncio.sleep(0)
        buat.tahan.set()
        assert (await lama, await baru, await ingat.ambil("k", buat)) == (1, 2, 2)

    asyncio.run(uji())


def test_a_failure_is_not_kept_and_the_oldest_is_forgotten() -> None:
    async def gagal() -> int:
        raise ValueError("tidak jadi")

    async def uji() -> None:
        buat = Pembuat()
        ingat = Ingatan(lambda: buat.versi, 2)
        with pytest.raises(ValueError, match="tidak jadi"):
            await ingat.ambil("k", gagal)
        assert await ingat.ambil("k", buat) == 1
        assert [await ingat.ambil(k, buat) for k in ("a", "k", "b")] == [2, 1, 3]  # "a" has not been asked for longest
        assert [await ingat.ambil(k, buat) for k in ("k", "a")] == [1, 4]

    asyncio.run(uji())
