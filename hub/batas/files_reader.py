"""A boundary file read in a process of its own: however long one reading lasts, the hub can tell how far it has come and end it;
and what a damaged file does to the library that reads it, it does there."""

import multiprocessing
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any

from hub.base.errors import InvalidInputError, TimeLimitError
from hub.batas import row_stream
from hub.batas.feature import BatasFeature
from hub.batas.files_apart import FileContent, read_apart
from hub.batas.row_stream import STANDSTILL

_LOOK = 1.0  # seconds between two looks at a process that says nothing
_ENDING = 10.0  # seconds in which a process that was killed is gone


class BatasReader:
    """Reads while the block lasts. Raises InvalidInputError when the file cannot be read."""

    def __init__(self, file: Path, layers: Sequence[str] = ()) -> None:
        self._file = file
        context = multiprocessing.get_context("spawn")
        self._pipe, child = context.Pipe(duplex=False)
        self._process = context.Process(target=read_apart, args=(child, file, list(layers)), daemon=True)
        self._process.start()
        child.close()
        self.pid = int(self._process.pid or 0)
        self._busy = 0.0

    def __enter__(self) -> "BatasReader":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.kill()
        self._process.join(_ENDING)
        if self._process.exitcode is not None:  # else a share that is gone holds it, against which nothing helps
            self._process.close()  # the pipe stays until nobody reads it any more; by now it has an end

    def content(self, patience: float = STANDSTILL) -> FileContent:
        """Waits until the file is open. Raises TimeLimitError when the process does nothing for so many seconds, or works at it
        for AT_WORK."""
        begun = moved = time.monotonic()
        while not isinstance(answer := self._next(), FileContent):
            now = time.monotonic()
            if self._works():
                moved = now
            if now - moved > patience:
                raise TimeLimitError(
                    f"{self._file} tidak dapat dibuka dalam {patience:g} detik; salin ke cakram mesin ini, lalu ulangi."
                )
            if now - begun > row_stream.AT_WORK:
                raise TimeLimitError(
                    f"{self._file} belum juga terbuka sesudah dibaca {row_stream.AT_WORK / 60:g} menit; berkasnya barangkali "
                    "rusak. Periksa, lalu ulangi."
                )
        return answer

    def features(self) -> Iterator[BatasFeature | None]:
        """Features in order of the file; None while the next are being read, and the process is at work: whoever takes them
        bounds how long."""
        while (answer := self._next()) != []:
            if answer is not None:
                yield from answer
            elif self._works():
                yield None

    def _next(self) -> Any:
        """What the process says next; None when for a while it says nothing."""
        try:
            answer = self._pipe.recv() if self._pipe.poll(_LOOK) else None
        except (EOFError, OSError):
            raise InvalidInputError(
                f"{self._file}: pembacaan terhenti; berkasnya rusak, atau terlalu besar bagi memori mesin ini."
            ) from None
        if isinstance(answer, Exception):
            raise answer
        return answer

    def _works(self) -> bool:
        """Whether it has used the processor since the last look."""
        try:
            fields = Path(f"/proc/{self.pid}/stat").read_text().rpartition(")")[2].split()
        except OSError:
            return False
        before, self._busy = self._busy, float(fields[11]) + float(fields[12])
        return self._busy > before
