/** @jsxImportSource preact */
// What comes out of the printer: title, map, legend, completeness, source, date. Seen on paper only.

import { useEffect, useRef } from "preact/hooks";
import type { Angka, Classification } from "./angka.ts";
import { wilayahName } from "./katalog.ts";
import type { Katalog } from "./katalog.ts";
import { Legend } from "./legend.tsx";
import type { ShownReporting } from "./legend.tsx";
import type { PetaHub } from "./peta_hub.ts";
import type { View } from "./view.ts";
import { periodeName, LEVEL_NAMES, WHY_CLOSED, writeDate } from "../hub/wording.ts";

interface Props {
  view: View;
  katalog: Katalog | null;
  angka: Angka | null;
  classification: Classification | null;
  peta: PetaHub | null;
  isSample: boolean;
  reporting: ShownReporting | null;
}

/** What the page shows, in a line. */
export function petaTitle(angka: Angka | null, katalog: Katalog | null, classification: Classification | null): string {
  if (angka === null || katalog === null) return "Peta Hub Dinsos";
  const { item, level, wilayah, periode } = angka.question;
  const rate = classification?.shown.rate ?? null;
  return `${item.nama}${rate === null ? "" : ` per 1.000 ${rate.base.word}`} menurut ${LEVEL_NAMES[level].toLowerCase()}, ${wilayahName(wilayah, katalog)}, ${periodeName(periode)}`;
}

export function PrintSheet({ view, katalog, angka, classification, peta, isSample, reporting }: Props) {
  const image = useRef<HTMLImageElement>(null);
  useEffect(() => {
    const prepare = () => {
      if (peta !== null && image.current !== null) image.current.src = peta.picture();
    };
    addEventListener("beforeprint", prepare);
    return () => removeEventListener("beforeprint", prepare);
  }, [peta]);
  return (
    <section class="lembar-cetak" aria-hidden="true">
      <h1>{reporting === null ? petaTitle(angka, katalog, classification) : `Pelaporan ${reporting.name}, ${katalog === null ? "" : wilayahName(view.wilayah, katalog)}, ${periodeName(reporting.content.periode)}`}</h1>
      <div class="isi-cetak">
        <img ref={image} alt="" hidden={peta === null} />
        <div class="legenda-cetak">
          <Legend view={view} angka={angka} classification={classification} reporting={reporting} />
        </div>
      </div>
      {classification?.counts.has("DISUPRESI") === true && (
        <p>Dirahasiakan: {WHY_CLOSED}.</p>
      )}
      <p>
        Dicetak {writeDate(new Date())} dari Hub Dinsos, {location.host}. Batas wilayah: {isSample ? "peta contoh buatan, bukan batas resmi." : "yang berlaku hari ini menurut hub."}
      </p>
    </section>
  );
}
