"""Processes of the hub that need not read the program first: each is a copy of one that has. They have an environment, files and an end of
their own, as any process, and can be killed; only what `python -m hub` spends before its first line is spent once for all.

One process of each worker of the tests waits here, from the first that is wanted. It copies itself when told so over its socket, and tells how the
copies end. When whoever asked is gone, so are they.
"""

import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import traceback
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from select import POLLIN, poll
from typing import NoReturn

from tests.cli.hub_process import ROOT, environment

_LONGEST_ORDER = 1 << 20  # bytes


class PreparedProcess:
    """As far as tests need it, what subprocess.Popen is: a copy that runs module.main() of `module`, with these words in sys.argv."""

    def __init__(self, module: str, words: Sequence[str], env: Mapping[str, str], *, out: int, err: int) -> None:
        self._told, theirs = socket.socketpair()
        order = json.dumps({"module": module, "words": list(words), "env": dict(env)}).encode()
        socket.send_fds(_waiting(), [order], [out, err, theirs.fileno()])
        theirs.close()
        self._lines = self._told.makefile()
        self.pid = int(self._lines.readline())
        self.returncode: int | None = None

    def kill(self) -> None:
        """Unless it has ended."""
        if self.returncode is None and not _readable(self._told, 0):
            os.kill(self.pid, signal.SIGKILL)

    def wait(self, seconds: float = 90) -> int:
        """How it ended: negative, the signal. Raises TimeoutError."""
        if self.returncode is None:
            if not _readable(self._told, seconds):
                raise TimeoutError(f"process {self.pid} has not ended")
            self.returncode = int(self._lines.readline())
            self._lines.close()
            self._told.close()
        return self.returncode


def run_prepared(*words: str, **settings: str) -> "subprocess.CompletedProcess[str]":
    """A command of the hub from beginning to end, as tests.cli.hub_process.run_hub."""
    with tempfile.TemporaryFile("w+") as out, tempfile.TemporaryFile("w+") as err:
        command = PreparedProcess("hub.cli.main", words, environment(**settings), out=out.fileno(), err=err.fileno())
        try:
            code = command.wait()
        except TimeoutError:
            command.kill()
            raise
        for file in (out, err):
            file.seek(0)
        return subprocess.CompletedProcess(list(words), code, out.read(), err.read())


@cache
def _waiting() -> socket.socket:
    """The end of its socket to tell it by."""
    ours, theirs = socket.socketpair(type=socket.SOCK_SEQPACKET)
    with theirs:
        theirs.set_inheritable(True)
        command = [sys.executable, "-m", "tests.simpul.prepared_processes", str(theirs.fileno())]
        # it ends by itself, when the other end of its socket is gone
        os.posix_spawn(sys.executable, command, environment())
    return ours


def _readable(sock: socket.socket, seconds: float) -> bool:
    waits = poll()
    waits.register(sock, POLLIN)
    return bool(waits.poll(seconds * 1000))


# ---------- the process that waits ----------


def _wait_for_orders(orders: socket.socket) -> None:
    """Until nobody is there any more to give any."""
    living: dict[int, tuple[int, socket.socket]] = {}  # descriptor of a process → its id, and who hears of its end
    waits = poll()
    waits.register(orders, POLLIN)
    while True:
        for descriptor, _ in waits.poll():
            if descriptor != orders.fileno():
                waits.unregister(descriptor)
                pid, heard_by = living.pop(descriptor)
                _, status = os.waitpid(pid, 0)
                os.close(descriptor)
                with heard_by:
                    heard_by.sendall(f"{os.waitstatus_to_exitcode(status)}\n".encode())
                continue
            order, files, _, _ = socket.recv_fds(orders, _LONGEST_ORDER, 3)
            if not order:
                for pid, _ in living.values():
                    os.kill(pid, signal.SIGKILL)
                return
            out, err, heard_by_file = files
            heard_by = socket.socket(fileno=heard_by_file)
            pid = os.fork()
            if not pid:
                orders.close()
                heard_by.close()
                _become(json.loads(order), out, err)
            os.close(out)
            os.close(err)
            heard_by.sendall(f"{pid}\n".encode())
            own = os.pidfd_open(pid)
            living[own] = pid, heard_by
            waits.register(own, POLLIN)


def _become(order: Mapping[str, object], out: int, err: int) -> NoReturn:
    """From here on this is another process. Ends it as the interpreter would."""
    code = 1
    try:
        os.dup2(out, 1)
        os.dup2(err, 2)
        os.environ.clear()
        os.environ.update(order["env"])  # type: ignore[call-overload]
        sys.argv = ["hub", *order["words"]]  # type: ignore[misc]
        sys.modules[str(order["module"])].main()
        code = 0
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else int(end.code is not None)
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def _prepare() -> None:
    """Reads the program, whole, as a copy would: also what commands read only when they are given."""
    import gc
    from importlib import import_module

    for file in sorted((Path(ROOT) / "hub").glob("*/*.py")):
        if file.parent.name in ("cli", "simpul", "base", "web") and file.stem != "__init__":
            import_module(f"hub.{file.parent.name}.{file.stem}")
    import_module("tests.simpul.serving")
    gc.freeze()


if __name__ == "__main__":
    os.chdir(ROOT)
    _prepare()
    _wait_for_orders(socket.socket(fileno=int(sys.argv[1])))
