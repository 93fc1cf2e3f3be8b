"""Which media type an answer has, as its reader asked (Accept), and which status goes with it.

GraphQL over HTTP, September 2026: under `application/graphql-response+json` the status tells how it went; under `application/json`,
which a proxy may answer with as well, every question that could be read as one is answered with 200.
"""

from functools import lru_cache

from hub.base.errors import HubError, MalformedRequestError

JSON = "application/json"
GRAPHQL_RESPONSE = "application/graphql-response+json"
EVENTS = "text/event-stream"
PARTIAL = 294  # data and errors

_LONGEST_KEPT = 256  # characters of a header whose reading is kept: programs send the same few again and again
_SERVERS_OWN = (401, 405, 408, 429)  # said by the server, not by GraphQL, as are all from 500 on


def chosen(accept: str | None) -> str | None:
    """JSON, GRAPHQL_RESPONSE, or EVENTS where only a stream will do; None: the reader takes none of them."""
    if not accept:
        return JSON
    return _kept(accept) if len(accept) <= _LONGEST_KEPT else _chosen(accept)


@lru_cache(maxsize=512)
def _kept(accept: str) -> str | None:
    return _chosen(accept)


def _chosen(accept: str) -> str | None:
    if not accept.strip():
        return JSON
    said = _weights(accept)
    weights = {t: _weight(said, t) for t in (JSON, GRAPHQL_RESPONSE)}
    best = max(weights.values())
    if best[0] <= 0:
        return EVENTS if said.get(EVENTS, 0) > 0 else None
    equal = [t for t, w in weights.items() if w == best]
    if len(equal) == 1:
        return equal[0]
    return GRAPHQL_RESPONSE if best[1] else JSON  # both named: the newer; neither: what everybody reads


def _weights(accept: str) -> dict[str, float]:
    said: dict[str, float] = {}
    for part in accept.lower().split(","):
        media_type, *parameters = (x.strip() for x in part.split(";"))
        q = next((c[2:] for c in parameters if c.startswith("q=")), "1")
        said[media_type] = float(q) if q.isascii() and q.replace(".", "", 1).isdigit() else 0.0
    return said


def _weight(said: dict[str, float], media_type: str) -> tuple[float, bool]:
    """The weight, and whether the type was named itself."""
    if media_type in said:
        return said[media_type], True
    return said.get("application/*", said.get("*/*", 0.0)), False


def status_of(error: HubError, media_type: str, *, well_formed: bool) -> int:
    """Of an answer that is nothing but this error. `well_formed`: there was a question."""
    if not well_formed:
        # before there was such a list of statuses, 400 said it
        return 400 if isinstance(error, MalformedRequestError) and media_type == JSON else error.status
    if error.status in _SERVERS_OWN or error.status >= 500:
        return error.status
    if media_type == JSON:
        return 200
    return 422 if error.status == 400 else error.status
