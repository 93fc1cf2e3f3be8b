"""Work for the processor beside the event loop. A lane does one thing at a time: however many ask, only so many threads
as there are lanes compete with the loop for the interpreter."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")


class Lane:
    """One thread, made when it is first needed. `name`: of the thread."""

    def __init__(self, name: str) -> None:
        self._thread = ThreadPoolExecutor(1, name)

    async def run(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """What `work` gives, or raises. Who gives up waiting does not stop what has begun."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._thread, lambda: work(*args, **kwargs))


LEARNING = Lane("dokumen")
"""Reading, checking and compiling documents that were not met before: anybody's."""

BULK = Lane("muatan")
"""Reading large inputs: those who send a token, for the public may send little."""
