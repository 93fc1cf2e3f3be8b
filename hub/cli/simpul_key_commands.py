"""hub simpul putar-kunci, kunci: the keys of hubs among each other."""

from typing import TYPE_CHECKING, Annotated

import typer

from hub.base.errors import InvalidInputError
from hub.cli.environment import SCREEN, opened, run, settings_or_stop, stop
from hub.cli.operator import at_a_node

if TYPE_CHECKING:
    from hub.base.settings import Settings

app = typer.Typer()


@app.command(
    "putar-kunci", help="Ganti kunci hub ini. Yang lama masih diterima 30 hari bagi kiriman yang sedang di jalan."
)
def change_key(
    name: Annotated[
        str | None,
        typer.Option(
            "--percaya", metavar="SIDIK",
            help="Di simpul yang lama tidak terhubung: percayai kunci provinsi bersidik ini, yang dibacakan pengelolanya.",
        ),
    ] = None,
) -> None:  # fmt: skip
    settings = settings_or_stop()
    if name is not None:
        run(_trust(at_a_node(settings), name))
    elif settings.node is not None:
        run(_change(settings))
    else:
        _rotate(settings)


async def _change(settings: "Settings") -> None:
    from hub.simpul.delivery import line_to_province
    from hub.simpul.joining import own_node, request_to_change_key
    from hub.simpul.keys import next_key, node_key, take_next
    from hub.simpul.wire_frames import Frame

    async with opened(settings) as db:
        node = await own_node(db)
        coming = next_key(settings.home)
        line = await line_to_province(db, node_key(settings.home))
        # the province knows it before we sign with it; stopped in between, the same key is told again
        await line.ask("/simpul/kunci", Frame(request_to_change_key(coming, node.kode_kab)), {})
        take_next(settings.home)
    SCREEN.print(f"Kunci baru {coming.id} dipakai mulai sekarang.")


def _rotate(settings: "Settings") -> None:
    from hub.simpul.keys_rotation import rotate

    if settings.wilayah is None:
        stop(
            InvalidInputError(
                "Setel HUB_WILAYAH ke kode provinsi, seperti HUB_WILAYAH=53; simpulnya mengenal kunci itu sebagai kunci provinsi."
            )
        )
    rotation = rotate(settings.home, settings.wilayah)
    SCREEN.print(
        f"Kunci baru provinsi {settings.wilayah} {rotation.id} dipakai mulai sekarang, ditandatangani kunci yang lama. Simpul menerimanya "
        "sendiri bila terhubung, atau membuka berkas dari sini, dalam 30 hari; sesudah itu sidik ini dibacakan lewat telepon.",
        soft_wrap=True,
    )


async def _trust(settings: "Settings", name: str) -> None:
    from functools import partial

    from hub.simpul.delivery import PATH, line_to_province
    from hub.simpul.joining import own_node
    from hub.simpul.keys import node_key
    from hub.simpul.keys_rotation import trust
    from hub.simpul.wire_frames import Frame

    async with opened(settings) as db:
        line = await line_to_province(db, node_key(settings.home))
        line.keys = {}  # whatever it signs with is looked at anew
        line.learn = partial(trust, db, await own_node(db), name=name.strip())
        await line.ask(PATH, Frame({}), {})
    SCREEN.print(f"Kunci provinsi {name} dipercaya mulai sekarang.")


@app.command(
    "kunci",
    help="Sidik kunci hub ini, untuk dibacakan kepada pengelola hub lain; di bawahnya kunci penerima untuk hub simpul kemas --untuk.",
)
def show_key() -> None:
    from hub.base.errors import SetupError
    from hub.simpul.chain_sealing import recipient
    from hub.simpul.keys import node_key

    home = settings_or_stop().home
    try:
        typer.echo(node_key(home).id)
        typer.echo(recipient(home))
    except SetupError as error:
        stop(error)
