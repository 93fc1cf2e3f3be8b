"""What is worth keeping in memory, bounded by bytes."""

import sys
from collections import OrderedDict
from collections.abc import Hashable, Mapping
from contextlib import suppress
from typing import Generic, TypeVar

T = TypeVar("T")

_ENTRY = 300  # bytes that an entry of the dictionary and its record take


class SizedCache(Generic[T]):
    """At most `most` bytes, as its users estimate them; what was not asked for longest goes first. 0: nothing is kept. One
    thread puts things in, any may look."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._entries: OrderedDict[Hashable, tuple[T, int]] = OrderedDict()
        self.size = 0

    def get(self, key: Hashable) -> T | None:
        entry = self._entries.get(key)
        if entry is None:
            return None
        with suppress(KeyError):  # another thread may have put it out
            self._entries.move_to_end(key)
        return entry[0]

    def touch(self, key: Hashable) -> None:
        """It is being used."""
        with suppress(KeyError):
            self._entries.move_to_end(key)

    def put(self, key: Hashable, value: T, size: int) -> None:
        """`size`: bytes of key and value. What is larger than an eighth of it all would push out too much, and is not kept."""
        self.drop(key)
        size += _ENTRY
        if size > self._most // 8:
            return
        self._entries[key] = (value, size)
        self.size += size
        while self.size > self._most:
            _, (_, gone) = self._entries.popitem(last=False)
            self.size -= gone

    def grow(self, key: Hashable, value: T, size: int) -> bool:
        """Whether `value` may become so many bytes larger; not where it is kept no more, or would be too large."""
        entry = self._entries.get(key)
        if entry is None or entry[0] is not value or entry[1] + size > self._most // 8:
            return False
        self.put(key, value, entry[1] + size - _ENTRY)
        return True

    def grow_or_drop(self, key: Hashable, value: T, size: int) -> None:
        """The same; what would be too large is kept no more. Another that is kept under that key stays as it is."""
        if self.get(key) is value and not self.grow(key, value, size):
            self.drop(key)

    def drop(self, key: Hashable) -> None:
        entry = self._entries.pop(key, None)
        if entry is not None:
            self.size -= entry[1]

    def __len__(self) -> int:
        return len(self._entries)


def size_of(value: object) -> int:
    """Bytes of a value made of texts, numbers, lists and dictionaries."""
    size = sys.getsizeof(value)
    if isinstance(value, Mapping):
        return size + sum(size_of(k) + size_of(v) for k, v in value.items())
    if isinstance(value, list | tuple | set | frozenset):
        return size + sum(map(size_of, value))
    return size
