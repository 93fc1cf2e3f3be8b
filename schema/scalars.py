"""The scalars of the public contract. What is malformed inside a rekap comes through as written, so that the checks can
report it with its place beside every other finding; what is malformed in an argument is refused where it is used."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any, NewType

import strawberry
from graphql import FloatValueNode, GraphQLError, IntValueNode, StringValueNode, ValueNode
from graphql.utilities import value_from_ast_untyped
from strawberry.schema.config import StrawberryConfig
from strawberry.types.scalar import ScalarDefinition

from hub.base import kode as kode_wilayah
from hub.base.angka import layak
from hub.base.errors import UnggahanTidakSahError
from hub.base.periode import Periode as PeriodeDasar
from hub.plan.decimals import written_by_python


@dataclass(frozen=True, slots=True)
class Berkas:
    """A file that came with a request. `nama`: as its sender calls it, without folders."""

    nama: str
    isi: bytes = field(repr=False)


KodeWilayah = NewType("KodeWilayah", str)
Periode = NewType("Periode", str)
Desimal = NewType("Desimal", Decimal)
GeoJSON = NewType("GeoJSON", dict)  # type: ignore[type-arg]
Upload = NewType("Upload", Berkas)

_TERPANJANG = 80  # letters of a wrong value that an error repeats


def _sebut(nilai: Any) -> str:
    """A value as its sender wrote it, cut where it is long."""
    tulisan = json.dumps(nilai, ensure_ascii=False, default=str)
    return tulisan if len(tulisan) <= _TERPANJANG else f"{tulisan[:_TERPANJANG]}…"


def berkas_sah(nilai: Any) -> Berkas:
    """The value of a variable of type Upload."""
    if not isinstance(nilai, Berkas):
        raise GraphQLError(
            "Berkas dikirim sebagai multipart/form-data menurut GraphQL multipart request: operations, map, lalu berkasnya.",
            extensions={"kode": UnggahanTidakSahError.kode},
        )
    return nilai


def _di_dokumen(baca: Callable[[Any], Any]) -> Callable[..., Any]:
    """The same for a value written in the document: what is wrong with it is told with its place."""

    def baca_tulisan(node: ValueNode, variables: dict[str, Any] | None = None) -> Any:
        try:
            return baca(value_from_ast_untyped(node, variables))
        except GraphQLError as salah:
            raise GraphQLError(salah.message, node) from None

    return baca_tulisan


def _kode(nilai: Any) -> str:
    if not isinstance(nilai, str):
        raise GraphQLError(f'Kode wilayah ditulis sebagai teks, seperti "53.14"; bukan {_sebut(nilai)}.')
    return kode_wilayah.rapikan(nilai)


def _periode(nilai: Any) -> str:
    if not isinstance(nilai, str):
        raise GraphQLError(f'Periode ditulis sebagai teks, seperti "2020-TW3"; bukan {_sebut(nilai)}.')
    try:
        return str(PeriodeDasar.baca(nilai))
    except ValueError as salah:
        raise GraphQLError(str(salah)) from None


def _desimal(nilai: Any) -> Decimal | str:
    """A number exactly as it was sent; a text that is no plain number stays a text."""
    if isinstance(nilai, bool) or not isinstance(nilai, int | float | str):
        raise GraphQLError(f"Angka diharapkan, bukan {_sebut(nilai)}.")
    if isinstance(nilai, float):
        if nilai != nilai or nilai in (float("inf"), float("-inf")):
            raise GraphQLError("Angka harus berhingga.")
        return _pendek(repr(nilai))
    if isinstance(nilai, int):
        return _pendek(str(nilai))
    return nilai


def _pendek(tulisan: str) -> Decimal | str:
    """The number; or as it was written where it is too long to be a figure, which the checks then say with its place."""
    nilai = Decimal(tulisan)
    return nilai if layak(nilai) else tulisan


def _desimal_tertulis(node: ValueNode, variables: dict[str, Any] | None = None) -> Decimal | str:
    if isinstance(node, IntValueNode | FloatValueNode):
        try:
            return _pendek(node.value)
        except InvalidOperation:
            raise GraphQLError(f"Angka {node.value} tidak terbaca.", node) from None
    if isinstance(node, StringValueNode):
        return node.value
    raise GraphQLError("Angka diharapkan.", node)


def _geojson(nilai: Any) -> Any:
    if not isinstance(nilai, dict) or "type" not in nilai:
        raise GraphQLError('GeoJSON diharapkan: objek dengan "type" dan "coordinates", bujur lebih dahulu.')
    return nilai


def _tanggal(nilai: Any) -> date:
    try:
        return date.fromisoformat(nilai)
    except (TypeError, ValueError):
        raise GraphQLError(f'Tanggal ditulis seperti "2020-12-31"; bukan {_sebut(nilai)}.') from None


def _waktu(nilai: Any) -> datetime:
    try:
        hasil = datetime.fromisoformat(nilai.upper())  # RFC 3339 lets "t" and "z" be small
    except (AttributeError, ValueError):
        raise GraphQLError(f'Waktu ditulis seperti "2020-12-31T08:00:00+07:00"; bukan {_sebut(nilai)}.') from None
    if hasil.tzinfo is None:
        raise GraphQLError(f"Waktu {_sebut(nilai)} tidak menyebut selisih zona; tambahkan, misalnya +07:00.")
    return hasil


_SKALAR: dict[object, ScalarDefinition] = {
    KodeWilayah: strawberry.scalar(
        name="KodeWilayah",
        description='Kode wilayah Kemendagri dengan titik: "53", "53.14", "53.14.01", "53.14.01.2005". '
        'Masukan boleh tanpa titik: "5314012005".',
        serialize=str,
        parse_value=_kode,
        parse_literal=_di_dokumen(_kode),
    ),
    Periode: strawberry.scalar(
        name="Periode",
        description='Periode laporan: "2020" tahun, "2020-S1" semester, "2020-TW3" triwulan, "2020-07" bulan.',
        serialize=str,
        parse_value=_periode,
        parse_literal=_di_dokumen(_periode),
    ),
    Desimal: strawberry.scalar(
        name="Desimal",
        description="Bilangan desimal yang tepat. Keluar sebagai angka JSON bila tiap pembaca menerimanya utuh (paling "
        "banyak 15 angka), selain itu sebagai teks. Masukan boleh angka atau teks.",
        serialize=written_by_python,
        parse_value=_desimal,
        parse_literal=_desimal_tertulis,
    ),
    GeoJSON: strawberry.scalar(
        name="GeoJSON",
        description="Geometri RFC 7946 dalam EPSG:4326, bujur lebih dahulu.",
        specified_by_url="https://datatracker.ietf.org/doc/html/rfc7946",
        serialize=lambda nilai: nilai,
        parse_value=_geojson,
        parse_literal=_di_dokumen(_geojson),
    ),
    Upload: strawberry.scalar(
        name="Upload",
        description="Berkas, dikirim sebagai multipart/form-data menurut GraphQL multipart request.",
        specified_by_url="https://github.com/jaydenseric/graphql-multipart-request-spec",
        serialize=lambda berkas: berkas.nama,
        parse_value=berkas_sah,
    ),
    date: strawberry.scalar(
        name="Date",
        description='Tanggal, seperti "2020-12-31".',
        serialize=date.isoformat,
        parse_value=_tanggal,
        parse_literal=_di_dokumen(_tanggal),
    ),
    datetime: strawberry.scalar(
        name="DateTime",
        description="Waktu RFC 3339; keluar dengan selisih zona kantor, masuk dengan selisih zona mana pun.",
        specified_by_url="https://datatracker.ietf.org/doc/html/rfc3339",
        serialize=datetime.isoformat,
        parse_value=_waktu,
        parse_literal=_di_dokumen(_waktu),
    ),
}


def config() -> StrawberryConfig:
    return StrawberryConfig(scalar_map=_SKALAR)
