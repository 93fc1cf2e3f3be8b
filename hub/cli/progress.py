"""How far a long command has come: bars on a terminal; elsewhere a line every few seconds, so that nobody waits in the dark."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

from hub.cli.environment import SCREEN

EVERY = 5.0  # seconds between two lines

Tell = Callable[[str, int, int | None], None]  # what is done, how much of it, of how much; None: of who knows how much


@contextmanager
def stages(first: str) -> Iterator[Tell]:
    """For work in several stages, one after the other, beginning with `first`. May be told from any thread."""
    with _bars() if SCREEN.is_terminal else _lines() as tell:
        tell(first, 0, None)
        yield tell


@contextmanager
def progress(what: str) -> Iterator[Callable[[int, int], None]]:
    """For work in one stage; told how much is done, of how much."""
    with stages(what) as tell:
        yield lambda done, total: tell(what, done, total)


@contextmanager
def _bars() -> Iterator[Tell]:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=SCREEN) as bars:
        tasks: dict[str, TaskID] = {}

        def tell(what: str, done: int, total: int | None) -> None:
            if what not in tasks:
                for task in tasks.values():
                    bars.update(task, completed=bars.tasks[task].total)
                    bars.stop_task(task)
                tasks[what] = bars.add_task(what, total=total)
            bars.update(tasks[what], completed=done, total=total)

        yield tell


@contextmanager
def _lines() -> Iterator[Tell]:
    """A thread says it, whatever the others do meanwhile; also when nothing has moved. What is quick says nothing."""
    begun = time.monotonic()
    latest: tuple[str, int, int | None] = ("", 0, None)
    over = threading.Event()

    def tell(what: str, done: int, total: int | None) -> None:
        nonlocal latest
        latest = what, done, total

    def speak() -> None:
        while not over.wait(EVERY):
            what, done, total = latest
            much = f": {done} dari {total}" if total is not None and total > 1 else f": {done}" if done else ""
            SCREEN.print(f"• {what}{much} ({time.monotonic() - begun:.0f} detik)", soft_wrap=True)

    speaker = threading.Thread(target=speak, name="progress", daemon=True)
    speaker.start()
    try:
        yield tell
    finally:
        over.set()
        speaker.join()
