"""Who runs the hub, on behalf of an office: what nobody may do at this hub he may not do either."""

from hub.base.actor import Actor, Role
from hub.base.errors import SetupError
from hub.base.kode import level_of
from hub.base.settings import Settings
from hub.cli.environment import settings_or_stop, stop
from hub.db.database import Database


async def operator(db: Database, kode: str) -> Actor:
    """For that office."""
    from hub.simpul.roles import standing_of

    standing = await standing_of(db, settings_or_stop().wilayah)
    return Actor(Role[level_of(kode).name], kode, "hub import (pengelola)", standing)


def at_the_province(settings: Settings, what: str) -> Settings:
    """The settings; at a node the command ends and says where that is done. `what`: in the words of users."""
    if settings.node is not None:
        stop(SetupError(f"Hub ini simpul {settings.node}; {what} dilakukan di hub provinsi {settings.node[:2]}."))
    return settings


def at_a_node(settings: Settings) -> Settings:
    """The settings; elsewhere the command ends and says so."""
    if settings.node is None:
        stop(
            SetupError(
                "Perintah ini untuk hub kabupaten/kota; setel HUB_WILAYAH ke kodenya, seperti HUB_WILAYAH=53.14."
            )
        )
    return settings
