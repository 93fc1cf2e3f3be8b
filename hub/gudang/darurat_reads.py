"""Rows of `rencanaDarurat`: one row holds the plan (see hub.gudang.darurat), its lists are unfolded from there."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sqlalchemy import (
    ARRAY,
    Boolean,
    ColumnElement,
    Date,
    Float,
    Integer,
    Numeric,
    column,
    func,
    select,
    type_coerce,
)
from sqlalchemy.dialects.postgresql import JSONB, UUID
from sqlalchemy.types import TypeEngine

from hub.gudang.darurat import darurat_source
from hub.gudang.darurat_checks import ELEMEN_KK, ELEMEN_PEOPLE, DaruratRequest, check_request, elemen_per_desa
from hub.gudang.darurat_sentences import SENTENCES
from hub.gudang.reads import warehouse
from hub.plan.arguments import Args
from hub.plan.links import link
from hub.plan.rows import Row, Rows
from hub.plan.types import KODE, TEXT, TEXTS
from hub.sumber_daya.nearest_reads import in_km
from hub.wilayah.reads import TODAY, in_force_on
from hub.wilayah.tables import WILAYAH

_NUMERICS = ARRAY(Numeric())
_UUID: TypeEngine[Any] = UUID(as_uuid=False)
_DESA: Mapping[str, TypeEngine[Any]] = {
    "urut": Integer(), "kode_kab": KODE, "kode": KODE, "kk": Numeric(), "orang": Numeric(), "periode_kk": KODE,
    "periode_orang": KODE, "titik": JSONB(), "tingkat": Integer(), "jarak": Float(),
}  # fmt: skip
_BARANG: Mapping[str, TypeEngine[Any]] = {
    "urut": Integer(), "kode": KODE, "barang": TEXT, "satuan": TEXT, "dibutuhkan": Numeric(), "lengkap": Boolean(),
    "terjangkau": Numeric(), "terpenuhi": Numeric(), "kurang": Numeric(),
}  # fmt: skip
_GUDANG: Mapping[str, TypeEngine[Any]] = {"urut": Integer(), "kode_kab": KODE, "id": _UUID, "jarak": Float()}
_TAKEN: Mapping[str, TypeEngine[Any]] = {
    "gudang": Integer(), "urut": Integer(), "kode": KODE, "barang": TEXT, "satuan": TEXT, "jumlah": Numeric(),
    "layak": Numeric(), "sisa": Numeric(), "minimum": Numeric(),
}  # fmt: skip
_LOT: Mapping[str, TypeEngine[Any]] = {
    "gudang": Integer(), "kode": KODE, "nomor": Integer(), "sumber_dana": KODE, "lot": TEXT, "kedaluwarsa": Date(),
    "jumlah": Numeric(),
}  # fmt: skip
_TEMUAN: Mapping[str, TypeEngine[Any]] = {
    "urut": Integer(), "kode": KODE, "tingkat": KODE, "pesan": TEXT, "wilayah": KODE, "elemen": KODE, "nilai": TEXT,
    "usulan": TEXT, "lokasi": JSONB(),
}  # fmt: skip


def plan(args: Args) -> Rows:
    def from_request(take: Callable[[DaruratRequest], Any]) -> Callable[[Any], Any]:
        return lambda m: take(check_request(m))

    def elemen(key: str, usual: str, unit: str) -> Callable[[Any, Any], str]:
        return lambda m, katalog: elemen_per_desa(m.get(key) or usual, unit, katalog)

    binds: dict[str, Any] = {
        "desa": args.bind("masukan", TEXTS, from_request(lambda p: p.desa)),
        "kk": args.bind("masukan", _NUMERICS, from_request(lambda p: p.kk)),
        "orang": args.bind("masukan", _NUMERICS, from_request(lambda p: p.orang)),
        "barang": args.bind("masukan", TEXTS, from_request(lambda p: p.barang)),
        "jumlah": args.bind("masukan", _NUMERICS, from_request(lambda p: p.jumlah)),
        "per_kk": args.bind("masukan", _NUMERICS, from_request(lambda p: p.per_kk)),
        "per_orang": args.bind("masukan", _NUMERICS, from_request(lambda p: p.per_orang)),
        "meter": args.bind("masukan", Float(), from_request(lambda p: p.meter)),
        "elemen_kk": args.bind_checked("masukan", TEXT, elemen("elemenKk", ELEMEN_KK, "KK")),
        "elemen_orang": args.bind_checked("masukan", TEXT, elemen("elemenOrang", ELEMEN_PEOPLE, "orang")),
        "sisakan": args.bind_field("masukan", "tanpaDiBawahMinimum", Boolean(), bool),
        "temuan": args.constant(list(SENTENCES), TEXTS),
        "tingkat": args.constant([level for level, _ in SENTENCES.values()], TEXTS),
        "kalimat": args.constant([sentence for _, sentence in SENTENCES.values()], TEXTS),
    }
    if args.field("masukan", "periode"):
        binds["periode"] = args.bind_field("masukan", "periode", TEXT)
    return Rows(Row(darurat_source(binds)))


def desa(row: Row, args: Args) -> Rows:
    return _list(row, "desa", _DESA, "urut")


def goods(row: Row, args: Args) -> Rows:
    return _list(row, "barang", _BARANG, "urut")


def warehouses(row: Row, args: Args) -> Rows:
    """In the order in which they are gone through; with them the lists that their own parts come from."""
    return _list(row, "gudang", _GUDANG, "urut", carried=("ambil", "lot"))


def findings(row: Row, args: Args) -> Rows:
    return _list(row, "temuan", _TEMUAN, "urut")


def taken(row: Row, args: Args) -> Rows:
    """What one warehouse gives."""
    rows = _list(row, "ambil", _TAKEN, "urut", carried=("lot",))
    return Rows(rows.row, [rows.row["gudang"] == row["urut"]], rows.order)


def lots(row: Row, args: Args) -> Rows:
    """The lots that one kind of goods is taken from, in the order in which they are taken."""
    rows = _list(row, "lot", _LOT, "nomor")
    return Rows(rows.row, [rows.row["gudang"] == row["gudang"], rows.row["kode"] == row["kode"]], rows.order)


region = link(WILAYAH, {"kode": "kode"}, holds=in_force_on, day=lambda _: TODAY)
"""The desa itself, as of today."""

the_warehouse = warehouse("kode_kab", "id")


def kilometres(row: Row, args: Args) -> ColumnElement[Any]:
    return in_km(row["jarak"])


def below_minimum(row: Row, args: Args) -> ColumnElement[Any]:
    return type_coerce(row["sisa"] < row["minimum"], Boolean())


def _list(row: Row, name: str, columns: Mapping[str, TypeEngine[Any]], order: str, carried: Sequence[str] = ()) -> Rows:
    """The rows of one of the plan's lists. `carried`: lists that are taken along, for what hangs on these rows."""
    unfolded = func.jsonb_to_recordset(row[name]).table_valued(*(column(k, t) for k, t in columns.items()))
    unfolded = unfolded.render_derived(with_types=True)
    rows = select(*unfolded.c, *(row[b].label(b) for b in carried)).correlate_except(unfolded).subquery()
    return Rows(Row(rows), (), [rows.c[order]])
