"""Pages as the Relay specification describes them, over rows in memory: what the compiler's pages are compared with."""

import base64
import json
from collections.abc import Callable, Sequence
from typing import Any

Baris = dict[str, Any]
Kunci = Callable[[Baris], tuple[Any, ...]]


def cursor(kunci: Sequence[Any]) -> str:
    """The hub's cursor of a row: its key as a JSON list, in base64."""
    return base64.b64encode(json.dumps(list(kunci), ensure_ascii=False).encode()).decode()


def page(baris: list[Baris], kunci: Kunci, first: int | None, after: str | None) -> Baris:
    """A connection over all rows that pass the filters."""
    urut = sorted(baris, key=lambda b: tuple(k.encode() if isinstance(k, str) else k for k in kunci(b)))
    sisa = urut
    if after is not None:
        batas = tuple(json.loads(base64.b64decode(after)))
        sisa = [b for b in urut if kunci(b) > batas]
    banyak = 50 if first is None else first
    edges = [{"node": b, "cursor": cursor(kunci(b))} for b in sisa[:banyak]]
    info = {
        "has_next_page": len(sisa) > banyak,
        "has_previous_page": after is not None,
        "start_cursor": edges[0]["cursor"] if edges else None,
        "end_cursor": edges[-1]["cursor"] if edges else None,
    }
    return {"edges": edges, "page_info": info, "total_count": len(baris)}
