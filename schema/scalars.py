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
from hub.base.angka import is_plausible
from hub.base.errors import InvalidUploadError
from hub.base.periode import Periode as BasePeriode
from hub.plan.decimals import written_by_python


@dataclass(frozen=True, slots=True)
class UploadedFile:
    """A file that came with a request. `name`: as its sender calls it, without folders."""

    name: str
    content: bytes = field(repr=False)


KodeWilayah = NewType("KodeWilayah", str)
Periode = NewType("Periode", str)
Desimal = NewType("Desimal", Decimal)
GeoJSON = NewType("GeoJSON", dict)  # type: ignore[type-arg]
Upload = NewType("Upload", UploadedFile)

_PLAIN = 10**12  # a whole number below it is no longer than a figure may be
_LONGEST = 80  # letters of a wrong value that an error repeats


def _quoted(value: Any) -> str:
    """A value as its sender wrote it, cut where it is long."""
    text = json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


def valid_file(value: Any) -> UploadedFile:
    """The value of a variable of type Upload."""
    if not isinstance(value, UploadedFile):
        raise GraphQLError(
            "Berkas dikirim sebagai multipart/form-data menurut GraphQL multipart request: operations, map, lalu berkasnya.",
            extensions={"kode": InvalidUploadError.kode},
        )
    return value


def _in_document(read: Callable[[Any], Any]) -> Callable[..., Any]:
    """The same for a value written in the document: what is wrong with it is told with its place."""

    def read_literal(node: ValueNode, variables: dict[str, Any] | None = None) -> Any:
        try:
            return read(value_from_ast_untyped(node, variables))
        except GraphQLError as error:
            raise GraphQLError(error.message, node) from None

    return read_literal


def _kode(value: Any) -> str:
    if not isinstance(value, str):
        raise GraphQLError(f'Kode wilayah ditulis sebagai teks, seperti "53.14"; bukan {_quoted(value)}.')
    return kode_wilayah.dotted(value)


def _periode(value: Any) -> str:
    if not isinstance(value, str):
        raise GraphQLError(f'Periode ditulis sebagai teks, seperti "2020-TW3"; bukan {_quoted(value)}.')
    try:
        return str(BasePeriode.read(value))
    except ValueError as error:
        raise GraphQLError(str(error)) from None


def _decimal(value: Any) -> Decimal | str:
    """A number exactly as it was sent; a text that is no plain number stays a text."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise GraphQLError(f"Angka diharapkan, bukan {_quoted(value)}.")
    if isinstance(value, float):
        if value != value or value in (float("inf"), float("-inf")):
            raise GraphQLError("Angka harus berhingga.")
        return _decimal_if_short(repr(value))
    if isinstance(value, int):
        return Decimal(value) if -_PLAIN < value < _PLAIN else _decimal_if_short(str(value))
    return value


def _decimal_if_short(text: str) -> Decimal | str:
    """The number; or as it was written where it is too long to be a figure, which the checks then say with its place."""
    number = Decimal(text)
    return number if is_plausible(number) else text


def _decimal_literal(node: ValueNode, variables: dict[str, Any] | None = None) -> Decimal | str:
    if isinstance(node, IntValueNode | FloatValueNode):
        try:
            return _decimal_if_short(node.value)
        except InvalidOperation:
            raise GraphQLError(f"Angka {node.value} tidak terbaca.", node) from None
    if isinstance(node, StringValueNode):
        return node.value
    raise GraphQLError("Angka diharapkan.", node)


def _geojson(value: Any) -> Any:
    if not isinstance(value, dict) or "type" not in value:
        raise GraphQLError('GeoJSON diharapkan: objek dengan "type" dan "coordinates", bujur lebih dahulu.')
    return value


def _date(value: Any) -> date:
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError):
        raise GraphQLError(f'Tanggal ditulis seperti "2020-12-31"; bukan {_quoted(value)}.') from None


def _datetime(value: Any) -> datetime:
    try:
        moment = datetime.fromisoformat(value.upper())  # RFC 3339 lets "t" and "z" be small
    except (AttributeError, ValueError):
        raise GraphQLError(f'Waktu ditulis seperti "2020-12-31T08:00:00+07:00"; bukan {_quoted(value)}.') from None
    if moment.tzinfo is None:
        raise GraphQLError(f"Waktu {_quoted(value)} tidak menyebut selisih zona; tambahkan, misalnya +07:00.")
    return moment


_SCALARS: dict[object, ScalarDefinition] = {
    KodeWilayah: strawberry.scalar(
        name="KodeWilayah",
        description='Kode wilayah Kemendagri dengan titik: "53", "53.14", "53.14.01", "53.14.01.2005". '
        'Masukan boleh tanpa titik: "5314012005".',
        serialize=str,
        parse_value=_kode,
        parse_literal=_in_document(_kode),
    ),
    Periode: strawberry.scalar(
        name="Periode",
        description='Periode laporan: "2020" tahun, "2020-S1" semester, "2020-TW3" triwulan, "2020-07" bulan.',
        serialize=str,
        parse_value=_periode,
        parse_literal=_in_document(_periode),
    ),
    Desimal: strawberry.scalar(
        name="Desimal",
        description="Bilangan desimal yang tepat. Keluar sebagai angka JSON bila tiap pembaca menerimanya utuh (paling "
        "banyak 15 angka), selain itu sebagai teks. Masukan boleh angka atau teks.",
        serialize=written_by_python,
        parse_value=_decimal,
        parse_literal=_decimal_literal,
    ),
    GeoJSON: strawberry.scalar(
        name="GeoJSON",
        description="Geometri RFC 7946 dalam EPSG:4326, bujur lebih dahulu.",
        specified_by_url="https://datatracker.ietf.org/doc/html/rfc7946",
        serialize=lambda value: value,
        parse_value=_geojson,
        parse_literal=_in_document(_geojson),
    ),
    Upload: strawberry.scalar(
        name="Upload",
        description="Berkas, dikirim sebagai multipart/form-data menurut GraphQL multipart request.",
        specified_by_url="https://github.com/jaydenseric/graphql-multipart-request-spec",
        serialize=lambda file: file.nama,
        parse_value=valid_file,
    ),
    date: strawberry.scalar(
        name="Date",
        description='Tanggal, seperti "2020-12-31".',
        serialize=date.isoformat,
        parse_value=_date,
        parse_literal=_in_document(_date),
    ),
    datetime: strawberry.scalar(
        name="DateTime",
        description="Waktu RFC 3339; keluar dengan selisih zona kantor, masuk dengan selisih zona mana pun.",
        specified_by_url="https://datatracker.ietf.org/doc/html/rfc3339",
        serialize=datetime.isoformat,
        parse_value=_datetime,
        parse_literal=_in_document(_datetime),
    ),
}


def config() -> StrawberryConfig:
    return StrawberryConfig(scalar_map=_SCALARS)
