"""What every connection has (Relay cursor specification)."""

from typing import Any

import strawberry

from schema.engine.expectation import expects


@strawberry.federation.type(shareable=True, name="PageInfo", description="Letak halaman.")
class PageInfo:
    has_next_page: bool
    has_previous_page: bool
    start_cursor: str | None
    end_cursor: str | None


def total_count() -> Any:
    """How many rows all pages have: every row is counted."""
    return strawberry.field(description="Banyak seluruhnya; hanya dihitung bila diminta.", metadata=expects(weight=100))
