"""hub simpul pulihkan: at a node, after its database was restored from a backup, or for what another machine of the kabupaten left undone.
hub simpul banding: whether a node and its province hold the same. hub simpul lupakan: erase what its chain knows of named data."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from hub.cli.environment import SCREEN, opened, owner_url, run, settings_or_stop, warn
from hub.cli.operator import at_a_node
from hub.cli.progress import progress

if TYPE_CHECKING:
    from hub.base.settings import Settings
    from hub.simpul.compare import Difference
    from hub.simpul.recovery import Recovered
    from hub.simpul.recovery_drafts import Outcome

app = typer.Typer()


@app.command(
    "pulihkan",
    help="Di simpul yang basis datanya dipulihkan dari cadangan: ambil kembali dari provinsi semua yang pernah disampaikan. Aman diulang.",
)
def recover(
    file: Annotated[
        Path | None,
        typer.Option(
            "--dari", metavar="BERKAS", exists=True, dir_okay=False,
            help="Hanya jadikan draf: dari berkas hasil pulihkan, atau berkas hub simpul kemas dari mesin yang lama.",
        ),
    ] = None,
) -> None:  # fmt: skip
    settings = at_a_node(settings_or_stop())
    run(_recover(settings) if file is None else _make_drafts(settings, file.read_bytes()))


async def _recover(settings: "Settings") -> None:
    from hub.batas import pyramid
    from hub.katalog.cache import KatalogCache
    from hub.simpul.bundle_digests import Digests
    from hub.simpul.bundle_fetch import Fetching
    from hub.simpul.chain_ledger import ChainLedger
    from hub.simpul.delivery import Courier, line_to_province
    from hub.simpul.joining import own_node
    from hub.simpul.keys import node_key
    from hub.simpul.recovery import recover as take_back
    from hub.simpul.recovery_drafts import make_drafts

    async with opened(settings) as db:
        node = await own_node(db)
        katalog = KatalogCache(db, settings.wilayah)
        ledger = ChainLedger(db, katalog)
        line = await line_to_province(db, node_key(settings.home))
        with progress("mengambil kembali dan membandingkan"):
            found = await take_back(db, owner_url(settings), ledger, line, settings.home)
        if await pyramid.behind(db):
            with progress("menggambar peta dari batas yang diambil") as advance:
                await pyramid.rebuild(db, advance=advance)
        _tell(node.kode_kab, found)
        _tell_drafts(await make_drafts(db, katalog, found.written))
        await Courier(db, ledger, lambda: node_key(settings.home), Fetching(db, Digests(db))).deliver()
    SCREEN.print(f"{node.kode_kab} menulis lagi di sini.")


def _tell(kab: str, found: "Recovered") -> None:
    SCREEN.print(
        f"{found.up} peristiwa {kab} dan {found.down} dari provinsi diambil kembali dan diperiksa; isinya sama dengan provinsi. "
        f"Mulai sekarang masa {found.epoch}.",
        soft_wrap=True,
    )
    if found.file is not None:
        warn(
            "Perhatian:",
            f"Yang ditulis di cadangan ini dan tidak pernah sampai ke provinsi disimpan utuh di {found.file}.",
        )
    if found.written.earlier:
        warn("•", f"{len(found.written.earlier)} revisi yang lebih lama dari yang terbaru hanya ada di berkas itu.")
    SCREEN.print(
        "Nama orang dan alamat tempat perlindungan tidak pernah meninggalkan simpul: yang ada sekarang dari cadangan ini."
    )
    for name, columns in found.lacking:
        warn("•", f"{name}: {columns} tidak ada dalam cadangan ini sebagaimana terakhir ditulis; isi lagi.")
    if found.people:
        warn(
            "•",
            f"Daftar Tagana berubah {found.people} kali sesudah cadangan dibuat; namanya tidak ada di mana pun: catat lagi.",
        )


def _tell_drafts(outcome: "Outcome") -> None:
    for name in outcome.drafts:
        warn("•", f"Rekap {name} sekarang draf; periksa dan ajukan.")
    for sentence in outcome.left:
        warn("•", sentence)


async def _make_drafts(settings: "Settings", content: bytes) -> None:
    from hub.katalog.cache import KatalogCache
    from hub.simpul.chain_file import EVENTS, unpack
    from hub.simpul.chain_sealing import unseal
    from hub.simpul.recovery_drafts import make_drafts, of_another_machine, read_kept
    from hub.simpul.recovery_statements import revision_keys

    kab = settings.node
    assert kab is not None
    async with opened(settings) as db:
        if content.startswith(b'{"berkas":"hub-pulihan"'):
            written = read_kept(content, kab)
        else:
            # whoever signed it, nothing of it is more than a draft that the office looks at
            unpacked = unpack(unseal(content, settings.home), None)
            for sentence in unpacked.broken:
                warn("Perhatian:", sentence)
            batches = [p.content for p in unpacked.parts if p.kind == EVENTS and p.kode_kab == kab]
            async with db.as_owner() as conn:
                known = await revision_keys(conn, kab)
            written = of_another_machine(batches, kab, known)
        outcome = await make_drafts(db, KatalogCache(db, settings.wilayah), written)
    _tell_drafts(outcome)
    SCREEN.print(f"{len(outcome.drafts)} draf, {len(outcome.left)} untuk dilihat petugas.")


@app.command(
    "banding",
    help="Di simpul: bandingkan isinya dengan provinsi, tabel demi tabel. --perbaiki: kirim lagi yang berbeda; pemiliknya yang benar.",
)
def compare(mend: Annotated[bool, typer.Option("--perbaiki", help="Kirim lagi yang berbeda.")] = False) -> None:
    settings = at_a_node(settings_or_stop())
    if run(_compare(settings, mend=mend)):
        raise typer.Exit(1)


async def _compare(settings: "Settings", *, mend: bool) -> bool:
    """Whether there is a difference left."""
    from hub.katalog.cache import KatalogCache
    from hub.simpul.bundle_digests import Digests
    from hub.simpul.bundle_fetch import Fetching
    from hub.simpul.chain_ledger import ChainLedger
    from hub.simpul.compare import compare as compare_hubs
    from hub.simpul.compare import mend as tell_again
    from hub.simpul.delivery import Courier, line_to_province
    from hub.simpul.joining import own_node
    from hub.simpul.keys import node_key

    async with opened(settings) as db:
        node = await own_node(db)
        ledger = ChainLedger(db, KatalogCache(db, settings.wilayah))
        courier = Courier(db, ledger, lambda: node_key(settings.home), Fetching(db, Digests(db)))
        line = await line_to_province(db, node_key(settings.home))
        with progress("mengirim yang tertunda, lalu membandingkan"):
            await courier.deliver()
            found = await compare_hubs(db, line, node.kode_kab)
        _tell_differences(found)
        if found and mend:
            mended = await tell_again(db, line, node.kode_kab, found)
            with progress("mengirim lagi"):
                await courier.deliver()
                found = await compare_hubs(db, line, node.kode_kab)
            for name in mended.left[:50]:
                warn("Tidak dapat dikirim lagi:", name)
            SCREEN.print(f"{mended.told} hal dikirim lagi.")
            if found:
                SCREEN.print("Yang masih berbeda:")
                _tell_differences(found)
                warn("Perhatian:", "Bila isi simpul ini yang salah, ambil dari provinsi: hub simpul pulihkan.")
        if not found:
            SCREEN.print(f"Isi {node.kode_kab} di sini dan di provinsi sama.")
    return bool(found)


def _tell_differences(found: "list[Difference]") -> None:
    from hub.simpul.compare import NAMED

    for difference in found:
        alarm = (
            " — PERINGATAN: nomor yang sama berisi lain; tidak ada yang ditimpa, periksa kedua hub"
            if difference.alarm
            else ""
        )
        warn(f"{difference.table}:", f"{len(difference.rows)} baris{alarm}")
        for row in difference.rows[:NAMED]:
            warn("•", f"{'/'.join(str(k) for k in row.key)} {row.what}")
        if len(difference.rows) > NAMED:
            SCREEN.print(f"  … dan {len(difference.rows) - NAMED} lagi")


@app.command(
    "lupakan",
    help="Di simpul: hapus garam sidik data bernama sebuah sumber daya (UU 27/2022), sehingga isinya tidak dapat ditebak lagi. Rantai tetap utuh.",
)
def forget(
    ids: Annotated[list[str], typer.Argument(metavar="ID…", help="Id sumber daya, seperti 53.14:019b….")],
) -> None:
    from hub.base.logs import configure_logs
    from hub.simpul.recovery_erasure import erase_salts

    settings = at_a_node(settings_or_stop())
    configure_logs("warning")

    async def work() -> bool:
        assert settings.node is not None
        async with opened(settings) as db:
            erased = await erase_salts(db, settings.node, ids)
        SCREEN.print(f"{len(erased.subjects)} garam dihapus dan dicatat di log; rantai tetap utuh (hub check rantai).")
        for subject in erased.unknown:
            warn("Tidak ada garam:", subject)
        for subject in erased.held:
            warn(
                "Perhatian:",
                f"{subject} masih menyimpan alamat atau nama itu; hapus dahulu di sana, lalu jalankan lagi.",
            )
        return bool(erased.unknown or erased.held)

    if run(work()):
        raise typer.Exit(1)
