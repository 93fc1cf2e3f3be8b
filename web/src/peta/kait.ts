// Hooks: an answer of the hub with its waiting and failing, and values that settle.

import { useEffect, useState } from "preact/hooks";
import { Gagal } from "./ambil.ts";

/** `isi` stays the last good answer while a new one is awaited. */
export interface Hasil<T> {
  isi: T | null;
  memuat: boolean;
  galat: Gagal | null;
  ulang: () => void;
}

/** Asks whenever `kunci` changes; null: nothing to ask. An answer that came too late is thrown away. */
export function useAmbil<T>(kunci: string | null, muat: (sinyal: AbortSignal) => Promise<T>): Hasil<T> {
  const [keadaan, atur] = useState<{ isi: T | null; memuat: boolean; galat: Gagal | null }>({ isi: null, memuat: false, galat: null });
  const [ke, aturKe] = useState(0);
  useEffect(() => {
    if (kunci === null) {
      atur({ isi: null, memuat: false, galat: null });
      return;
    }
    const batal = new AbortController();
    atur((lama) => ({ isi: lama.isi, memuat: true, galat: null }));
    muat(batal.signal).then(
      (isi) => !batal.signal.aborted && atur({ isi, memuat: false, galat: null }),
      (salah: unknown) => {
        if (batal.signal.aborted) return;
        const galat = salah instanceof Gagal ? salah : new Gagal("Jawaban hub tidak terbaca.", "Muat ulang halaman ini; bila berulang, hubungi pengelola hub.");
        if (!(salah instanceof Gagal)) console.error(salah);
        atur({ isi: null, memuat: false, galat });
      },
    );
    return () => batal.abort();
  }, [kunci, ke]);
  const gagal = keadaan.galat !== null;
  useEffect(() => {
    if (!gagal) return;
    const ulang = () => aturKe((n) => n + 1); // the line is back: nobody needs to press anything
    addEventListener("online", ulang);
    return () => removeEventListener("online", ulang);
  }, [gagal]);
  return { ...keadaan, ulang: () => aturKe((n) => n + 1) };
}

/** The value once it has stayed the same for `ms`. */
export function useTenang<T>(nilai: T, ms: number): T {
  const [tenang, atur] = useState(nilai);
  useEffect(() => {
    const jam = setTimeout(() => atur(nilai), ms);
    return () => clearTimeout(jam);
  }, [nilai, ms]);
  return tenang;
}
