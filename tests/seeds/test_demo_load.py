"""The demo is loaded once."""

import asyncio

from hub.akses.holder import Holder
from hub.akses.service import TokenService
from hub.db.database import Database
from hub.katalog.cache import KatalogCache
from hub.rekap.service import RekapWorkflow
from seeds.demo_load import TOKEN, load_demo
from tests.akses.invitations import exchange, invite
from tests.client import Client


async def _load(url: str) -> dict[str, str] | None:
    db = Database(url, 2)
    await db.open()
    try:
        katalog = KatalogCache(db)
        return await load_demo(db, katalog, RekapWorkflow(db, katalog), TokenService(db), lambda text: None)
    finally:
        await db.close()


def test_an_office_that_logged_in_by_a_link_is_no_reason_to_load_it_again(hub: Client) -> None:
    assert asyncio.run(_load(hub.url)) is None
    role, name = TOKEN["53.14"]
    invited = invite(hub.url, Holder(role, "53.14", name))
    assert exchange(hub, invited.code).status_code == 200
    assert asyncio.run(_load(hub.url)) is None
