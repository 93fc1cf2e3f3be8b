"""The demo's networks (WKSBM): what seeds/contoh/wksbm.toml names, entered the way an office enters it."""

import tomllib
from pathlib import Path
from typing import Any

from hub.base.actor import Actor
from hub.base.errors import InvalidInputError
from hub.base.temuan import Refused
from hub.db.database import Database
from hub.katalog.cache import KatalogCache
from hub.sumber_daya import statements as sumber_daya_statements
from hub.wksbm.draft import ActivityDraft, LinkDraft, MemberDraft, PartnerDraft, WksbmDraft
from hub.wksbm.link_service import LinkService
from hub.wksbm.service import WksbmService

_FILE = Path(__file__).parent / "contoh" / "wksbm.toml"
_SOURCE = "contoh"


async def load_networks(db: Database, katalog: KatalogCache, offices: dict[str, Actor]) -> None:
    """Enter them, or what is left of them after a cut. `offices`: who writes, per kabupaten code; networks of others are left
    out."""
    content = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    jejaring, links = WksbmService(db, katalog), LinkService(db)
    for j in content["jejaring"]:
        if (actor := offices.get(j["id"][:5])) is None:
            continue
        _ensure(await jejaring.save(actor, _draft(j, content)))
        for p in j["pindah"]:
            result = await jejaring.move(actor, j["id"], p["tahap"], p["sejak"])
            if not (isinstance(result, Refused) and "SEJAK_TERLALU_DINI" in {t.kode for t in result.temuan}):
                _ensure(result)  # too early: it went on from there the last time
    for h in content["hubungan"]:
        actor = offices.get(h["dari"][:5])
        target = h.get("ke")
        if "sumber" in h:
            target = await _sumber_daya(db, **h["sumber"])
        if actor is None or (target is None and "mitra" not in h) or (target and target[:5] not in offices):
            continue
        partner = PartnerDraft(**h["mitra"]) if "mitra" in h else None
        _ensure(
            await links.link(
                actor, LinkDraft(h["dari"], h["jenis"], h["skala"], h["sejak"], target, partner, h.get("sampai"))
            )
        )


def _draft(j: dict[str, Any], content: dict[str, Any]) -> WksbmDraft:
    activities = [ActivityDraft(day, kode) for stage in j["capai"] for kode, day in content[stage].items()]
    activities += [ActivityDraft(**k) for k in j.get("kegiatan", ())]
    return WksbmDraft(
        j["nama"], j["desa"], j["sejak"], j["id"], None, j.get("sampai"), balai=j.get("balai"), dokumen=j.get("dokumen"),
        sumber=_SOURCE, anggota=tuple(MemberDraft(**a) for a in j["anggota"]), kegiatan=tuple(activities), contoh=True,
    )  # fmt: skip


async def _sumber_daya(db: Database, jenis: str, di: str) -> str | None:
    async with db.as_owner() as conn:
        standing = sorted(await sumber_daya_statements.standing(conn, di[:5], jenis), key=lambda s: (s[1], s[0]))
    return next((f"{di[:5]}:{id_}" for id_, desa, _ in standing if desa.startswith(di)), None)


def _ensure(result: object) -> None:
    if isinstance(result, Refused):
        raise InvalidInputError(f"{_FILE.name}: " + "; ".join(t.pesan for t in result.temuan if t.tingkat == "GALAT"))
