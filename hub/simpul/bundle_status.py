"""Whether a node works by its province's catalogue and list of regions, told at either end, and why not."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from hub.db.database import Database
from hub.simpul import bundle_state as state
from hub.simpul import registry_statements as store
from hub.simpul.bundle_state import PartState
from hub.simpul.registry_statements import NodeRow

Catalogues = tuple[str | None, str | None]
Regions = tuple[date | None, date | None]


@dataclass(frozen=True, slots=True)
class NodeStatus:
    """`catalogue`, `regions`: versions at the node and at its province, as far as they are known here; `sentences`: why they are not the
    same, and what was found when the newest was taken."""

    node: NodeRow
    catalogue: Catalogues
    regions: Regions
    sentences: tuple[str, ...]


async def status_of(db: Database) -> list[NodeStatus]:
    """Of all nodes that are known here, by code."""
    found: list[NodeStatus] = []
    async with db.as_owner() as conn:
        program = await store.revision(conn)
        for node in await store.nodes(conn):
            here = await store.versions(conn, node.kode_induk)
            parts = await state.states(conn, node.kode_kab)
            if node.induk is not None:
                catalogue: Catalogues = (here[0], node.katalog_induk)
                regions: Regions = (here[1], node.wilayah_induk)
            else:
                catalogue, regions = (node.versi_katalog, here[0]), (node.versi_wilayah, here[1])
            sentences = tuple(_sentences(node, (catalogue, regions), parts, program))
            found.append(NodeStatus(node, catalogue, regions, sentences))
    return found


def _sentences(
    node: NodeRow, versions: tuple[Catalogues, Regions], parts: Mapping[str, PartState], program: str | None
) -> Iterator[str]:
    met = node.terakhir_kontak is not None
    apart = [
        f"{what} {_word(at_node)} di simpul, {_word(at_province)} di provinsi"
        for what, (at_node, at_province) in zip(("Katalog", "daftar wilayah"), versions, strict=True)
        if met and at_node != at_province and not (node.induk is not None and at_province is None)
    ]
    reasons = [s.sebab for s in parts.values() if s.sebab is not None]
    if node.bekal_sebab is not None and node.bekal_sebab not in reasons:
        reasons.append(node.bekal_sebab)
    if node.induk is None and node.versi_hub is not None and program is not None and node.versi_hub != program:
        older = "lama" if node.versi_hub < program else "baru"
        reasons.append(f"Program simpul lebih {older}: basis datanya {node.versi_hub}, di sini {program}.")
    if apart and not reasons:
        reasons.append("Yang baru belum diambil simpul; ia mengambilnya pada kontak berikutnya.")
    if apart:
        told = "; ".join(apart)
        yield f"{told[0].upper()}{told[1:]}."
    yield from reasons
    for part in parts.values():
        yield from (str(t["pesan"]) for t in part.temuan)


def _word(version: str | date | None) -> str:
    return "belum ada" if version is None else str(version)
