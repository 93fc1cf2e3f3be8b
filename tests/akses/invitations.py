"""Invitations as whoever runs the hub makes them, and how devices exchange them."""

import asyncio
import secrets
from typing import Any

import httpx

from hub.akses.holder import Holder
from hub.akses.invitation_service import Invitations, Invited
from hub.db.database import Database
from tests.client import NO_TLS, Client

OFFICE = Holder("KABUPATEN", "53.14", "Dinas Sosial Rote Ndao")


def invite(url: str, holder: Holder = OFFICE, **more: Any) -> Invited:
    """One in that database."""
    return asyncio.run(_invite(url, holder, more))


async def _invite(url: str, holder: Holder, more: dict[str, Any]) -> Invited:
    db = Database(url, 2)
    await db.open()
    try:
        return await Invitations(db).invite(holder, **more)
    finally:
        await db.close()


def new_proof() -> str:
    """A device's own secret."""
    return secrets.token_urlsafe(32)


def exchange(
    hub: Client, code: str, proof: str | None = None, source: str = "127.0.0.1", **heads: str
) -> httpx.Response:
    """What a device is answered. `source`: the loopback address it comes from."""
    content = {"kode": code} if proof is None else {"kode": code, "bukti": proof}
    with httpx.Client(transport=httpx.HTTPTransport(verify=NO_TLS, local_address=source), timeout=30) as client:
        return client.post(f"{hub.address}/masuk", json=content, headers=heads)


def misspelled(code: str) -> str:
    """The same invitation's number, and another secret."""
    return code[:-1] + ("A" if code[-1] != "A" else "C")
