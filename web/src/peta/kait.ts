// Hooks: an answer of the hub with its waiting and failing, and values that settle.

import { useEffect, useState } from "preact/hooks";
import { Gagal } from "./fetch.ts";

/** `isi` stays the last good answer while a new one is awaited; `memuat` holds from the moment there is something new to ask. */
export interface Hasil<T> {
  isi: T | null;
  memuat: boolean;
  galat: Gagal | null;
  ulang: () => void;
}

interface Keadaan<T> {
  kunci: string | null; // what it was asked for
  isi: T | null;
  memuat: boolean;
  galat: Gagal | null;
}

/** Asks whenever `kunci` changes; null: nothing to ask. An answer that came too late is thrown away. */
export function useAmbil<T>(kunci: string | null, muat: (sinyal: AbortSignal) => Promise<T>): Hasil<T> {
  const [keadaan, atur] = useState<Keadaan<T>>({ kunci: null, isi: null, memuat: false, galat: null });
  const [ke, aturKe] = useState(0);
  useEffect(() => {
    if (kunci === null) {
      atur({ kunci, isi: null, memuat: false, galat: null });
      return;
    }
    const batal = new AbortController();
    atur((lama) => ({ kunci, isi: lama.isi, memuat: true, galat: null }));
    muat(batal.signal).then(
      (isi) => !batal.signal.aborted && atur({ kunci, isi, memuat: false, galat: null }),
      (salah: unknown) => {
        if (batal.signal.aborted) return;
        const galat = salah instanceof Gagal ? salah : new Gagal("Jawaban hub tidak terbaca.", "Muat ulang halaman ini; bila berulang, hubungi pengelola hub.");
        if (!(salah instanceof Gagal)) console.error(salah);
        atur({ kunci, isi: null, memuat: false, galat });
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
  const ulang = () => aturKe((n) => n + 1);
  // the effect that asks runs after the page was drawn with the new key: until then the state still speaks of the old one
  if (keadaan.kunci !== kunci) return { isi: kunci === null ? null : keadaan.isi, memuat: kunci !== null, galat: null, ulang };
  return { isi: keadaan.isi, memuat: keadaan.memuat, galat: keadaan.galat, ulang };
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
