// The map in a page that lives without it: MapLibre comes after the page has shown itself, and never where it cannot draw.

import { useEffect, useRef, useState } from "preact/hooks";
import type { Kejadian, PetaHub } from "./peta_hub.ts";
import type { Pandangan } from "./tampilan.ts";

export type KeadaanPeta = "memuat" | "siap" | "tanpa-webgl" | "gagal";

export interface PetaTerpasang {
  wadah: { current: HTMLDivElement | null };
  peta: PetaHub | null;
  keadaan: KeadaanPeta;
}

/** Whether this browser can draw the map at all. */
export function bisaMenggambar(): boolean {
  return document.createElement("canvas").getContext("webgl2") !== null;
}

export function usePeta(awal: Pandangan | null, kejadian: Kejadian): PetaTerpasang {
  const wadah = useRef<HTMLDivElement>(null);
  const terbaru = useRef(kejadian);
  terbaru.current = kejadian;
  const [peta, aturPeta] = useState<PetaHub | null>(null);
  const [keadaan, aturKeadaan] = useState<KeadaanPeta>(() => (bisaMenggambar() ? "memuat" : "tanpa-webgl"));
  useEffect(() => {
    if (keadaan === "tanpa-webgl") return;
    let dibuka: PetaHub | null = null;
    let batal = false;
    import("./peta_hub.ts").then(
      ({ PetaHub }) => {
        if (batal || wadah.current === null) return;
        dibuka = new PetaHub(wadah.current, awal, {
          arahkan: (...isi) => terbaru.current.arahkan(...isi),
          pilih: (kena) => terbaru.current.pilih(kena),
          gerak: (pandangan) => terbaru.current.gerak(pandangan),
          gagal: () => terbaru.current.gagal(),
          tampak: (...isi) => terbaru.current.tampak(...isi),
          sibuk: (sibuk) => terbaru.current.sibuk(sibuk),
        });
        Object.assign(wadah.current, { petaHub: dibuka }); // for whoever looks from the browser's console, and for the tests
        aturPeta(dibuka);
        aturKeadaan("siap");
      },
      () => aturKeadaan("gagal"),
    );
    return () => {
      batal = true;
      dibuka?.tutup();
    };
  }, []);
  return { wadah, peta, keadaan };
}
