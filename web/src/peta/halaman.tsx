/** @jsxImportSource preact */
// The page: what is looked at (Tampilan) goes to the address, to the hub as questions, and to the map.

import { useCallback, useEffect, useMemo, useRef, useState } from "preact/hooks";
import { ambilJson, tanya } from "./ambil.ts";
import { bagi, muatAngka } from "./angka.ts";
import { muatCakupan, muatUsulan } from "./cakupan.ts";
import { CariWilayah } from "./cari_wilayah.tsx";
import { judulPeta, LembarCetak } from "./cetak.tsx";
import { Galat, Memuat } from "./kabar.tsx";
import { useAmbil } from "./kait.ts";
import { cariProvinsi, lengkapi, muatKatalog, muatTersedia, tingkatUntuk } from "./katalog.ts";
import type { Tersedia } from "./katalog.ts";
import { Kepala } from "./kepala.tsx";
import { PanelKanan } from "./panel.tsx";
import { usePeta } from "./pakai_peta.ts";
import { BidangPeta } from "./bidang_peta.tsx";
import type { Tunjuk } from "./bidang_peta.tsx";
import { warnaKelas } from "./palet.ts";
import type { Kena, Kotak } from "./peta_hub.ts";
import type { Benda } from "./rincian.tsx";
import { bacaTautan, tulisTautan } from "./tampilan.ts";
import type { Tampilan } from "./tampilan.ts";
import { TINGKAT, tulisAngka, tulisNilai } from "./tulisan.ts";

const KOTAK_WILAYAH: Record<string, string> = {
  PROVINSI: "query ($k: KodeWilayah!) { w: provinsi(kode: $k) { bbox kabupaten { bbox } } }",
  KABUPATEN: "query ($k: KodeWilayah!) { w: kabupaten(kode: $k) { bbox } }",
  KECAMATAN: "query ($k: KodeWilayah!) { w: kecamatan(kode: $k) { bbox } }",
  DESA: "query ($k: KodeWilayah!) { w: desa(kode: $k) { bbox } }",
};
interface JawabanKotak {
  w: { bbox: Kotak | null; kabupaten?: { bbox: Kotak | null }[] } | null;
}

/** The box around a region, or around those of its parts that have a boundary; null where none has. */
async function kotakWilayah(kode: string, sinyal?: AbortSignal): Promise<Kotak | null> {
  const tingkat = (["PROVINSI", "KABUPATEN", "KECAMATAN", "DESA"] as const)[kode.split(".").length - 1] ?? "DESA";
  const { w } = await tanya<JawabanKotak>(KOTAK_WILAYAH[tingkat] ?? "", { k: kode }, sinyal);
  const kotak = [w?.bbox ?? null, ...(w?.kabupaten ?? []).map((k) => k.bbox)].filter((k): k is Kotak => k !== null);
  if (kotak.length === 0) return null;
  const tepi = (i: 0 | 1 | 2 | 3) => kotak.map((k) => k[i]);
  return [Math.min(...tepi(0)), Math.min(...tepi(1)), Math.max(...tepi(2)), Math.max(...tepi(3))];
}

