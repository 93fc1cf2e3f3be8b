"""What several tests of the schema stand on."""

from typing import Any

import psycopg
import pytest


@pytest.fixture
def dikirim(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every statement the hub sends that is not about the transaction or the caller's role."""
    catatan: list[str] = []
    asli = psycopg.AsyncCursor.execute

    async def execute(self: Any, query: Any, *args: Any, **kwargs: Any) -> Any:
        teks = str(query)
        if not teks.startswith(("BEGIN", "COMMIT", "SET ", "SELECT set_config")) and "FROM token" not in teks:
            catatan.append(teks)
        return await asli(self, query, *args, **kwargs)

    monkeypatch.setattr(psycopg.AsyncCursor, "execute", execute)
    return catatan


def bacaan(dikirim: list[str]) -> list[str]:
    """Without what comes every few seconds whatever is asked: the catalogue's look for a newer version, the listener's
    pulse."""
    return [s for s in dikirim if "katalog_riwayat" not in s and s != "SELECT 1"]
