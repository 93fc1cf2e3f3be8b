"""What travels down from a province to the node of one of its kabupaten, in parts that are taken whole or not at all. A part is some tables;
of each the rows that concern the kabupaten, cut into pieces, so that only pieces that changed travel."""

from collections.abc import Mapping
from dataclasses import dataclass

from psycopg import sql


@dataclass(frozen=True, slots=True)
class Cut:
    """Of a table: `whose`, a condition with the kabupaten in it; `piece`: what tells the pieces apart; `group`: a beginning of that, by which
    pieces are compared first."""

    whose: str = "true"
    piece: str = "''"
    group: str = "''"

    def condition(self, kode_kab: str) -> sql.Composable:
        return sql.SQL(self.whose).format(kab=sql.Literal(kode_kab), prov=sql.Literal(kode_kab[:2]))

    @property
    def piece_of(self) -> sql.Composable:
        return sql.SQL(f"({self.piece})::text")

    @property
    def group_of(self) -> sql.Composable:
        return sql.SQL(f"({self.group})::text")


REGIONS, BOUNDARIES, CATALOGUE, DEADLINES, RELEASED = "wilayah", "batas", "katalog", "tenggat", "terbuka"

_PROVINCE = "kode_kab = {prov} OR kode_kab >= {prov} || '.' AND kode_kab < {prov} || '/'"
_OWN = "kode_kab = {kab}"
_OF_FORM = "coalesce(formulir, '')"
_OF_ELEMENT = "left(elemen, 3)"
_FIGURES = Cut(_OWN, "periode || '|' || left(elemen, 3)", "left(periode, 4)")

PARTS: Mapping[str, Mapping[str, Cut]] = {
    # of all its province: goods and links cross the borders of kabupaten, and what becomes of a part of one is found in another
    REGIONS: {
        "wilayah": Cut(_PROVINCE, "kode_kab"),
        "nama_wilayah": Cut(_PROVINCE, "kode_kab"),
        "alias_wilayah": Cut(_PROVINCE, "kode_kab"),
        "silsilah": Cut("left(kode_lama, 2) = {prov} OR left(kode_baru, 2) = {prov}", "left(kode_lama, 5)"),
    },
    BOUNDARIES: {
        "batas": Cut(_OWN, "kode", "left(kode, 8)"),
        "tetangga_desa": Cut(_OWN, "left(kode, 8)"),
    },
    CATALOGUE: {
        "formulir": Cut(piece="kode"),
        "elemen": Cut(piece=_OF_FORM),
        "rincian": Cut(piece=_OF_ELEMENT),
        "aturan": Cut(piece=_OF_FORM),
        "indikator": Cut(),
        "suku_indikator": Cut(),
        "daftar_kode": Cut(piece="daftar"),
        "satuan": Cut(),
        "kewajaran": Cut(),
        # whose catalogue it is, every hub says for itself
        "katalog_riwayat": Cut("jenis <> 'ASAL'", "jenis || '|' || kode"),
    },
    "barang": {"barang": Cut()},
    # of the others': where goods may be sent to, and come from
    "gudang": {"sumber_daya": Cut(f"({_PROVINCE}) AND kode_kab <> {{kab}} AND jenis = 'GUDANG_BENCANA' AND NOT rahasia", "kode_kab")},
    DEADLINES: {"tenggat": Cut("kode_wilayah IN ({kab}, {prov})", "left(periode, 4) || '|' || formulir", "left(periode, 4)")},
    # the province's own; those of a kabupaten are its own
    "sasaran": {
        "sasaran_kinerja": Cut("kode_kab = {prov}", "tahun"),
        "skala_kinerja": Cut("kode_kab = {prov}", "tahun"),
    },
    RELEASED: {
        "angka_rilis": _FIGURES,
        "angka_tertulis_rilis": _FIGURES,
        "angka_rilis_riwayat": _FIGURES,
        "angka_tertulis_rilis_riwayat": _FIGURES,
    },
}  # fmt: skip
"""Part → table → which rows of it. In the order in which they are taken: what is told by the catalogue and the list of regions after them."""


def tables_of(part: str) -> tuple[str, ...]:
    return tuple(PARTS[part])
