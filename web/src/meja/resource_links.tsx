/** @jsxImportSource preact */
// From the start to resources, warehouses and networks.

import { useOnDevice } from "./line.ts";
import { refusedCount } from "./sumber_daya_sender.ts";
import { useDesk } from "./use_session.ts";

export function ResourceLinks() {
  const { person } = useDesk();
  const refused = refusedCount(useOnDevice(person).queue);
  return (
    <section class="kartu" aria-labelledby="sumber-daya">
      <h2 id="sumber-daya">Sumber daya dan jejaring</h2>
      {refused > 0 && (
        <p class="galat">
          {refused} isian tidak diterima hub. <a href="#/sumber-daya">Lihat dan perbaiki</a>
        </p>
      )}
      <ul class="tautan">
        <li>
          <a href="#/sumber-daya">Sumber daya</a>
          <span>Panti, LKS, puskesos dan lainnya: cari, tambah, ubah, dan berkas yang segera berakhir.</span>
        </li>
        <li>
          <a href="#/gudang">Gudang bencana</a>
          <span>Persediaan, barang masuk dan keluar, kiriman antarkantor.</span>
        </li>
        <li>
          <a href="#/wksbm">WKSBM</a>
          <span>Profil jejaring, kegiatan dan tahapnya.</span>
        </li>
      </ul>
    </section>
  );
}
