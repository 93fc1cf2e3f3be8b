"""What a child is asked to do in the tests of child processes: harmless things and harmful ones."""

import os
import time
from collections.abc import Iterator

from hub.base.child_process import serve_parent


def _work(request: bytes) -> Iterator[bytes]:
    what, _, rest = request.partition(b" ")
    if what == b"echo":
        yield from rest.split(b"|")
    elif what == b"environment":
        yield " ".join(os.environ).encode()
    elif what == b"fill":
        yield str(len(bytearray(int(rest)))).encode()
    elif what == b"abort":
        os.abort()  # as a native library does that gets no memory
    elif what == b"leave":
        os._exit(3)
    elif what == b"half":
        yield b"one"
        raise RuntimeError
    elif what == b"spin":
        while True:
            pass
    elif what == b"sleep":
        yield str(os.getpid()).encode()
        time.sleep(300)
    elif what == b"flood":
        while True:
            yield bytes(2**20)


if __name__ == "__main__":
    serve_parent(_work)
