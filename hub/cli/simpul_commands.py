"""hub simpul: a kabupaten with a hub of its own. At the province: invite, revoke; at the node: join, take over; at both: how it stands, and
files where there is no line."""

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from hub.base.errors import SetupError
from hub.cli.environment import SCREEN, opened, owner_url, run, settings_or_stop, stop, to_stdout, warn
from hub.cli.operator import at_a_node, at_the_province
from hub.cli.progress import progress

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.table import Table

    from hub.db.database import Database
    from hub.simpul.bundle_status import NodeStatus
    from hub.simpul.live_statements import Share
    from hub.simpul.summary import Figures
    from hub.simpul.troubles import Trouble

app = typer.Typer(help="Simpul: kabupaten/kota dengan hub sendiri.", no_args_is_help=True)

_TROUBLES = 20  # that are listed
_Recipient = Annotated[
    str | None,
    typer.Option(
        "--untuk", metavar="AGE1…", help="Kunci berkas bagi hub itu saja: baris age1… dari hub simpul kunci di sana."
    ),
]
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
    from hub.simpul.delivery import line_to_province
    from hub.simpul.joining import own_node
    from hub.simpul.joining_copy import take_over as take_over_office
    from hub.simpul.keys import node_key

    settings = at_a_node(settings_or_stop())

    async def work() -> str:
        async with opened(settings) as db:
            node = await own_node(db)
            line = await line_to_province(db, node_key(settings.home))
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
            warn(
                "Perhatian:",
                f"{node.backlog} catatannya belum sampai ke sini dan tinggal di simpul itu: kemas di sana (hub simpul kemas); di simpul yang "
                "baru dapat dijadikan draf (hub simpul pulihkan --dari BERKAS).",
            )

    run(work())


@app.command("kemas", help="Tulis semua yang belum diterima hub lain itu ke satu berkas, bila tidak ada sambungan.")
def pack(
    file: Annotated[Path, typer.Argument(metavar="BERKAS", help="Berkas yang ditulis, seperti rote.hubpaket.")],
    kabupaten: Annotated[
        str | None, typer.Option("--kabupaten", metavar="KODE", help="Di provinsi: untuk simpul ini.")
    ] = None,
    to: _Recipient = None,
) -> None:
    from hub.simpul.bundle_file import Packing
    from hub.simpul.chain_file import pack as pack_part
    from hub.simpul.chain_file import pack_outbox
    from hub.simpul.chain_sealing import check_recipient, seal
    from hub.simpul.keys import node_key

    settings = settings_or_stop()
    kab = settings.node or kabupaten
    if kab is None:
        raise typer.BadParameter("Di provinsi, sebut simpulnya: --kabupaten 53.14.")

    async def work() -> bytes:
        key = node_key(settings.home)
        if to is not None:
            check_recipient(to)
        async with opened(settings) as db:
            content = b"".join([part async for part in pack_outbox(db, kab, key)])
            if content or settings.node is None:
                async for kind, what in Packing(db, settings.node).give(kab):
                    content += pack_part(kind, kab, what, key)
            return content

    content = run(work())
    if not content:
        SCREEN.print(f"Tidak ada catatan {kab} yang belum diterima di sana; {file} tidak ditulis.", soft_wrap=True)
        return
    _put(file, content if to is None else seal(content, to))
    locked = "" if to is None else " dan dikunci bagi hub itu"
    SCREEN.print(
        f"{file}: {len(content)} byte, ditandatangani{locked}. Di hub sana: hub simpul buka {file.name}", soft_wrap=True
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
    to: _Recipient = None,
) -> None:
    from hub.katalog.cache import KatalogCache
    from hub.simpul.bundle_file import Packing
    from hub.simpul.chain_file import Ends, pack_outbox, rotations_in, take_file
    from hub.simpul.chain_file import pack as pack_part
    from hub.simpul.chain_file import unpack as unpack_file
    from hub.simpul.chain_sealing import check_recipient, seal, unseal
    from hub.simpul.joining import own_node
    from hub.simpul.keys import node_key
    from hub.simpul.keys_rotation import learn
    from hub.simpul.receive import Receiver
    from hub.simpul.registry import former_ends, other_ends, states

    settings = settings_or_stop()
    packed = file.read_bytes()

    async def work() -> tuple[bytes, list[str]]:
        key, content = node_key(settings.home), unseal(packed, settings.home)
        if to is not None:
            check_recipient(to)
        async with opened(settings) as db:
            if settings.node is not None:
                node = await own_node(db)
                for told in rotations_in(content):
                    await learn(db, node, told)
            ends, former = await other_ends(db, settings.node), await former_ends(db, settings.node)
            epochs = {s.kode_kab: s.zaman for s in await states(db)}

            def named(kab: str, name: str) -> bytes | None:
                return ends.get(kab, {}).get(name)

            def named_before(kab: str, name: str) -> bytes | None:
                return former.get(kab, {}).get(name)

            receiver = Receiver(db, KatalogCache(db, settings.wilayah))
            packing = Packing(db, settings.node)
            answer, said = await take_file(receiver, content, Ends(named, named_before, epochs), key, packing)
            for kab in sorted({part.kode_kab for part in unpack_file(content, named).parts}):
                answer += b"".join([part async for part in pack_outbox(db, kab, key)])
                if settings.node is None:
                    async for kind, what in packing.give(kab, asked=True):
                        answer += pack_part(kind, kab, what, key)
            return answer, said

    answer, said = run(work())
    for sentence in said:
        warn("Perhatian:", sentence)
    if answer:
        back = reply or file.with_name(f"{file.stem}-jawaban{file.suffix}")
        _put(back, answer if to is None else seal(answer, to))
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


