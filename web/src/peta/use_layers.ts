// From what is looked at, and what the hub says about it, to the map's layers.

import { useEffect, useRef, useState } from "preact/hooks";
import { wilayahBox } from "./wilayah_box.ts";
import type { Content } from "./use_content.ts";
import { classColours } from "./palette.ts";
import type { PetaHub } from "./peta_hub.ts";
import type { View } from "./view.ts";

/** Keeps the map as the view says. Returns a word to say before the region is changed by something that moves the map
 * itself: then the map does not go to the region as well. */
export function useLayers(peta: PetaHub | null, view: View, content: Content, version: number): (wilayah: string) => void {
  const { level, wksbm, scales, stages, sumberDayaKinds, batasKinds, chosen } = view;
  const { classification, reach, cakupan, proposals } = content;
  const [inPlace, alreadyShown] = usePlace(peta, view);
  const batas = inPlace ? content.batas : null;
  useEffect(() => {
    if (level !== "" && batas !== null) peta?.setLevel(level, batas);
  }, [peta, level, batas]);
  useEffect(() => {
    if (classification !== null && batas !== null) peta?.setAngka(classification.looks, classColours(classification.classes.length));
  }, [peta, classification, batas]);
  useEffect(() => {
    if (batas !== null) peta?.setChosen(chosen);
  }, [peta, chosen, batas]);
  useEffect(() => peta?.setSumberDaya(inPlace ? sumberDayaKinds : []), [peta, inPlace, sumberDayaKinds.join()]);
  useEffect(() => peta?.setQuality(inPlace ? batasKinds : []), [peta, inPlace, batasKinds.join()]);
  useEffect(() => peta?.setWksbm(wksbm && inPlace ? { skala: scales, tahap: stages } : null), [peta, inPlace, wksbm, scales.join(), stages.join()]);
  useEffect(() => {
    const shown = reach === null ? null : cakupan.content;
    const gaps = shown?.baris.map((b) => b.desa.kode) ?? [];
    if (batas !== null) peta?.setCakupan(shown === null ? null : { gaps, area: shown.area }, batas);
  }, [peta, batas, reach, cakupan.content]);
  useEffect(() => peta?.setProposals(reach === null ? [] : (proposals.content ?? [])), [peta, reach, proposals.content]);
  useEffect(() => {
    if (version > 0) peta?.reloadAll(); // another token sees other tiles
  }, [version]);
  return alreadyShown;
}

// To the region that is asked about, unless the link says where to look. First: whether the map stands where it begins;
// shapes on the way there would be fetched for nothing.
function usePlace(peta: PetaHub | null, { wilayah, camera }: View): [boolean, (wilayah: string) => void] {
  const [inPlace, setInPlace] = useState(camera !== null);
  const shown = useRef(camera === null ? "" : wilayah);
  const everPlaced = useRef(camera !== null);
  useEffect(() => {
    if (peta === null || wilayah === "" || shown.current === wilayah) return;
    if (everPlaced.current && shown.current === "") {
      shown.current = wilayah; // the link said where to look, and left open at what
      return;
    }
    const isFirst = !everPlaced.current;
    shown.current = wilayah;
    everPlaced.current = true;
    wilayahBox(wilayah)
      .then((box) => box !== null && peta.fit(box, isFirst))
      .catch(() => undefined) // then it begins with all of Indonesia
      .finally(() => setInPlace(true));
  }, [peta, wilayah]);
  return [inPlace, (next) => (shown.current = next)];
}
