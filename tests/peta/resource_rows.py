"""Social resources without end, as rows for the map."""

from tests.client import Client

_SUMBER_DAYA = """
INSERT INTO sumber_daya (kode_kab, id, jenis, nama, pemilik, kode_desa, titik, rahasia, sejak, sampai, diubah_oleh)
SELECT '53.14', ('00000000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid, %s, 'LKS ' || n, 'MASYARAKAT', '53.14.01.2005',
  CASE WHEN NOT %s THEN ST_SetSRID(ST_MakePoint(%s + n * 1e-6, %s), 4326) END, %s, '2020-01-01', %s, 'uji'
FROM generate_series(%s::int, %s::int) n"""


def add(hub: Client, kind: str, place: tuple[float, float], numbers: tuple[int, int], until: str | None = None, *, secret: bool = False) -> None:  # fmt: skip
    hub.sql(_SUMBER_DAYA, kind, secret, *place, secret, until, *numbers)
