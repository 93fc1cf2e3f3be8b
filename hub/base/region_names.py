"""Names of regions as people and agencies write them, brought to one form. Only text; no data base behind it."""

import re
import unicodedata

_KAB_PREFIX = re.compile(r"^(kabupaten|kab\b\.?|kab\.)\s*", re.IGNORECASE)
_KOTA_PREFIX = re.compile(r"^kota\b\s*", re.IGNORECASE)
_ADM = re.compile(r"^adm(inistrasi)?\b\.?\s*", re.IGNORECASE)
_ISLANDS = re.compile(r"\bkep\.\s*", re.IGNORECASE)
# "Kota" is no such prefix: it is part of the names of kota, and of many kecamatan and desa
_SPOKEN_PREFIX = re.compile(
    r"(?P<kata>desa|kelurahan|kel|kecamatan|kec|kabupaten|kab|provinsi|propinsi|prov)(\.\s*|\s+)(?=\S)", re.IGNORECASE
)
_ABBREVIATIONS = {"DKI", "DI", "II", "III", "IV", "VI", "VII"}


def official_name(name: str, level: int) -> str:
    """The name as the hub keeps it: without "Kabupaten", with "Kota", not in capitals.

    "KAB. ROTE NDAO" → "Rote Ndao"; "KOTA KUPANG" → "Kota Kupang"; "KAB. ADM. KEP. SERIBU" → "Kepulauan Seribu".
    Names of kecamatan and desa are only stripped: their spelling is the agency's.
    """
    name = " ".join(name.split())
    if level > 2:
        return name
    kota = level == 2 and _KOTA_PREFIX.match(name) is not None
    in_capitals = name.isupper()
    if level == 2:
        name = _KAB_PREFIX.sub("", _KOTA_PREFIX.sub("", name))
        name = _ISLANDS.sub("Kepulauan ", _ADM.sub("Administrasi " if kota else "", name))
    if in_capitals:
        name = " ".join(k if k in _ABBREVIATIONS else k.capitalize() for k in name.split())
    return f"Kota {name}" if kota else name


def name_key(name: str) -> str:
    """What two spellings of one name have in common: letters and digits only, lower case, no accents.

    "Tesa Bela", "Tesabela" → "tesabela"; "Bo'a", "Boa" → "boa".
    """
    plain = unicodedata.normalize("NFKD", name.casefold())
    return "".join(h for h in plain if h.isalnum())


def level_of_prefix(name: str) -> int | None:
    """The level a written prefix names: "Kec. Pantai Baru" → 3, "Kel. Metina" → 4; None without one."""
    match = _SPOKEN_PREFIX.match(" ".join(name.split()))
    if match is None:
        return None
    word = match["kata"].casefold()
    return 4 if word.startswith(("des", "kel")) else 3 if word.startswith("kec") else 1 if word.startswith("pro") else 2


def without_prefix(name: str) -> str:
    """Without "Desa", "Kel.", "Kecamatan" … in front, as lists of tables write them: "Kel.Londalusi" → "Londalusi"."""
    name = " ".join(name.split())
    rest = _SPOKEN_PREFIX.sub("", name, count=1)
    return rest or name
