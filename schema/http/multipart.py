"""Files over HTTP: the GraphQL multipart request (operations, map, then the files), read whole into memory within the limit
on bodies. A file may only go where a variable of a mutation is null and `map` says so.

https://github.com/jaydenseric/graphql-multipart-request-spec
"""

import re
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable
from typing import Any

from starlette.datastructures import FormData, Headers, UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser

from hub.base.errors import BatchRefusedError, FileLimitError, InvalidUploadError
from schema.scalars import UploadedFile

MOST_FILES = 8  # files in one request
_PARTS = ("operations", "map")
_MOST_DIGITS = 9  # digits of a place in a list; Python reads no number of some thousand digits
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")


async def read_upload(
    headers: Headers, stream: AsyncIterator[bytes], limit: int, read_json: Callable[[bytes, str], Awaitable[Any]]
) -> tuple[Any, bool]:
    """The operation of a multipart request with its files in place, and whether there are any. `stream`: ends with an
    error where the body is larger than `limit`, in bytes; `read_json`: JSON of a part named.

    Raises FileLimitError, BatchRefusedError, InvalidUploadError.
    """
    try:
        form = await MultiPartParser(
            headers, _generator(stream), max_files=1_000, max_fields=1_000, max_part_size=limit
        ).parse()
    except MultiPartException as error:
        raise InvalidUploadError(f"Badan multipart tidak terbaca ({error.message.strip('.')}).") from None
    try:
        return await _place_files(form, read_json)
    finally:
        await form.close()


async def _generator(stream: AsyncIterator[bytes]) -> AsyncGenerator[bytes, None]:
    async for piece in stream:
        yield piece


async def _place_files(form: FormData, read_json: Callable[[bytes, str], Awaitable[Any]]) -> tuple[Any, bool]:
    files: dict[str, UploadFile] = {}
    texts: dict[str, str] = {}
    for name, content in form.multi_items():
        if name in files or name in texts:
            raise InvalidUploadError(f'Bagian "{name}" ada dua kali.')
        if isinstance(content, UploadFile):
            files[name] = content
        elif name in _PARTS:
            texts[name] = content
        else:
            raise InvalidUploadError(f'Bagian "{name}" bukan operations, map atau berkas.')
    if len(files) > MOST_FILES:
        raise FileLimitError(
            f"Permintaan ini membawa {len(files)} berkas, paling banyak {MOST_FILES}; bagi kirimannya."
        )
    if "operations" not in texts:
        raise InvalidUploadError('Bagian "operations" (permintaan GraphQL sebagai JSON) tidak ada.')
    operation = await read_json(texts["operations"].encode(), "operations")
    if isinstance(operation, list):
        raise BatchRefusedError("Kirim satu permintaan sekali jalan; kumpulan permintaan tidak dilayani.")
    file_map = await read_json(texts.get("map", "{}").encode(), "map")
    if not isinstance(operation, dict) or not isinstance(file_map, dict):
        raise InvalidUploadError('"operations" dan "map" harus objek JSON.')
    if unmapped := files.keys() - file_map.keys():
        raise InvalidUploadError(f'"map" tidak menyebut berkas {", ".join(sorted(unmapped))}.')
    for name, paths in file_map.items():
        if name not in files:
            raise InvalidUploadError(f'"map" menyebut berkas "{name}", yang tidak dikirim.')
        if not isinstance(paths, list) or not paths or not all(isinstance(j, str) for j in paths):
            raise InvalidUploadError(
                f'"map" harus memberi berkas "{name}" daftar tempat, seperti ["variables.berkas"].'
            )
        file = UploadedFile(_file_name(files[name].filename), await files[name].read())
        for path in paths:
            _put(operation, path, file)
    return operation, bool(files)


def _put(operation: dict[str, Any], path: str, file: UploadedFile) -> None:
    """Put the file at a place that is null, below `variables`."""
    first, *steps = path.split(".")
    error = InvalidUploadError(f'"map": {path} bukan tempat yang kosong (null) dalam variables.')
    if first != "variables" or not steps:
        raise error
    place: Any = operation.get("variables")
    for i, step in enumerate(steps):
        is_index = step.isascii() and step.isdigit() and len(step) <= _MOST_DIGITS
        key: Any = int(step) if isinstance(place, list) and is_index else step
        exists = (isinstance(place, dict) and key in place) or (
            isinstance(place, list) and isinstance(key, int) and key < len(place)
        )
        if not exists:
            raise error
        if i < len(steps) - 1:
            place = place[key]
        elif place[key] is not None:
            raise error
        else:
            place[key] = file


def _file_name(given: str | None) -> str:
    """Browsers of old send whole paths."""
    return _CONTROL.sub("", (given or "").replace("\\", "/").rpartition("/")[2])[:200] or "berkas"
