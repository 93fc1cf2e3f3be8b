"""Work in a process of its own: what it may take, how its end is told, and that nothing of it is left behind."""

import os
import signal
import subprocess
import sys
import threading
from dataclasses import replace
from pathlib import Path

import pytest

from hub.base.child_process import ChildDiedError, Limits, ask_child, end_children
from tests.base.child_limits import LIMITS, WORKS
from tests.cli.hub_process import is_alive, wait_until

ROOT = Path(__file__).parents[2]


def ask(request: bytes, limits: Limits = LIMITS) -> list[bytes]:
    return list(ask_child(WORKS, request, limits))


def died(request: bytes, limits: Limits = LIMITS) -> str:
    with pytest.raises(ChildDiedError) as death:
        ask(request, limits)
    return death.value.reason


def test_the_answer_comes_in_the_frames_it_was_made_of() -> None:
    assert ask(b"echo one||" + b"x" * 2**21) == [b"one", b"", b"x" * 2**21]


def test_more_memory_than_allowed_ends_the_child_and_nobody_else() -> None:
    assert ask(b"fill %d" % (64 * 2**20)) == [b"67108864"]
    assert died(b"fill %d" % (600 * 2**20)) == "MEMORY"
    assert died(b"abort") == "MEMORY"


def test_time_is_bounded_whether_it_is_used_or_slept_away() -> None:
    assert died(b"spin", replace(LIMITS, cpu=1)) == "TIME"
    assert died(b"sleep", replace(LIMITS, wall=0.5)) == "TIME"


def test_a_child_that_ends_early_gave_no_answer() -> None:
    assert died(b"leave") == "DIED"
    frames = ask_child(WORKS, b"half", LIMITS)
    assert next(frames) == b"one"
    with pytest.raises(ChildDiedError, match="DIED"):
        next(frames)


def test_an_answer_without_end_is_not_taken() -> None:
    assert died(b"flood") == "ANSWER"


def test_a_request_larger_than_any_pipe_reaches_a_child_that_dies_before_it_reads_it() -> None:
    assert died(b"echo " + bytes(32 * 2**20), replace(LIMITS, memory=64 * 2**20)) == "MEMORY"


def test_it_is_told_no_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HUB_DATABASE_URL", "PGPASSWORD", "HUB_KUNCI_PERAN"):
        monkeypatch.setenv(name, "rahasia")
    (names,) = ask(b"environment")
    assert {n.decode() for n in names.split()} <= {
        "LANG",
        "LC_ALL",
        "LC_CTYPE",
        "LD_LIBRARY_PATH",
        "PATH",
        "PYTHONPATH",
        "TZ",
    }


def test_whoever_asks_no_further_leaves_nothing_running() -> None:
    frames = ask_child(WORKS, b"sleep", LIMITS)
    pid = int(next(frames))
    frames.close()  # type: ignore[attr-defined]
    assert not is_alive(pid)


def test_all_of_them_end_when_the_server_does() -> None:
    frames = ask_child(WORKS, b"sleep", LIMITS)
    pid = int(next(frames))
    threading.Timer(0.1, end_children).start()
    with pytest.raises(ChildDiedError):
        next(frames)
    assert not is_alive(pid)


def test_a_killed_parent_leaves_no_child_behind() -> None:
    parent = subprocess.Popen(
        [sys.executable, "-m", "tests.base.asking_parent"],
        cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}, stdout=subprocess.PIPE,
    )  # fmt: skip
    with parent:
        assert parent.stdout is not None
        pid = int(parent.stdout.readline())
        assert is_alive(pid)
        parent.send_signal(signal.SIGKILL)
    wait_until(lambda: not is_alive(pid), "the child outlives whoever asked it")
