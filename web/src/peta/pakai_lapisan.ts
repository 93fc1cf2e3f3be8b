// From what is looked at, and what the hub says about it, to the map's layers.

import { useEffect, useRef, useState } from "preact/hooks";
import { kotakWilayah } from "./letak_wilayah.ts";
import type { Isi } from "./pakai_isi.ts";
import { warnaKelas } from "./palet.ts";
import type { PetaHub } from "./peta_hub.ts";
import type { Tampilan } from "./tampilan.ts";

/** Keeps the map as the view says. Returns a word to say before the region is changed by something that moves the map
 * itself: then the map does not go to the region as well. */
export function useLapisan(peta: PetaHub | null, tampilan: Tampilan, isi: Isi, versi: number): (wilayah: string) => void {
  const { tingkat, wksbm, skala, tahap, titik, mutu, dipilih } = tampilan;
  const { pembagian, jangkauan, cakupan, usulan } = isi;
  const [ditempat, sudahDilihat] = useTempat(peta, tampilan);
  const batas = ditempat ? isi.batas : null;
  useEffect(() => {
    if (tingkat !== "" && batas !== null) peta?.aturTingkat(tingkat, batas);
  }, [peta, tingkat, batas]);
  useEffect(() => {
    if (pembagian !== null && batas !== null) peta?.aturAngka(pembagian.rupa, warnaKelas(pembagian.kelas.length));
  }, [peta, pembagian, batas]);
  useEffect(() => {
    if (batas !== null) peta?.aturDipilih(dipilih);
  }, [peta, dipilih, batas]);
  useEffect(() => peta?.aturTitik(ditempat ? titik : []), [peta, ditempat, titik.join()]);
  useEffect(() => peta?.aturMutu(ditempat ? mutu : []), [peta, ditempat, mutu.join()]);
  useEffect(() => peta?.aturWksbm(wksbm && ditempat ? { skala, tahap } : null), [peta, ditempat, wksbm, skala.join(), tahap.join()]);
  useEffect(() => {
    const ada = jangkauan === null ? null : cakupan.isi;
    const celah = ada?.baris.map((b) => b.desa.kode) ?? [];
    if (batas !== null) peta?.aturCakupan(ada === null ? null : { celah, area: ada.area }, batas);
  }, [peta, batas, jangkauan, cakupan.isi]);
  useEffect(() => peta?.aturUsulan(jangkauan === null ? [] : (usulan.isi ?? [])), [peta, jangkauan, usulan.isi]);
  useEffect(() => {
    if (versi > 0) peta?.muatUlang(); // another token sees other tiles
  }, [versi]);
  return sudahDilihat;
}

// To the region that is asked about, unless the link says where to look. First: whether the map stands where it begins;
// shapes on the way there would be fetched for nothing.
function useTempat(peta: PetaHub | null, { wilayah, pandangan }: Tampilan): [boolean, (wilayah: string) => void] {
  const [ditempat, aturDitempat] = useState(pandangan !== null);
  const dilihat = useRef(pandangan === null ? "" : wilayah);
  const pernah = useRef(pandangan !== null);
  useEffect(() => {
    if (peta === null || wilayah === "" || dilihat.current === wilayah) return;
    if (pernah.current && dilihat.current === "") {
      dilihat.current = wilayah; // the link said where to look, and left open at what
      return;
    }
    const pertama = !pernah.current;
    dilihat.current = wilayah;
    pernah.current = true;
    kotakWilayah(wilayah)
      .then((kotak) => kotak !== null && peta.lihat(kotak, pertama))
      .catch(() => undefined) // then it begins with all of Indonesia
      .finally(() => aturDitempat(true));
  }, [peta, wilayah]);
  return [ditempat, (baru) => (dilihat.current = baru)];
}
