"""The questions of `scripts/bench read`, for each server in its own words."""

from bench.load_client import Ask
from bench.national_data import SEMESTER

PROVINSI, KABUPATEN = "33", "53.14"

_NESTED = "kecamatan { kode nama desa { kode nama%s } }"
_HUB_PROVINSI = (
    f"query($k: KodeWilayah!) {{ provinsi(kode: $k) {{ kode nama kabupaten {{ kode nama {_NESTED % ''} }} }} }}"
)
_HUB_KABUPATEN = f"query($k: KodeWilayah!) {{ kabupaten(kode: $k) {{ kode nama {_NESTED % ''} }} }}"
_NILAI = " nilai(elemen: $e, periode: $p) { elemen { kode } periode nilai status }"
_HUB_ANGKA = (
    "query($k: KodeWilayah!, $e: [String!]!, $p: [Periode!]!) { kabupaten(kode: $k) { kode nama "
    f"{_NESTED % _NILAI} }} }}"
)
_AGREGAT = """query($e: [String!]!, $p: [Periode!]!, $w: KodeWilayah!, $t: TingkatWilayah!) {
  agregat(elemen: $e, periode: $p, wilayah: $w, tingkat: $t) {
    wilayah { kode nama } elemen { kode } periode nilai status kelengkapan { diharapkan disetujui } } }"""


def nested_province(kode: str = PROVINSI) -> dict[str, Ask]:
    return {
        "hub": Ask("/graphql", _HUB_PROVINSI, {"k": kode}),
        "sql": Ask(f"/provinsi/{kode}"),
        "postgraphile": Ask(
            "/graphql",
            f"query($k: String!) {{ provinsiByKode(kode: $k) {{ kode nama kabupaten {{ kode nama {_NESTED % ''} }} }} }}",
            {"k": kode},
        ),
    }


def nested_kabupaten(kode: str = KABUPATEN) -> dict[str, Ask]:
    return {
        "hub": Ask("/graphql", _HUB_KABUPATEN, {"k": kode}),
        "sql": Ask(f"/kabupaten/{kode}"),
        "postgraphile": Ask(
            "/graphql",
            f"query($k: String!) {{ kabupatenByKode(kode: $k) {{ kode nama {_NESTED % ''} }} }}",
            {"k": kode},
        ),
    }


def figures(elemen: list[str], kode: str = KABUPATEN) -> dict[str, Ask]:
    """Every figure of two semesters for each desa; the peer's view holds just these, so it needs no arguments."""
    angka = " nilai { elemen periode nilai status }"
    return {
        "hub": Ask("/graphql", _HUB_ANGKA, {"k": kode, "e": elemen, "p": list(SEMESTER)}),
        "sql": Ask(f"/angka/{kode}?elemen={','.join(elemen)}&periode={','.join(SEMESTER)}"),
        "postgraphile": Ask(
            "/graphql",
            f"query($k: String!) {{ kabupatenByKode(kode: $k) {{ kode nama {_NESTED % angka} }} }}",
            {"k": kode},
        ),
    }


def aggregate(elemen: list[str], periode: list[str], wilayah: str, level: str) -> Ask:
    return Ask("/graphql", _AGREGAT, {"e": elemen, "p": periode, "w": wilayah, "t": level})
