"""Work on what strangers send, done in a process of its own: with little memory, little time and none of our secrets. Whatever
happens to it, whoever asked lives and is told.

The child is a fresh interpreter (`python -m module`), never a fork: this process has threads. It reads the request from its
standard input and answers in frames on its standard output; its input stays open as long as whoever asked lives, so that no
child is left behind.
"""

import os
import signal
import struct
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO

_ROOT = Path(__file__).parents[2]
_FRAME = struct.Struct("!cQ")  # kind, bytes that follow
_REQUEST, _DATA, _END = b"R", b"D", b"E"
_LARGEST_FRAME = 16 * 2**20  # bytes
_OUT_OF_MEMORY = 86  # exit code
_alive: "set[subprocess.Popen[bytes]]" = set()
_PASSED_ON = ("LANG", "LC_ALL", "LD_LIBRARY_PATH", "PATH", "TZ")


@dataclass(frozen=True, slots=True)
class Limits:
    """`memory`, `answer`: bytes; `cpu`, `wall`: seconds."""

    memory: int
    cpu: int
    wall: float
    answer: int


class ChildDiedError(Exception):
    """The child gave no whole answer. `reason`: MEMORY, TIME, ANSWER (it was too long) or DIED."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def ask_child(module: str, request: bytes, limits: Limits) -> Iterator[bytes]:
    """The frames a child answers with. Blocks: not for the event loop. Leaving the iteration ends the child.

    Raises ChildDiedError, at any frame.
    """
    with _running(module, limits) as (child, overdue):
        try:
            assert child.stdin is not None
            assert child.stdout is not None
            child.stdin.write(_FRAME.pack(_REQUEST, len(request)))
            child.stdin.write(struct.pack("!QQ", limits.memory, limits.cpu))
            child.stdin.write(request)
            child.stdin.flush()
            answered = 0
            while (frame := _read_frame(child.stdout)) is not None:
                answered += len(frame)
                if answered > limits.answer:
                    raise ChildDiedError("ANSWER")
                yield frame
            return
        except (BrokenPipeError, EOFError):
            pass
        child.wait()
        raise ChildDiedError("TIME" if overdue.is_set() else _reason(child.returncode))


@contextmanager
def _running(module: str, limits: Limits) -> Iterator[tuple["subprocess.Popen[bytes]", threading.Event]]:
    """A child, and whether its time has run out. It is gone afterwards."""
    overdue = threading.Event()
    child = subprocess.Popen(
        [sys.executable, "-P", "-m", module],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=_environment(),
    )  # fmt: skip

    def end() -> None:
        overdue.set()
        child.kill()

    _alive.add(child)
    clock = threading.Timer(limits.wall, end)
    clock.daemon = True
    clock.start()
    try:
        yield child, overdue
    finally:
        clock.cancel()
        child.kill()
        for pipe in (child.stdin, child.stdout):
            if pipe is not None:
                with suppress(BrokenPipeError):
                    pipe.close()
        child.wait()
        _alive.discard(child)


def end_children() -> None:
    """End every child at once; whoever waits for one is told that it died."""
    for child in list(_alive):
        child.kill()


def _environment() -> dict[str, str]:
    """Enough to find our modules and libraries; no setting and no password."""
    path = os.pathsep.join([str(_ROOT), *filter(None, [os.environ.get("PYTHONPATH")])])
    return {**{k: os.environ[k] for k in _PASSED_ON if k in os.environ}, "PYTHONPATH": path}


def _read_frame(pipe: IO[bytes]) -> bytes | None:
    """None: the answer is whole. Raises EOFError where it is cut."""
    kind, length = _FRAME.unpack(_read_exactly(pipe, _FRAME.size))
    if kind == _END:
        return None
    if kind != _DATA or length > _LARGEST_FRAME:
        raise EOFError
    return _read_exactly(pipe, length)


def _read_exactly(pipe: IO[bytes], length: int) -> bytes:
    content = pipe.read(length)
    if len(content) < length:
        raise EOFError
    return content


def _reason(code: int) -> str:
    if code == -signal.SIGXCPU:
        return "TIME"
    # a native library that gets no memory aborts; the kernel that has none left kills
    return "MEMORY" if code in (_OUT_OF_MEMORY, -signal.SIGABRT, -signal.SIGKILL) else "DIED"


# ---------- in the child ----------


def serve_parent(work: Callable[[bytes], Iterator[bytes]]) -> None:
    """Answer the one request of the parent with what `work` makes of it, in frames of at most 16 MiB; then end."""
    source, sink = sys.stdin.buffer, sys.stdout.buffer
    try:
        _, length = _FRAME.unpack(_read_exactly(source, _FRAME.size))
        _limit(*struct.unpack("!QQ", _read_exactly(source, 16)))
        request = _read_exactly(source, length)
        threading.Thread(target=_end_with_parent, daemon=True).start()
        for frame in work(request):
            sink.write(_FRAME.pack(_DATA, len(frame)))
            sink.write(frame)
            sink.flush()
        sink.write(_FRAME.pack(_END, 0))
        sink.flush()
    except MemoryError:
        os._exit(_OUT_OF_MEMORY)
    os._exit(0)  # at once: what is left to be tidied up is the process itself


def _limit(memory: int, cpu: int) -> None:
    import resource  # not on every system that may import the parent's half

    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (cpu, cpu + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    with suppress(OSError):  # where the machine itself runs out of memory, the child goes first
        Path("/proc/self/oom_score_adj").write_text("1000")


def _end_with_parent() -> None:
    os.read(sys.stdin.fileno(), 1)  # nothing more ever comes: it returns when the parent is gone
    os._exit(1)
