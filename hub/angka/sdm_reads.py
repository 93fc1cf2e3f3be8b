"""Rows of people of social welfare (SDM): counts, ratios, regions without."""

from typing import Any

from sqlalchemy import BindParameter, Date

from hub.angka.sdm import KINDS, RATIOS, WITHOUT, ratio_source, sdm_source, without_source
from hub.base.errors import InvalidInputError
from hub.base.kode import Level
from hub.base.periode import Periode
from hub.base.questions import distinct_list, kode_down_to, valid_kode
from hub.katalog.questions import answered_here
from hub.plan.arguments import Args, plain
from hub.plan.rows import Row, Rows
from hub.plan.types import TEXT, TEXTS


def counted(args: Args) -> Rows:
    """sdm: one row per region and kind, missing figures included."""
    level = Level[args.choice("tingkat")]
    kinds = args.bind("jenis", TEXTS, lambda j: list(KINDS) if j is None else distinct_list("jenis")(plain(j)))
    rows = sdm_source({**_asked(args, level), "jenis": kinds}, level)
    return Rows(Row(rows, rows.c.acuan), (), [rows.c.kode, rows.c.urut])


def ratios(args: Args) -> Rows:
    """rasioSdm: one row per region and ratio."""
    level = Level[args.choice("tingkat")]
    if level is Level.DESA:
        raise InvalidInputError("Rasio SDM dihitung sampai kecamatan; daftar desanya ada di wilayahTanpaSdm.")
    kinds = args.bind("jenis", TEXTS, lambda j: list(RATIOS) if j is None else distinct_list("jenis")(plain(j)))
    rows = ratio_source({**_asked(args, level), "jenis": kinds}, level)
    return Rows(Row(rows, rows.c.acuan), (), [rows.c.kode, rows.c.urut])


def without(args: Args) -> Rows:
    """wilayahTanpaSdm: in order of code."""
    kinds = args.bind("jenis", TEXTS, _single_kind)
    rows = without_source({**_asked(args, None), "jenis": kinds})
    where = [rows.c.status.in_(args.choices("status"))] if args.has("status") else []
    return Rows(Row(rows, rows.c.acuan), where, [rows.c.kode], None, [rows.c.kode])


def _asked(args: Args, level: Level | None) -> dict[str, BindParameter[Any]]:
    check = answered_here(valid_kode if level is None else kode_down_to(level))
    binds = {"wilayah": args.bind_checked("wilayah", TEXT, check)}
    if args.has("periode"):
        binds["periode"] = args.bind("periode", TEXT)
        binds["akhir"] = args.bind("periode", Date(), lambda p: Periode.read(p).last_day)
    return binds


def _single_kind(kind: Any) -> list[str]:
    name: str = plain(kind)
    if name not in WITHOUT:
        raise InvalidInputError(
            f"{name} tidak dilaporkan tersendiri per wilayah; yang dapat ditanyakan: {', '.join(WITHOUT)}."
        )
    return [name]
