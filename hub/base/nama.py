"""Names of regions as people and agencies write them, brought to one form. Only text; no data base behind it."""

import re
import unicodedata

_AWALAN_KAB = re.compile(r"^(kabupaten|kab\b\.?|kab\.)\s*", re.IGNORECASE)
_AWALAN_KOTA = re.compile(r"^kota\b\s*", re.IGNORECASE)
_ADM = re.compile(r"^adm(inistrasi)?\b\.?\s*", re.IGNORECASE)
_KEP = re.compile(r"\bkep\.\s*", re.IGNORECASE)
# "Kota" is no such prefix: it is part of the names of kota, and of many kecamatan and desa
_AWALAN_LISAN = re.compile(
    r"(?P<kata>desa|kelurahan|kel|kecamatan|kec|kabupaten|kab|provinsi|propinsi|prov)(\.\s*|\s+)(?=\S)", re.IGNORECASE
)
_SINGKATAN = {"DKI", "DI", "II", "III", "IV", "VI", "VII"}


def nama_resmi(nama: str, tingkat: int) -> str:
    """The name as the hub keeps it: without "Kabupaten", with "Kota", not in capitals.

    "KAB. ROTE NDAO" → "Rote Ndao"; "KOTA KUPANG" → "Kota Kupang"; "KAB. ADM. KEP. SERIBU" → "Kepulauan Seribu".
    Names of kecamatan and desa are only stripped: their spelling is the agency's.
    """
    nama = " ".join(nama.split())
    if tingkat > 2:
        return nama
    kota = tingkat == 2 and _AWALAN_KOTA.match(nama) is not None
    kapital = nama.isupper()
    if tingkat == 2:
        nama = _AWALAN_KAB.sub("", _AWALAN_KOTA.sub("", nama))
        nama = _KEP.sub("Kepulauan ", _ADM.sub("Administrasi " if kota else "", nama))
    if kapital:
        nama = " ".join(k if k in _SINGKATAN else k.capitalize() for k in nama.split())
    return f"Kota {nama}" if kota else nama


def kunci_nama(nama: str) -> str:
    """What two spellings of one name have in common: letters and digits only, lower case, no accents.

    "Tesa Bela", "Tesabela" → "tesabela"; "Bo'a", "Boa" → "boa".
    """
    polos = unicodedata.normalize("NFKD", nama.casefold())
    return "".join(h for h in polos if h.isalnum())


def tingkat_awalan(nama: str) -> int | None:
    """The level a written prefix names: "Kec. Pantai Baru" → 3, "Kel. Metina" → 4; None without one."""
    cocok = _AWALAN_LISAN.match(" ".join(nama.split()))
    if cocok is None:
        return None
    kata = cocok["kata"].casefold()
    return 4 if kata.startswith(("des", "kel")) else 3 if kata.startswith("kec") else 1 if kata.startswith("pro") else 2


def tanpa_awalan(nama: str) -> str:
    """Without "Desa", "Kel.", "Kecamatan" … in front, as lists of tables write them: "Kel.Londalusi" → "Londalusi"."""
    nama = " ".join(nama.split())
    sisa = _AWALAN_LISAN.sub("", nama, count=1)
    return sisa or nama
