"""Automatic persisted queries, as Apollo's clients speak them: a client sends the SHA-256 of a document; where the hub does
not know it, it says PersistedQueryNotFound and the client sends both. Only documents that are valid are kept, the least
used ones go first; another process of the hub simply asks again."""

import hashlib
import re
from typing import Any

from hub.base.errors import HubError, MalformedRequestError
from hub.base.sized_cache import SizedCache, size_of

_MOST = 4 * 2**20  # bytes of documents kept; the usual one has 500 characters
_HASH = re.compile(r"[0-9a-f]{64}")


class PersistedNotFoundError(HubError):
    """The document behind this hash is not known here. Message and code are the protocol's own."""

    kode = code = "PERSISTED_QUERY_NOT_FOUND"
    status = 404

    def __init__(self) -> None:
        super().__init__("PersistedQueryNotFound")


class PersistedMismatchError(HubError):
    """The hash is not the document's. The message is the protocol's own."""

    kode = code = "PERSISTED_QUERY_MISMATCH"

    def __init__(self) -> None:
        super().__init__("provided sha does not match query")


class PersistedQueries:
    """Documents by their hash. `most`: bytes kept."""

    def __init__(self, most: int = _MOST) -> None:
        self._documents: SizedCache[str] = SizedCache(most)

    @property
    def size(self) -> int:
        """Bytes kept."""
        return self._documents.size

    def find(self, extensions: Any, query: str | None) -> tuple[str | None, str | None]:
        """(document, hash to keep it under): the document that was sent, or the one known under the hash; the hash where
        a client asks to keep the document. Raises HubError as the protocol has it."""
        asked = extensions.get("persistedQuery") if isinstance(extensions, dict) else None
        if asked is None:
            return query, None
        sha = asked.get("sha256Hash") if isinstance(asked, dict) else None
        if not isinstance(sha, str) or _HASH.fullmatch(sha) is None or asked.get("version") != 1:
            raise MalformedRequestError(
                'extensions.persistedQuery harus berisi "version": 1 dan "sha256Hash": SHA-256 dokumen, 64 angka heksadesimal.'
            )
        if query is None:
            kept = self._documents.get(sha)
            if kept is None:
                raise PersistedNotFoundError
            return kept, None
        if hashlib.sha256(query.encode("utf-8", "surrogatepass")).hexdigest() != sha:
            raise PersistedMismatchError
        return query, sha

    def keep(self, sha: str, query: str) -> None:
        self._documents.put(sha, query, size_of(sha) + size_of(query))
