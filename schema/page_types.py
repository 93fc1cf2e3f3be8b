"""What every connection has (Relay cursor specification)."""

import strawberry


@strawberry.federation.type(shareable=True, name="PageInfo", description="Letak halaman.")
class PageInfo:
    has_next_page: bool
    has_previous_page: bool
    start_cursor: str | None
    end_cursor: str | None
