// Classes of a choropleth: which values share a colour.

export type Cara = "kuantil" | "sama";

/** One class. It holds the values above the class before it, up to and including `batas`. `dari` and `sampai` are what the
 * legend says: the values that are in it (kuantil), or the step (sama). */
export interface Kelas {
  batas: number;
  dari: number;
  sampai: number;
  banyak: number;
}

/** At most `banyak` classes over these values; fewer where there are fewer different ones, none where there are none.
 * Kuantil: as many regions in each as can be, equal values never parted. Sama: steps of one width from least to most. */
export function bagiKelas(nilai: readonly number[], cara: Cara, banyak: number): Kelas[] {
  const urut = nilai.filter((n) => Number.isFinite(n)).toSorted((a, b) => a - b);
  const terkecil = urut[0];
  const terbesar = urut.at(-1);
  if (terkecil === undefined || terbesar === undefined) return [];
  const berbeda = new Set(urut).size;
  const batas = cara === "kuantil" || berbeda === 1 ? kuantil(urut, Math.min(banyak, berbeda)) : langkah(terkecil, terbesar, banyak);
  return batas.map((atas, i) => {
    const bawah = batas[i - 1] ?? -Infinity;
    const isi = urut.filter((n) => n > bawah && n <= atas);
    const tepi = cara === "sama" ? [Math.max(bawah, terkecil), atas] : [isi[0] ?? atas, isi.at(-1) ?? atas];
    return { batas: atas, dari: tepi[0] ?? atas, sampai: tepi[1] ?? atas, banyak: isi.length };
  });
}

/** The class of a value: its index; the last one for what lies above all. */
export function kelasDari(nilai: number, kelas: readonly Kelas[]): number {
  const nomor = kelas.findIndex((k) => nilai <= k.batas);
  return nomor < 0 ? kelas.length - 1 : nomor;
}

// Upper bounds that are values themselves. A bound that would part equal values moves to the nearer end of them.
function kuantil(urut: readonly number[], banyak: number): number[] {
  const batas: number[] = [];
  let mulai = 0;
  for (let sisa = banyak; sisa > 0 && mulai < urut.length; sisa--) {
    const sasaran = sisa === 1 ? urut.length - 1 : mulai + Math.max(1, Math.round((urut.length - mulai) / sisa)) - 1;
    const nilai = urut[sasaran];
    const sebelum = urut.findIndex((n) => n === nilai) - 1;
    const sampai = urut.findLastIndex((n) => n === nilai);
    const akhir = sebelum >= mulai && sasaran - sebelum < sampai - sasaran ? sebelum : sampai;
    batas.push(urut[akhir] ?? 0);
    mulai = akhir + 1;
  }
  return batas;
}

function langkah(dari: number, sampai: number, banyak: number): number[] {
  const lebar = (sampai - dari) / banyak;
  return Array.from({ length: banyak }, (_, i) => (i === banyak - 1 ? sampai : dari + lebar * (i + 1)));
}
