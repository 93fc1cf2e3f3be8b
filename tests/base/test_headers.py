"""Looking a header up in an ASGI request."""

from starlette.datastructures import Headers

from hub.base.headers import header

_SCOPE = {"type": "http", "headers": [(b"accept", b"a/b"), (b"accept", b"c/d"), (b"x-nama", b"\xe9"), (b"kosong", b"")]}


def test_it_finds_what_starlette_finds() -> None:
    for name in ("accept", "x-nama", "kosong", "tidak-ada"):
        assert header(_SCOPE, name.encode()) == Headers(scope=_SCOPE).get(name)
