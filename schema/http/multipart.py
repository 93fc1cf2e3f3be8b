"""Files over HTTP: the GraphQL multipart request (operations, map, then the files), read whole into memory within the limit
on bodies. A file may only go where a variable of a mutation is null and `map` says so.

https://github.com/jaydenseric/graphql-multipart-request-spec
"""

import re
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable
from typing import Any

from starlette.datastructures import FormData, Headers, UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser

from hub.base.errors import BatasBerkasError, KumpulanDitolakError, UnggahanTidakSahError
from schema.scalars import Berkas

TERBANYAK = 8  # files in one request
_BAGIAN = ("operations", "map")
_ANGKA = 9  # digits of a place in a list; Python reads no number of some thousand digits
_KENDALI = re.compile(r"[\x00-\x1f\x7f]")


async def baca_unggahan(
    kepala: Headers, aliran: AsyncIterator[bytes], batas: int, baca: Callable[[bytes, str], Awaitable[Any]]
) -> tuple[Any, bool]:
    """The operation of a multipart request with its files in place, and whether there are any. `aliran`: ends with an
    error where the body is larger than `batas`, in bytes; `baca`: JSON of a part named.

    Raises BatasBerkasError, KumpulanDitolakError, UnggahanTidakSahError.
    """
    try:
        form = await MultiPartParser(
            kepala, _generator(aliran), max_files=1_000, max_fields=1_000, max_part_size=batas
        ).parse()
    except MultiPartException as salah:
        raise UnggahanTidakSahError(f"Badan multipart tidak terbaca ({salah.message.strip('.')}).") from None
    try:
        return await _tempatkan(form, baca)
    finally:
        await form.close()


async def _generator(aliran: AsyncIterator[bytes]) -> AsyncGenerator[bytes, None]:
    async for potong in aliran:
        yield potong


async def _tempatkan(form: FormData, baca: Callable[[bytes, str], Awaitable[Any]]) -> tuple[Any, bool]:
    berkas: dict[str, UploadFile] = {}
    teks: dict[str, str] = {}
    for nama, isi in form.multi_items():
        if nama in berkas or nama in teks:
            raise UnggahanTidakSahError(f'Bagian "{nama}" ada dua kali.')
        if isinstance(isi, UploadFile):
            berkas[nama] = isi
        elif nama in _BAGIAN:
            teks[nama] = isi
        else:
            raise UnggahanTidakSahError(f'Bagian "{nama}" bukan operations, map atau berkas.')
    if len(berkas) > TERBANYAK:
        raise BatasBerkasError(
            f"Permintaan ini membawa {len(berkas)} berkas, paling banyak {TERBANYAK}; bagi kirimannya."
        )
    if "operations" not in teks:
        raise UnggahanTidakSahError('Bagian "operations" (permintaan GraphQL sebagai JSON) tidak ada.')
    operasi = await baca(teks["operations"].encode(), "operations")
    if isinstance(operasi, list):
        raise KumpulanDitolakError("Kirim satu permintaan sekali jalan; kumpulan permintaan tidak dilayani.")
    peta = await baca(teks.get("map", "{}").encode(), "map")
    if not isinstance(operasi, dict) or not isinstance(peta, dict):
        raise UnggahanTidakSahError('"operations" dan "map" harus objek JSON.')
    if yatim := berkas.keys() - peta.keys():
        raise UnggahanTidakSahError(f'"map" tidak menyebut berkas {", ".join(sorted(yatim))}.')
    for nama, jalur in peta.items():
        if nama not in berkas:
            raise UnggahanTidakSahError(f'"map" menyebut berkas "{nama}", yang tidak dikirim.')
        if not isinstance(jalur, list) or not jalur or not all(isinstance(j, str) for j in jalur):
            raise UnggahanTidakSahError(
                f'"map" harus memberi berkas "{nama}" daftar tempat, seperti ["variables.berkas"].'
            )
        satu = Berkas(_nama(berkas[nama].filename), await berkas[nama].read())
        for tempat in jalur:
            _taruh(operasi, tempat, satu)
    return operasi, bool(berkas)


def _taruh(operasi: dict[str, Any], jalur: str, isi: Berkas) -> None:
    """Put the file at a place that is null, below `variables`."""
    awal, *langkah = jalur.split(".")
    salah = UnggahanTidakSahError(f'"map": {jalur} bukan tempat yang kosong (null) dalam variables.')
    if awal != "variables" or not langkah:
        raise salah
    tempat: Any = operasi.get("variables")
    for i, nama in enumerate(langkah):
        angka = nama.isascii() and nama.isdigit() and len(nama) <= _ANGKA
        kunci: Any = int(nama) if isinstance(tempat, list) and angka else nama
        ada = (isinstance(tempat, dict) and kunci in tempat) or (
            isinstance(tempat, list) and isinstance(kunci, int) and kunci < len(tempat)
        )
        if not ada:
            raise salah
        if i < len(langkah) - 1:
            tempat = tempat[kunci]
        elif tempat[kunci] is not None:
            raise salah
        else:
            tempat[kunci] = isi


def _nama(tertulis: str | None) -> str:
    """Browsers of old send whole paths."""
    return _KENDALI.sub("", (tertulis or "").replace("\\", "/").rpartition("/")[2])[:200] or "berkas"