@app.command(
    "status", help="Keadaan simpul: kontak terakhir, yang belum terkirim, versi kedua hub, dan apa yang menghalangi."
)
def status() -> None:
    from rich.table import Column, Table

    from hub.simpul.bundle_status import status_of
    from hub.simpul.live_statements import shares
    from hub.simpul.registry import troubles
    from hub.simpul.summary import figures

    async def work() -> None:
        async with opened(settings_or_stop()) as db:
            found, open_troubles = await status_of(db), await troubles(db, _TROUBLES)
            async with db.as_owner() as conn:
                live = {s.kode_kab: s for s in await shares(conn)}
            counted = {f.kode_kab: f for f in await figures(db)}
            table = Table(
                "simpul", "mode", "kontak terakhir", Column("tertunda", justify="right"), Column("menunggu sejak", justify="right"), Column("ditolak", justify="right"),
                Column("beda jam", justify="right"), "katalog simpul", "katalog provinsi", "wilayah simpul", "wilayah provinsi",
                "ditanya langsung", "keadaan",
            )  # fmt: skip
            for s in found:
                *line, state = _line(s, counted.get(s.node.kode_kab), db)
                table.add_row(*line, _asked(live.get(s.node.kode_kab), db), state)
            told = _told(open_troubles, db)
        if not found:
            SCREEN.print("Tidak ada simpul. Di provinsi: hub simpul undang KODE.")
            return
        to_stdout(table)
        for s in found:
            for sentence in s.sentences:
                typer.echo(f"{s.node.kode_kab}: {sentence}")
        if open_troubles:
            to_stdout(told)

    run(work())


def _told(troubles: "Sequence[Trouble]", db: "Database") -> "Table":
    """What was refused and what raised an alarm, with the remedy."""
    from rich.table import Table

    told = Table("pada", "simpul", "nomor", "apa", "sebab", "yang perlu dilakukan", title="Ditolak dan peringatan")
    for t in troubles:
        at = f"{t.at.astimezone(db.zone):%Y-%m-%d %H:%M:%S}"
        told.add_row(at, t.kode_kab, "" if t.number is None else str(t.number), t.what, t.why, t.remedy)
    return told


def _asked(share: "Share | None", db: "Database") -> str:
    """How often it answered itself, and whether it is left alone just now."""
    if share is None:
        return ""
    alone = share.tutup_sampai is not None and share.tutup_sampai > datetime.now(UTC)
    until = (
        f", didiamkan sampai {share.tutup_sampai.astimezone(db.zone):%H:%M:%S}" if alone and share.tutup_sampai else ""
    )
    return f"{share.langsung} dari {share.ditanya}{until}"


def _line(status: "NodeStatus", figures: "Figures | None", db: "Database") -> list[str]:
    """`figures`: None of one that was revoked."""
    row = status.node
    contact = "" if row.terakhir_kontak is None else f"{row.terakhir_kontak.astimezone(db.zone):%Y-%m-%d %H:%M:%S}"
    clock = "" if row.beda_jam_ms is None else f"{row.beda_jam_ms / 1000:.0f} d"
    return [
        row.kode_kab,
        row.mode,
        contact,
        str(figures.backlog if figures else row.backlog),
        "" if figures is None or figures.lag is None else _ago(figures.lag),
        str(row.ditolak),
        clock,
        *("" if v is None else str(v) for v in (status.catalogue + status.regions)),
        row.why or "sehat",
    ]


def _ago(seconds: float) -> str:
    for unit, length in (("hari", 86_400), ("jam", 3_600), ("menit", 60)):
        if seconds >= 2 * length:
            return f"{seconds / length:.0f} {unit}"
    return f"{seconds:.0f} detik"


@app.command(
    "hapus-nama",
    help="Di provinsi: hapus nama-nama (Tagana, ketua) dan alamat rahasia sebuah kabupaten/kota yang menulis di simpulnya.",
)
def forget(
    kabupaten: _Kabupaten,
    sure: Annotated[bool, typer.Option("--ya", help="Tidak bertanya lagi.")] = False,
) -> None:
    from hub.simpul.forgetting import forget as forget_names

    settings = at_the_province(settings_or_stop(), "menghapus nama-nama")
    if not sure:
        typer.confirm(
            f"Nama-nama dan alamat rahasia {kabupaten} dihapus dari hub ini; sesudahnya hanya ada di simpulnya. Lanjut?",
            abort=True,
        )
    rows = run(forget_names(owner_url(settings), kabupaten))
    told = ", ".join(f"{table} {count}" for table, count in rows.items() if count)
    SCREEN.print(f"Dihapus: {told or 'tidak ada yang tersisa'}.", soft_wrap=True)