export function Halaman() {
  const [tampilan, atur] = useState<Tampilan>(() => bacaTautan(location.hash));
  const [versi, aturVersi] = useState(0); // grows with every token: everything is asked for again
  const [benda, aturBenda] = useState<Benda | null>(null);
  const [tunjuk, aturTunjuk] = useState<Tunjuk | null>(null);
  const [ubinGagal, aturUbinGagal] = useState(false);
  const [sibuk, aturSibuk] = useState(false);
  const [contoh, aturContoh] = useState(false);
  const [kabar, aturKabar] = useState("");

  const ubah = useCallback((isi: Partial<Tampilan>) => {
    atur((lama) => {
      const baru = { ...lama, ...isi };
      const boleh = tingkatUntuk(baru.wilayah);
      if (baru.tingkat !== "" && baru.wilayah !== "" && !boleh.includes(baru.tingkat)) baru.tingkat = boleh[1] ?? boleh[0] ?? "";
      return baru;
    });
  }, []);

  // ---------- what the hub says ----------
  const { wilayah, tingkat, data, periode, cara, kelas } = tampilan;
  const katalog = useAmbil(`katalog ${versi}`, muatKatalog);
  const teringat = useRef<[string, Tersedia] | null>(null);
  const tersedia = useAmbil(katalog.isi === null ? null : `${wilayah} ${versi}`, async (sinyal) => {
    if (teringat.current?.[0] === wilayah) return teringat.current; // found while looking for a province to begin with
    const baru: [string, Tersedia] = wilayah === "" ? await cariProvinsi(katalog.isi?.provinsi ?? [], sinyal) : [wilayah, await muatTersedia(wilayah, sinyal)];
    teringat.current = baru;
    return baru;
  });
  useEffect(() => {
    if (katalog.isi === null || tersedia.isi === null) return;
    const [kode, ada] = tersedia.isi;
    const isi = katalog.isi;
    atur((t) => (t.wilayah === "" || t.wilayah === kode ? lengkapi({ ...t, wilayah: kode }, isi, ada) : t));
  }, [katalog.isi, tersedia.isi]);

  const versiPeta = useAmbil(`versi ${versi}`, (sinyal) => ambilJson<{ batas?: string | null }>("/versi.json", sinyal));
  const butir = katalog.isi?.butir.find((b) => b.kode === data);
  const angka = useAmbil(butir === undefined || tingkat === "" || wilayah === "" ? null : `${data} ${periode} ${tingkat} ${wilayah} ${versi}`, (sinyal) => {
    if (butir === undefined || tingkat === "") throw new Error("asked without a question");
    return muatAngka({ butir, periode, tingkat, wilayah }, sinyal);
  });
  const pembagian = useMemo(() => (angka.isi === null ? null : bagi(angka.isi, cara, kelas)), [angka.isi, cara, kelas]);
  const jangkauan = { jenis: tampilan.cakupan, jarakKm: tampilan.jarakKm, wilayah };
  const kunciCakupan = tampilan.cakupan.length === 0 || wilayah === "" ? null : `${tampilan.cakupan.join()} ${tampilan.jarakKm} ${wilayah} ${versi}`;
  const cakupan = useAmbil(kunciCakupan, (sinyal) => muatCakupan(jangkauan, sinyal));
  const usulan = useAmbil(kunciCakupan, (sinyal) => muatUsulan(jangkauan, sinyal));

  // ---------- the map ----------
  const lihatWilayah = (kode: string) => {
    aturBenda({ jenis: "wilayah", kode });
    ubah({ dipilih: kode });
    kotakWilayah(kode).then(
      (kotak) => (kotak === null ? aturKabar("Batas wilayah itu belum dimuat ke hub, jadi tidak dapat ditunjukkan di peta.") : peta?.lihat(kotak)),
      () => undefined, // the details say what is wrong
    );
  };
  const pilih = ({ lapisan, sifat }: Kena) => {
    if (lapisan === "titik") aturBenda({ jenis: "sumber-daya", id: String(sifat["id"]) });
    else if (lapisan === "wksbm") aturBenda({ jenis: "wksbm", id: String(sifat["id"]) });
    else {
      const kode = String(sifat["kode"]);
      aturBenda({ jenis: "wilayah", kode });
      ubah({ dipilih: kode });
    }
  };
  const { wadah, peta, keadaan } = usePeta(tampilan.pandangan, {
    arahkan: (kena, x, y) => aturTunjuk(kena === null ? null : { kena, x, y }),
    pilih,
    gerak: (pandangan) => ubah({ pandangan }),
    gagal: () => aturUbinGagal(true),
    sibuk: aturSibuk,
    contoh: aturContoh,
  });
  // null until the map stands where it begins: shapes on the way there would be fetched for nothing
  const [ditempat, aturDitempat] = useState(tampilan.pandangan !== null);
  const batas = versiPeta.memuat || !ditempat ? null : (versiPeta.isi?.batas ?? "");
  useEffect(() => {
    if (tingkat !== "" && batas !== null) peta?.aturTingkat(tingkat, batas);
  }, [peta, tingkat, batas]);
  useEffect(() => {
    if (pembagian !== null && batas !== null) peta?.aturAngka(pembagian.rupa, warnaKelas(pembagian.kelas.length));
  }, [peta, pembagian, batas]);
  useEffect(() => {
    if (batas !== null) peta?.aturDipilih(tampilan.dipilih);
  }, [peta, tampilan.dipilih, batas]);
  useEffect(() => peta?.aturTitik(tampilan.titik), [peta, tampilan.titik.join()]);
  useEffect(() => peta?.aturWksbm(tampilan.wksbm ? { skala: tampilan.skala, tahap: tampilan.tahap } : null), [peta, tampilan.wksbm, tampilan.skala.join(), tampilan.tahap.join()]);
  useEffect(() => peta?.aturCakupan(kunciCakupan === null ? null : jangkauan), [peta, kunciCakupan]);
  useEffect(() => peta?.aturUsulan(kunciCakupan === null ? [] : (usulan.isi ?? [])), [peta, kunciCakupan, usulan.isi]);
  useEffect(() => {
    if (versi > 0) peta?.muatUlang();
  }, [versi]);

  // to the region that is asked about, unless the link says where to look
  const pernah = useRef(tampilan.pandangan !== null);
  const sebelum = useRef(tampilan.wilayah);
  useEffect(() => {
    if (peta === null || wilayah === "") return;
    const diganti = sebelum.current !== "" && sebelum.current !== wilayah;
    sebelum.current = wilayah;
    if (pernah.current && !diganti) return;
    pernah.current = true;
    kotakWilayah(wilayah)
      .then((kotak) => kotak !== null && peta.lihat(kotak, !diganti))
      .catch(() => undefined) // then it begins with all of Indonesia
      .finally(() => aturDitempat(true));
  }, [peta, wilayah]);

  // ---------- the address ----------
  useEffect(() => {
    const jam = setTimeout(() => history.replaceState(null, "", `#${tulisTautan(tampilan)}`), 200);
    return () => clearTimeout(jam);
  }, [tampilan]);
  useEffect(() => {
    const buka = () => {
      const baru = bacaTautan(location.hash);
      atur((lama) => ({ ...baru, wilayah: baru.wilayah || lama.wilayah, tingkat: baru.tingkat || lama.tingkat, data: baru.data || lama.data, periode: baru.periode || lama.periode }));
      if (baru.pandangan !== null) peta?.pindah(baru.pandangan);
      sebelum.current = baru.wilayah;
    };
    addEventListener("hashchange", buka);
    return () => removeEventListener("hashchange", buka);
  }, [peta]);
  useEffect(() => {
    if (tampilan.dipilih !== "") aturBenda({ jenis: "wilayah", kode: tampilan.dipilih });
  }, [tampilan.dipilih]);

  // ---------- what a screen reader is told ----------
  useEffect(() => {
    if (angka.isi === null || pembagian === null) return;
    const { butir: b, tingkat: t } = angka.isi.tanya;
    const [pertama, terakhir] = [pembagian.kelas[0], pembagian.kelas.at(-1)];
    const ada = (pembagian.hitungan.get("ADA") ?? 0) + (pembagian.hitungan.get("NOL") ?? 0);
    const rentang = pertama === undefined || terakhir === undefined ? "" : `, dari ${tulisNilai(pertama.dari, b.satuan)} sampai ${tulisNilai(terakhir.sampai, b.satuan)}`;
    aturKabar(`${judulPeta(angka.isi, katalog.isi)}: ${tulisAngka(ada)} dari ${tulisAngka(angka.isi.kode.length)} ${TINGKAT[t].toLowerCase()} ada angkanya${rentang}.`);
    document.title = `${b.nama} · Peta Hub Dinsos`;
  }, [angka.isi, pembagian]);

  const siap = katalog.isi !== null && tersedia.isi !== null;
  return (
    <>
      <a class="lompat" href="#panel" onClick={(e) => lompat(e, "panel")}>
        Langsung ke pilihan
      </a>
      <Kepala onToken={() => aturVersi((n) => n + 1)}>
        <CariWilayah
          versi={versi}
          onPilih={(w) => {
            const provinsi = w.kode.slice(0, 2);
            aturBenda({ jenis: "wilayah", kode: w.kode });
            ubah({ dipilih: w.kode, ...(w.kode.startsWith(wilayah) ? {} : { wilayah: provinsi }) });
            sebelum.current = w.kode.startsWith(wilayah) ? wilayah : provinsi; // the map goes to what was found, not to its province
            if (w.bbox !== null) peta?.lihat(w.bbox);
            else aturKabar(`Batas ${w.nama} belum dimuat ke hub, jadi tidak dapat ditunjukkan di peta.`);
          }}
        />
      </Kepala>
      <main class="isi">
        <BidangPeta
          {...{ wadah, keadaan, tampilan, tunjuk, benda, versi, ubinGagal, sibuk, contoh, butir, siap }}
          angka={angka}
          pembagian={pembagian}
          onTutup={() => {
            aturBenda(null);
            ubah({ dipilih: "" });
          }}
          onLihat={lihatWilayah}
          onUlang={() => {
            aturUbinGagal(false);
            peta?.muatUlang();
          }}
        />
        <aside id="panel" class="panel" aria-label="Pilihan dan tabel" tabIndex={-1}>
          {katalog.galat !== null && <Galat galat={katalog.galat} ulang={katalog.ulang} />}
          {tersedia.galat !== null && <Galat galat={tersedia.galat} ulang={tersedia.ulang} />}
          {!siap && katalog.galat === null && tersedia.galat === null && <Memuat apa="pilihan" />}
          {katalog.isi !== null && tersedia.isi !== null && (
            <PanelKanan
              {...{ tampilan, ubah, butir, angka, pembagian, cakupan, usulan, versi }}
              katalog={katalog.isi}
              tersedia={tersedia.isi[1]}
              tampak={() => peta?.tampak() ?? new Set()}
              onLihat={lihatWilayah}
              onWksbm={(id) => aturBenda({ jenis: "wksbm", id })}
            />
          )}
        </aside>
      </main>
      <div class="hanya-suara" role="status" aria-live="polite">
        {kabar}
      </div>
      <LembarCetak tampilan={tampilan} katalog={katalog.isi} angka={angka.isi} pembagian={pembagian} peta={peta} contoh={contoh} />
    </>
  );
}

// The part behind "#" is the page's own; a jump must not write into it.
function lompat(e: Event, ke: string): void {
  e.preventDefault();
  document.getElementById(ke)?.focus();
}
