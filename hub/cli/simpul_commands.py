"""hub simpul: a kabupaten with a hub of its own. At the province: invite, revoke; at the node: join, take over, another key; at both: how it
stands, and files where there is no line."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from hub.base.errors import SetupError
from hub.cli.environment import SCREEN, opened, owner_url, run, settings_or_stop, stop, to_stdout, warn
from hub.cli.operator import at_a_node, at_the_province
from hub.cli.progress import progress

if TYPE_CHECKING:
    from hub.db.database import Database
    from hub.simpul.registry_statements import NodeRow

app = typer.Typer(help="Simpul: kabupaten/kota dengan hub sendiri.", no_args_is_help=True)

_TROUBLES = 20  # that are listed
_Kabupaten = Annotated[str, typer.Argument(metavar="KODE", help="Kode kabupaten/kota, seperti 53.14.")]


@app.command(
    "undang", help="Di provinsi: buat kode sekali pakai bagi hub sebuah kabupaten/kota. Kodenya di baris terakhir."
)
def invite(kabupaten: _Kabupaten) -> None:
    from hub.simpul.joining import invite as invite_node

    settings = at_the_province(settings_or_stop(), "mengundang simpul")

    async def work() -> str:
        async with opened(settings) as db:
            return await invite_node(db, kabupaten)

    code = run(work())
    SCREEN.print(
        f"Sampaikan kode ini kepada pengelola hub {kabupaten} lewat jalan lain (telepon, surat), tidak lewat hub; berlaku 3 hari, "
        "satu kali. Di sana: hub simpul gabung ALAMAT_HUB_INI --kode KODE",
        soft_wrap=True,
    )
    typer.echo(code)


@app.command(
    "gabung", help="Di simpul: bergabung dengan hub provinsi, dengan kode dari provinsi. Sesudahnya: hub simpul serah."
)
def join(
    url: Annotated[str, typer.Argument(metavar="URL", help="Alamat hub provinsi, seperti https://hub.nttprov.go.id.")],
    code: Annotated[str, typer.Option("--kode", help="Kode dari hub simpul undang.")],
    mode: Annotated[str, typer.Option(help="KIRIM: mengirim; TARIK: mengirim, dan boleh ditanya langsung.")] = "KIRIM",
    own_url: Annotated[
        str | None, typer.Option("--alamat", help="Alamat hub ini, bila boleh ditanya langsung.")
    ] = None,
) -> None:
    from hub.simpul.joining import Joining, accept, check_address, request_to_join
    from hub.simpul.keys import next_key, node_key, take_next
    from hub.simpul.registry import states
    from hub.simpul.wire_client import ask_plainly

    settings = at_a_node(settings_or_stop())

    async def work() -> str:
        assert settings.node is not None
        address = check_address(url)
        joining = Joining(settings.node, mode.upper(), None if own_url is None else check_address(own_url))
        async with opened(settings) as db:
            anew = bool(await states(db))  # its old key is taken no more
            request = request_to_join((next_key if anew else node_key)(settings.home), joining, code)
            answer = await ask_plainly(f"{address}/simpul/gabung", request)
            node = await accept(db, address, (request, code), answer)
            if anew:
                take_next(settings.home)
        return f"Bergabung dengan provinsi {node.kode_induk} di {address} sebagai simpul {node.kode_kab} (zaman {node.zaman})."

    SCREEN.print(run(work()), soft_wrap=True)


@app.command(
    "serah", help="Di simpul, sesudah gabung: salin semua isi kabupaten/kota, lalu menulis di sini. Aman diulang."
)
def take_over() -> None:
    from hub.batas import pyramid
    from hub.katalog.cache import KatalogCache
    from hub.simpul.chain_ledger import ChainLedger
    from hub.simpul.joining import own_node
    from hub.simpul.joining_copy import take_over as take_over_office
    from hub.simpul.keys import node_key
    from hub.simpul.registry import province_keys
    from hub.simpul.wire_client import Line

    settings = at_a_node(settings_or_stop())

    async def work() -> str:
        async with opened(settings) as db:
            node = await own_node(db)
            assert node.induk is not None
            line = Line(node.induk, node.kode_induk, node_key(settings.home), await province_keys(db, node))
            with progress("menyalin dan membandingkan"):
                copied = await take_over_office(db, owner_url(settings), ChainLedger(db, KatalogCache(db)), line)
            if await pyramid.behind(db):
                with progress("menggambar peta dari batas yang disalin") as advance:
                    await pyramid.rebuild(db, advance=advance)
        if not copied.attempts:
            return f"{node.kode_kab} sudah menulis di sini."
        rows = sum(copied.rows.values())
        return f"{rows} baris dari {len(copied.rows)} tabel disalin dan sama dengan provinsi; mulai sekarang {node.kode_kab} menulis di sini."

    SCREEN.print(run(work()), soft_wrap=True)


@app.command(
    "cabut",
    help="Di provinsi: cabut simpul. Kuncinya tidak diterima lagi, dan kabupaten/kotanya menulis di provinsi lagi.",
)
def revoke(kabupaten: _Kabupaten) -> None:
    from hub.berita.chain import end_chain
    from hub.simpul.joining import revoke as revoke_node

    settings = at_the_province(settings_or_stop(), "mencabut simpul")

    async def work() -> None:
        async with opened(settings) as db:
            node = await revoke_node(db, kabupaten)
            async with db.as_owner() as conn:
                await end_chain(conn, node.kode_kab)
        SCREEN.print(f"Simpul {node.kode_kab} dicabut.")
        if node.backlog:
            warn("Perhatian:", f"{node.backlog} catatannya belum sampai ke sini dan tinggal di simpul itu.")

    run(work())


@app.command(
    "putar-kunci", help="Di simpul: ganti kunci. Yang lama masih diterima 30 hari bagi kiriman yang sedang di jalan."
)
def change_key() -> None:
    from hub.simpul.joining import own_node, request_to_change_key
    from hub.simpul.keys import next_key, node_key, take_next
    from hub.simpul.registry import province_keys
    from hub.simpul.wire_client import Line
    from hub.simpul.wire_frames import Frame

    settings = at_a_node(settings_or_stop())

    async def work() -> str:
        async with opened(settings) as db:
            node = await own_node(db)
            assert node.induk is not None
            coming = next_key(settings.home)
            line = Line(node.induk, node.kode_induk, node_key(settings.home), await province_keys(db, node))
            # the province knows it before we sign with it; stopped in between, the same key is told again
            await line.ask("/simpul/kunci", Frame(request_to_change_key(coming, node.kode_kab)), {})
            take_next(settings.home)
        return coming.id

    SCREEN.print(f"Kunci baru {run(work())} dipakai mulai sekarang.")


@app.command("kemas", help="Tulis semua yang belum diterima hub lain itu ke satu berkas, bila tidak ada sambungan.")
def pack(
    file: Annotated[Path, typer.Argument(metavar="BERKAS", help="Berkas yang ditulis, seperti rote.hubpaket.")],
    kabupaten: Annotated[
        str | None, typer.Option("--kabupaten", metavar="KODE", help="Di provinsi: untuk simpul ini.")
    ] = None,
) -> None:
    from hub.simpul.chain_file import pack_outbox
    from hub.simpul.keys import node_key

    settings = settings_or_stop()
    kab = settings.node or kabupaten
    if kab is None:
        raise typer.BadParameter("Di provinsi, sebut simpulnya: --kabupaten 53.14.")

    async def work() -> bytes:
        key = node_key(settings.home)
        async with opened(settings) as db:
            return b"".join([part async for part in pack_outbox(db, kab, key.id, key.sign)])

    content = run(work())
    if not content:
        SCREEN.print(f"Tidak ada catatan {kab} yang belum diterima di sana; {file} tidak ditulis.", soft_wrap=True)
        return
    _put(file, content)
    SCREEN.print(
        f"{file}: {len(content)} byte, ditandatangani. Di hub sana: hub simpul buka {file.name}", soft_wrap=True
    )


@app.command(
    "buka",
    help="Ambil isi berkas dari hub lain. Jawabannya (tanda terima, dan yang belum diterima di sana) ditulis ke berkas lain, untuk dibawa kembali.",
)
def unpack(
    file: Annotated[
        Path, typer.Argument(metavar="BERKAS", exists=True, dir_okay=False, help="Berkas dari hub lain itu.")
    ],
    reply: Annotated[
        Path | None, typer.Option("--jawaban", help="Berkas jawaban; tanpa ini: nama berkas itu dengan -jawaban.")
    ] = None,
) -> None:
    from hub.katalog.cache import KatalogCache
    from hub.simpul.chain_file import pack_outbox, take_file
    from hub.simpul.keys import is_signed, node_key
    from hub.simpul.receive import Receiver
    from hub.simpul.registry import other_ends

    settings = settings_or_stop()
    content = file.read_bytes()

    async def work() -> tuple[bytes, list[str]]:
        key = node_key(settings.home)
        async with opened(settings) as db:
            ends = await other_ends(db, settings.node)
            asked: set[str] = set()

            def signed(kab: str, name: str, message: bytes, signature: bytes) -> bool:
                public = ends.get(kab, {}).get(name)
                good = public is not None and is_signed(public, message, signature)
                if good:
                    asked.add(kab)
                return good

            receiver = Receiver(db, KatalogCache(db, settings.wilayah))
            answer, said = await take_file(receiver, content, signed, (key.id, key.sign))
            for kab in sorted(asked):
                answer += b"".join([part async for part in pack_outbox(db, kab, key.id, key.sign)])
            return answer, said

    answer, said = run(work())
    for sentence in said:
        warn("Perhatian:", sentence)
    if answer:
        back = reply or file.with_name(f"{file.stem}-jawaban{file.suffix}")
        _put(back, answer)
        SCREEN.print(f"Bawa kembali {back}, lalu di sana: hub simpul buka {back.name}", soft_wrap=True)
    elif not said:
        SCREEN.print("Semuanya diterima; tidak ada yang perlu dibawa kembali.")
    if said:
        raise typer.Exit(1)


def _put(file: Path, content: bytes) -> None:
    """Whole or not at all."""
    fresh = file.with_name(f"{file.name}.baru")
    try:
        fresh.write_bytes(content)
        fresh.replace(file)
    except OSError as error:
        stop(SetupError(f"{file} tidak dapat ditulis: {error.strerror}."))


@app.command("status", help="Keadaan simpul: kontak terakhir, yang belum terkirim, versi, dan apa yang menghalangi.")
def status() -> None:
    from rich.table import Column, Table

    from hub.simpul.registry import states, troubles

    async def work() -> None:
        async with opened(settings_or_stop()) as db:
            found, open_troubles = await states(db), await troubles(db, _TROUBLES)
            table = Table(
                "simpul", "mode", "kontak terakhir", Column("tertunda", justify="right"), Column("ditolak", justify="right"),
                Column("beda jam", justify="right"),
                "katalog", "wilayah", "keadaan",
            )  # fmt: skip
            for s in found:
                table.add_row(*_line(s, db))
            told = Table(
                "pada", "simpul", "nomor", "apa", "sebab", "yang perlu dilakukan", title="Ditolak dan peringatan"
            )
            for t in open_troubles:
                told.add_row(
                    f"{t.at.astimezone(db.zone):%Y-%m-%d %H:%M:%S}",
                    t.kode_kab,
                    "" if t.number is None else str(t.number),
                    t.what,
                    t.why,
                    t.remedy,
                )
        if found:
            to_stdout(table)
            if open_troubles:
                to_stdout(told)
        else:
            SCREEN.print("Tidak ada simpul. Di provinsi: hub simpul undang KODE.")

    run(work())


def _line(row: "NodeRow", db: "Database") -> list[str]:
    contact = "" if row.terakhir_kontak is None else f"{row.terakhir_kontak.astimezone(db.zone):%Y-%m-%d %H:%M:%S}"
    clock = "" if row.beda_jam_ms is None else f"{row.beda_jam_ms / 1000:.0f} d"
    regions = "" if row.versi_wilayah is None else row.versi_wilayah.isoformat()
    return [
        row.kode_kab,
        row.mode,
        contact,
        str(row.backlog),
        str(row.ditolak),
        clock,
        row.versi_katalog or "",
        regions,
        row.why or "sehat",
    ]
