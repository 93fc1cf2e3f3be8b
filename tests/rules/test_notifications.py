"""Every table that a reader may look at tells when it was written to; else an answer could be called unchanged that is not."""

from tests.client import Client

_READABLE = """
SELECT c.relname FROM pg_class c
WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p', 'm') AND NOT c.relispartition
  AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')
  AND EXISTS (SELECT 1 FROM unnest(ARRAY['hub_publik', 'hub_kabupaten', 'hub_provinsi', 'hub_admin']) p
              WHERE has_table_privilege(p, c.oid, 'SELECT'))"""

# insert 4, delete 8, update 16, truncate 32; a trigger per row would have 1, and instead of or before 2 or 64
_TELLING = """
SELECT tgrelid::regclass::text FROM pg_trigger
WHERE tgfoid = 'hub_kabar_data'::regproc AND tgenabled = 'O' AND tgtype = 4 + 8 + 16 + 32"""


def test_every_table_that_is_read_tells_of_its_changes(read_hub: Client) -> None:
    readable = {t for (t,) in read_hub.sql(_READABLE)}
    assert {"wilayah", "batas", "silsilah", "elemen", "rekap", "rekap_peristiwa", "angka", "kelengkapan"} <= readable
    assert readable - {t for (t,) in read_hub.sql(_TELLING)} == set(), "add the trigger kabar_data (0008_langganan)"
