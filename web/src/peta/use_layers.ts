// From what is looked at, and what the hub says about it, to the map's layers.

import { useEffect, useRef, useState } from "preact/hooks";
import type { Look } from "./angka.ts";
import type { Start } from "./katalog.ts";
import type { Content } from "./use_content.ts";
import { classColours } from "./palette.ts";
import type { PetaHub } from "./peta_hub.ts";
import { REPORTING_COLOURS } from "./reporting.ts";
import { drawnLevel } from "./view.ts";
import type { View } from "./view.ts";

const NO_LOOKS: ReadonlyMap<string, Look> = new Map<string, Look>();

/** Brings regions into view; `atOnce`: without flying. Settles when the map is on its way, or there is nowhere to go. */
export type GoTo = (places: readonly string[], atOnce?: boolean) => Promise<void>;

/** Keeps the map as the view says. Returns a word to say before the region is changed by something that moves the map
 * itself: then the map does not go to the region as well. */
export function useLayers(peta: PetaHub | null, view: View, content: Content, version: number, goTo: GoTo): (wilayah: string) => void {
  const { wksbm, scales, stages, sumberDayaKinds, batasKinds, chosen } = view;
  const { classification, reach, cakupan, proposals } = content;
  const level = drawnLevel(view);
  const isReporting = view.tab === "pelaporan";
  const reporting = isReporting ? content.reporting.content : null;
  const [inPlace, alreadyShown] = usePlace(peta, view, content.start, goTo);
  const batas = inPlace ? content.batas : null;
  useEffect(() => {
    if (level !== "" && batas !== null) peta?.setLevel(level, batas);
  }, [peta, level, batas]);
  useEffect(() => {
    // no figures, no colours: what an earlier question was answered must not stand under another name
    if (batas === null || level === "") return; // before there is a level there are no shapes to colour
    if (isReporting) peta?.setAngka(reporting?.looks ?? NO_LOOKS, REPORTING_COLOURS);
    else peta?.setAngka(classification?.looks ?? NO_LOOKS, classColours(classification?.classes.length ?? 1));
  }, [peta, classification, batas, level === "", isReporting, reporting]);
  useEffect(() => {
    if (batas !== null) peta?.setSigns(reporting?.signs ?? []);
  }, [peta, batas, reporting]);
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
function usePlace(peta: PetaHub | null, { wilayah, camera }: View, start: Start | null, goTo: GoTo): [boolean, (wilayah: string) => void] {
  const [isAsked] = useState(wilayah !== ""); // a link that names a region shows all of it
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
    const places = isFirst && !isAsked && start?.wilayah === wilayah ? start.places : [wilayah];
    void goTo(places, isFirst).then(() => setInPlace(true)); // where it does not get to, it begins with all of Indonesia
  }, [peta, wilayah]);
  return [inPlace, (next) => (shown.current = next)];
}
