/** @jsxImportSource preact */
// What is said on the map of boundaries that are not there.

import type { Visible } from "./peta_area.tsx";
import { drawnLevel } from "./view.ts";
import type { View } from "./view.ts";
import type { LevelBatas } from "./wilayah_box.ts";
import { LEVEL_NAMES, levelOf } from "../hub/wording.ts";
import type { Level } from "../hub/wording.ts";

interface Props {
  view: View;
  levelBatas: LevelBatas | null;
  undrawn: string;
  visible: Visible | null;
  onLevel: (level: Level) => void;
}

/** One sentence at a time, the most particular one; nothing where all is drawn that was asked for. */
export function BatasNotice({ view, levelBatas, undrawn, visible, onLevel }: Props) {
  const missing = levelBatas !== null && !levelBatas.isLoaded && levelBatas.level === drawnLevel(view) && levelBatas.wilayah === view.wilayah ? levelBatas : null;
  const isNowhere = visible !== null && visible.kode.size === 0 && visible.startZoom === null && view.level !== "";
  return (
    <div class="kabar-batas" role="status">
      {undrawn !== "" && (
        <p>
          Batas {LEVEL_NAMES[levelOf(undrawn)].toLowerCase()} yang dipilih belum dimuat ke hub, jadi tidak dapat ditunjukkan di peta. Angkanya ada pada rincian dan tabel.
        </p>
      )}
      {undrawn === "" && missing !== null && (
        <p>
          Batas {LEVEL_NAMES[missing.level].toLowerCase()} belum dimuat ke hub, jadi angkanya hanya ada di tabel.{" "}
          {view.tab !== "pelaporan" && missing.others.map((one) => (
            <button key={one} type="button" class="tautan" onClick={() => onLevel(one)}>
              Tampilkan menurut {LEVEL_NAMES[one].toLowerCase()}
            </button>
          ))}
        </p>
      )}
      {undrawn === "" && missing === null && isNowhere && view.level !== "" && <p>Tidak ada batas {LEVEL_NAMES[view.level].toLowerCase()} di bagian peta ini.</p>}
    </div>
  );
}
