"""Pages as the Relay specification describes them, over rows in memory: what the compiler's pages are compared with."""

import base64
import json
from collections.abc import Callable, Sequence
from typing import Any

Row = dict[str, Any]
Key = Callable[[Row], tuple[Any, ...]]


def cursor(key: Sequence[Any]) -> str:
    """The hub's cursor of a row: its key as a JSON list, in base64."""
    return base64.b64encode(json.dumps(list(key), ensure_ascii=False).encode()).decode()


def page(rows: list[Row], key: Key, first: int | None, after: str | None) -> Row:
    """A connection over all rows that pass the filters."""
    ordered = sorted(rows, key=lambda b: tuple(k.encode() if isinstance(k, str) else k for k in key(b)))
    rest = ordered
    if after is not None:
        last_key = tuple(json.loads(base64.b64decode(after)))
        rest = [b for b in ordered if key(b) > last_key]
    size = 50 if first is None else first
    edges = [{"node": b, "cursor": cursor(key(b))} for b in rest[:size]]
    info = {
        "has_next_page": len(rest) > size,
        "has_previous_page": after is not None,
        "start_cursor": edges[0]["cursor"] if edges else None,
        "end_cursor": edges[-1]["cursor"] if edges else None,
    }
    return {"edges": edges, "page_info": info, "total_count": len(rows)}
