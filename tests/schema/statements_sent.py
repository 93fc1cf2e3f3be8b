"""Statements that the hub sent, without those that come by the clock."""


def reads(sent_statements: list[str]) -> list[str]:
    """Without what comes every few seconds whatever is asked: the catalogue's look for a newer version, the listener's
    pulse, what a new connection asks first."""
    return [s for s in sent_statements if "katalog_riwayat" not in s and "pg_backend_pid" not in s and s != "SELECT 1"]
