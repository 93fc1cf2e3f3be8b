// Forms with several of a kind: which one a field belongs to. Pure.

/** "baris-0-jumlah" → "Barang 1", "surat-1" → "Berkas 2"; nothing of other fields. */
export function partOf(place: string): { part?: string } {
  const [, kind, index] = /^(baris|surat)-(\d+)/.exec(place) ?? [];
  return kind === undefined ? {} : { part: `${kind === "baris" ? "Barang" : "Berkas"} ${Number(index) + 1}` };
}
