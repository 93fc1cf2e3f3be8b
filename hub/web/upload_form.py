"""A file with what is said of it beside it, over HTTP: as a form (multipart/form-data), or as the body itself with the rest in the
address. Read whole into memory, within a limit."""

import re
from collections.abc import AsyncGenerator, Mapping
from dataclasses import dataclass, field

from starlette.datastructures import UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import Request

from hub.base.errors import BodyLimitError, InvalidInputError, InvalidUploadError
from hub.base.headers import header

FILE = "berkas"
NAME = "nama"
"""Of the file, where it is the body itself."""
_MOST_FIELDS = 40
_MOST_FIELD = 4_096  # bytes of one field
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_LONGEST_NAME = 200


@dataclass(frozen=True, slots=True)
class UploadForm:
    """`fields`: those that say something, without the spaces around."""

    name: str
    content: bytes = field(repr=False)
    fields: Mapping[str, str]


async def read_form(request: Request, limit: int) -> UploadForm:
    """`limit`: bytes. Raises BodyLimitError before more than that is read, InvalidUploadError, InvalidInputError."""
    length = header(request.scope, b"content-length") or ""
    if length.isascii() and length.isdigit() and int(length[:20]) > limit:
        raise _too_large(limit)
    media_type = (header(request.scope, b"content-type") or "").partition(";")[0].strip().lower()
    given = list(request.query_params.multi_items())
    if media_type == "multipart/form-data":
        name, content, in_form = await _from_form(request, limit)
        given += in_form
    else:
        content = b"".join([piece async for piece in _pieces(request, limit)])
        name = next((value for key, value in given if key == NAME), "")
        given = [(key, value) for key, value in given if key != NAME]
    if not content:
        raise InvalidInputError(
            f'Berkasnya tidak ada; kirim sebagai bagian "{FILE}" (multipart/form-data), atau sebagai badan.'
        )
    fields: dict[str, str] = {}
    for key, value in given:
        if fields.setdefault(key, value.strip()) != value.strip():
            raise InvalidInputError(f'Isian "{key}" ada dua kali, berlainan; sisakan satu.')
    return UploadForm(_file_name(name), content, {k: v for k, v in fields.items() if v})


async def _from_form(request: Request, limit: int) -> tuple[str, bytes, list[tuple[str, str]]]:
    try:
        form = await MultiPartParser(
            request.headers, _pieces(request, limit), max_files=2, max_fields=_MOST_FIELDS, max_part_size=_MOST_FIELD
        ).parse()
    except MultiPartException as error:
        raise InvalidUploadError(f"Badan multipart tidak terbaca ({error.message.strip('.')}).") from None
    try:
        file: UploadFile | None = None
        fields: list[tuple[str, str]] = []
        for key, value in form.multi_items():
            if isinstance(value, str):
                fields.append((key, value))
            elif key == FILE and file is None:
                file = value
            else:
                raise InvalidUploadError(f'Kirim satu berkas saja, sebagai bagian "{FILE}".')
        if file is None:
            return "", b"", fields
        return file.filename or "", await file.read(), fields
    finally:
        await form.close()


async def _pieces(request: Request, limit: int) -> AsyncGenerator[bytes, None]:
    came = 0
    async for piece in request.stream():
        came += len(piece)
        if came > limit:
            raise _too_large(limit)
        yield piece


def _too_large(limit: int) -> BodyLimitError:
    return BodyLimitError(f"Permintaan terlalu besar; paling banyak {limit // 2**20} MiB.")


def _file_name(given: str) -> str:
    """Browsers of old send whole paths."""
    return _CONTROL.sub("", given.replace("\\", "/").rpartition("/")[2])[:_LONGEST_NAME] or FILE
