// What the hub says about what is looked at: choices, figures, reach, the version of the shapes.

import { useEffect, useMemo, useRef } from "preact/hooks";
import { ambilJson } from "./fetch.ts";
import { bagi, muatAngka } from "./angka.ts";
import type { Angka, Pembagian } from "./angka.ts";
import { muatCakupan, muatUsulan } from "./cakupan.ts";
import type { Cakupan, Jangkauan, Usulan } from "./cakupan.ts";
import { useAmbil } from "./kait.ts";
import type { Hasil } from "./kait.ts";
import { cariProvinsi, lengkapi, muatKatalog, muatTersedia } from "./katalog.ts";
import type { Butir, Katalog, Tersedia } from "./katalog.ts";
import type { Tampilan } from "./tampilan.ts";

export interface Isi {
  katalog: Hasil<Katalog>;
  /** the region that it is about, and what that has */
  tersedia: Hasil<[string, Tersedia]>;
  butir: Butir | undefined;
  angka: Hasil<Angka>;
  pembagian: Pembagian | null;
  jangkauan: Jangkauan | null; // null: no reach is shown
  cakupan: Hasil<Cakupan>;
  usulan: Hasil<Usulan[]>;
  batas: string | null; // version of the shapes; null: not known yet, "": the hub does not say
}

/** `versi` grows when everything is to be asked for again. `atur` fills in what the view leaves open. */
export function useIsi(tampilan: Tampilan, atur: (f: (t: Tampilan) => Tampilan) => void, versi: number): Isi {
  const { wilayah, cara, kelas } = tampilan;
  const katalog = useAmbil(`katalog ${versi}`, muatKatalog);
  const tersedia = useTersedia(katalog.isi, wilayah, versi);
  useEffect(() => {
    if (katalog.isi === null || tersedia.isi === null) return;
    const [kode, ada] = tersedia.isi;
    const isi = katalog.isi;
    atur((t) => (t.wilayah === "" || t.wilayah === kode ? lengkapi({ ...t, wilayah: kode }, isi, ada) : t));
  }, [katalog.isi, tersedia.isi]);

  const butir = katalog.isi?.butir.find((b) => b.kode === tampilan.data);
  const angka = useAngka(tampilan, butir, versi);
  const pembagian = useMemo(() => (angka.isi === null ? null : bagi(angka.isi, cara, kelas)), [angka.isi, cara, kelas]);

  const kunci = tampilan.cakupan.length === 0 || wilayah === "" ? null : `${tampilan.cakupan.join()} ${tampilan.jarakKm} ${wilayah} ${versi}`;
  const jangkauan = useMemo(() => (kunci === null ? null : { jenis: tampilan.cakupan, jarakKm: tampilan.jarakKm, wilayah }), [kunci]);
  const cakupan = useAmbil(kunci, (sinyal) => muatCakupan(adakan(jangkauan), sinyal));
  const usulan = useAmbil(kunci, (sinyal) => muatUsulan(adakan(jangkauan), sinyal));

  const versiPeta = useAmbil(`versi ${versi}`, (sinyal) => ambilJson<{ batas?: string | null }>("/versi.json", sinyal));
  const batas = versiPeta.memuat || (versiPeta.isi === null && versiPeta.galat === null) ? null : (versiPeta.isi?.batas ?? "");
  return { katalog, tersedia, butir, angka, pembagian, jangkauan, cakupan, usulan, batas };
}

function useTersedia(katalog: Katalog | null, wilayah: string, versi: number): Hasil<[string, Tersedia]> {
  const teringat = useRef<[string, Tersedia] | null>(null); // found while looking for a province to begin with
  return useAmbil(katalog === null ? null : `${wilayah} ${versi}`, async (sinyal) => {
    if (teringat.current?.[0] !== wilayah || wilayah === "") {
      teringat.current = wilayah === "" ? await cariProvinsi(katalog?.provinsi ?? [], sinyal) : [wilayah, await muatTersedia(wilayah, sinyal)];
    }
    return teringat.current;
  });
}

function useAngka({ data, periode, tingkat, wilayah }: Tampilan, butir: Butir | undefined, versi: number): Hasil<Angka> {
  const siap = butir !== undefined && tingkat !== "" && wilayah !== "";
  return useAmbil(siap ? `${data} ${periode} ${tingkat} ${wilayah} ${versi}` : null, (sinyal) => {
    if (!siap) throw new Error("asked without a question");
    return muatAngka({ butir, periode, tingkat, wilayah }, sinyal);
  });
}

function adakan<T>(nilai: T | null): T {
  if (nilai === null) throw new Error("asked without a question");
  return nilai;
}
