"""Links between regions with the day each came to hold, for reads that walk from one day to another.

A region that ended in another one (`gabung`) is linked to it though that one is older and went on; one that gave off a part
(`pecah`) may have gone on itself. So whether a link lies between two days follows from its own day, not from those of the
regions at its ends.
"""

# kinds of a link that holds from the day the older region ended, and the kind that does so as well as from the newer one's first day
_AT_THE_END = "'gabung', 'pecah_gabung'"


def dated_links(after: str, until: str) -> str:
    """A SELECT of (kode_lama, sejak_lama, kode_baru, sejak_baru, pada): links that came to hold on `pada`, a day later than
    `after` and not later than `until` (SQL dates). Of a walk, each step takes a later day than the one before it (or an earlier
    one, going back): what one list changed is not told of what the same list made."""
    return f"""SELECT s.kode_lama, s.sejak_lama, s.kode_baru, s.sejak_baru, d.pada
  FROM silsilah s
  LEFT JOIN wilayah l ON s.jenis IN ({_AT_THE_END}) AND l.kode_kab = left(s.kode_lama, 5) AND l.kode = s.kode_lama
    AND l.berlaku_sejak = s.sejak_lama
  CROSS JOIN LATERAL (
    SELECT s.sejak_baru AS pada WHERE s.jenis <> 'gabung' UNION SELECT l.berlaku_sampai WHERE l.berlaku_sampai IS NOT NULL
  ) d
  WHERE d.pada > {after} AND d.pada <= {until}"""
