"""What is worth keeping in memory, bounded by bytes."""

import sys
from collections.abc import Hashable, Mapping
from typing import Generic, TypeVar

from cachetools import LRUCache

T = TypeVar("T")

_ENTRY = 300  # bytes that an entry of the dictionary and its record take


class SizedCache(Generic[T]):
    """At most `most` bytes, as its users estimate them; what was not asked for longest goes first. 0: nothing is kept. One
    thread puts things in, any may look. What is larger than `most` // `share` would push out too much, and is not kept."""

    def __init__(self, most: int, share: int = 8) -> None:
        self._largest = most // share
        self._entries: LRUCache[Hashable, tuple[T, int]] = LRUCache(most, lambda entry: entry[1])

    @property
    def size(self) -> int:
        """Bytes kept, as estimated."""
        return int(self._entries.currsize)

    def get(self, key: Hashable) -> T | None:
        try:
            return self._entries[key][0]
        except KeyError:
            return None

    def touch(self, key: Hashable) -> None:
        """It is being used."""
        self.get(key)

    def put(self, key: Hashable, value: T, size: int) -> None:
        """`size`: bytes of key and value."""
        self.drop(key)
        size += _ENTRY
        if size <= self._largest:
            self._entries[key] = (value, size)

    def grow(self, key: Hashable, value: T, size: int) -> bool:
        """Whether `value` may become so many bytes larger; not where it is kept no more, or would be too large."""
        entry = self._entries.get(key)
        if entry is None or entry[0] is not value or entry[1] + size > self._largest:
            return False
        self.put(key, value, entry[1] + size - _ENTRY)
        return True

    def grow_or_drop(self, key: Hashable, value: T, size: int) -> None:
        """The same; what would be too large is kept no more. Another that is kept under that key stays as it is."""
        if self.get(key) is value and not self.grow(key, value, size):
            self.drop(key)

    def drop(self, key: Hashable) -> None:
        self._entries.pop(key, None)

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
