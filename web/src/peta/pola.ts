// Patterns, drawn here so that nothing is fetched: why a region has no figure, and desa out of reach.

export interface Pola {
  width: number;
  height: number;
  data: Uint8ClampedArray;
}

const SISI = 16; // pixels of the screen's own, shown at half that size
const LATAR = [246, 247, 245, 255] as const;
const TINTA = [150, 158, 160, 255] as const;
const BENING = [0, 0, 0, 0] as const;

type Warna = readonly [number, number, number, number];

function gambar(kena: (x: number, y: number) => boolean, latar: Warna, tinta: Warna): Pola {
  const data = new Uint8ClampedArray(SISI * SISI * 4);
  for (let y = 0; y < SISI; y++) {
    for (let x = 0; x < SISI; x++) data.set(kena(x, y) ? tinta : latar, (y * SISI + x) * 4);
  }
  return { width: SISI, height: SISI, data };
}

/** Name → picture. `kosong-0` … `kosong-3` go with KOSONG in angka.ts. */
export const POLA: Record<string, Pola> = {
  "kosong-0": gambar((x, y) => (x + y) % SISI < 2, LATAR, TINTA), // no data: slanted lines
  "kosong-1": gambar((_, y) => y % SISI < 2, LATAR, TINTA), // not carried out: level lines
  "kosong-2": gambar(() => false, [222, 226, 226, 255], TINTA), // does not apply: plain grey
  "kosong-3": gambar((x, y) => bulat(x, y, 4) || bulat(x, y, 12), [205, 209, 214, 255], [84, 92, 104, 255]), // closed: dots
  celah: gambar((x, y) => (x - y + SISI) % 8 < 3, BENING, [194, 65, 12, 200]),
};

function bulat(x: number, y: number, pusat: number): boolean {
  return (x - pusat + 0.5) ** 2 + (y - pusat + 0.5) ** 2 <= 5;
}

/** As an address for CSS, so that the legend shows the very same. */
export function polaUrl(nama: string): string {
  const isi = POLA[nama];
  const kanvas = document.createElement("canvas");
  const kuas = kanvas.getContext("2d");
  if (isi === undefined || kuas === null) return "";
  kanvas.width = isi.width;
  kanvas.height = isi.height;
  const salinan = kuas.createImageData(isi.width, isi.height);
  salinan.data.set(isi.data);
  kuas.putImageData(salinan, 0, 0);
  return kanvas.toDataURL();
}
