"""XML read in one pass, whatever the prefixes of its elements. Where entities could make a small file a huge one it is refused."""

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import IO, Any
from xml.parsers import expat

from hub.base.errors import InvalidInputError

Attributes = dict[str, str]
_DEEPEST = 1_000


class BrokenError(Exception):
    """XML, but not of what it should be: elements in elements without end, references to nothing."""


class XmlReader:
    """Calls `starts[local name](attributes)` and `ends[local name]()`; the text of elements goes to `characters`."""

    def __init__(self) -> None:
        self.starts: dict[str, Callable[[Attributes], None]] = {}
        self.ends: dict[str, Callable[[], None]] = {}
        self._start_of: dict[str, Callable[[Attributes], None]] = {}  # by the name as written, once met
        self._end_of: dict[str, Callable[[], None]] = {}
        self._depth = 0

    def read(self, text: IO[bytes]) -> None:
        """Raises InvalidInputError, BrokenError; expat.ExpatError where it is no XML."""
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self.characters
        parser.StartDoctypeDeclHandler = self._refuse
        parser.ParseFile(text)

    def characters(self, text: str) -> None: ...

    def _start(self, name: str, attributes: Attributes) -> None:
        call = self._start_of.get(name)
        if call is None:
            call = self._start_of[name] = self.starts.get(local(name), self._deeper)
        call(attributes)

    def _end(self, name: str) -> None:
        call = self._end_of.get(name)
        if call is None:
            known = local(name)
            call = self._end_of[name] = self.ends.get(known, _nothing if known in self.starts else self._higher)
        call()

    def _deeper(self, _: Attributes) -> None:
        self._depth += 1
        if self._depth > _DEEPEST:
            raise BrokenError

    def _higher(self) -> None:
        self._depth -= 1

    @staticmethod
    def _refuse(*_: Any) -> None:
        raise InvalidInputError(
            "Berkas ini memuat DOCTYPE, yang tidak dipakai lembar kerja mana pun; simpan ulang dari aplikasi lembar kerja."
        )


def _nothing() -> None: ...


@lru_cache(1024)
def local(name: str) -> str:
    return name.rpartition(":")[2]


def attribute(attributes: Mapping[str, str], name: str) -> str | None:
    """The value of the attribute of that name, whatever its prefix."""
    return next((v for k, v in attributes.items() if local(k) == name), None)


def number(text: str | None, otherwise: int) -> int:
    return int(text[:20]) if text is not None and text.isascii() and text.strip().isdigit() else otherwise


def is_true(text: str | None) -> bool:
    return text is not None and text.strip().lower() in ("1", "true", "on")
