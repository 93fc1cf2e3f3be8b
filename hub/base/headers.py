"""Headers of a request, looked up where that happens for every request: a plain search takes a fifth of what a mapping of texts does."""

from collections.abc import Mapping
from typing import Any


def header(scope: Mapping[str, Any], name: bytes) -> str | None:
    """The first header of that name (lower case) of an ASGI request, as Latin-1; None where there is none."""
    for key, value in scope["headers"]:
        if key == name:
            text: str = value.decode("latin-1")
            return text
    return None
