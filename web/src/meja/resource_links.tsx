/** @jsxImportSource preact */
// From the start to resources, warehouses and networks.

import { useOnDevice } from "./line.ts";
import { refusedCount } from "./sumber_daya_sender.ts";
import { useDesk } from "./use_session.ts";

export function ResourceLinks() {
  const { person } = useDesk();
  const refused = refusedCount(useOnDevice(person).queue);
  return (
    <>
      <nav class="bagian" aria-label="Bagian meja kerja">
        <a href="#/sumber-daya">Sumber daya</a>
        <a href="#/gudang">Gudang bencana</a>
        <a href="#/wksbm">WKSBM</a>
      </nav>
      {refused > 0 && (
        <p class="galat">
          {refused} isian sumber daya, gudang atau WKSBM tidak diterima hub. <a href="#/sumber-daya">Lihat dan perbaiki</a>
        </p>
      )}
    </>
  );
}
