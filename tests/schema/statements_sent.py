"""Statements that the hub sent, without those that come by the clock."""


def reads(sent_statements: list[str]) -> list[str]:
    """Without what comes every few seconds whatever is asked: the catalogue's look for a newer version, the listener's
    pulse, which nodes there are to be asked, what a new connection asks first."""
    by_clock = ("katalog_riwayat", "pg_backend_pid", "FROM simpul WHERE mode = 'TARIK'")
    return [s for s in sent_statements if s != "SELECT 1" and not any(part in s for part in by_clock)]
