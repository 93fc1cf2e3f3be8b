/** @jsxImportSource preact */
// The page: what is looked at (Tampilan) goes to the address, to the hub as questions, and to the map.

import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import { BidangPeta } from "./bidang_peta.tsx";
import type { Tampak, Tunjuk } from "./bidang_peta.tsx";
import { CariWilayah } from "./cari_wilayah.tsx";
import type { WilayahDicari } from "./cari_wilayah.tsx";
import { judulPeta, LembarCetak } from "./cetak.tsx";
import { Galat, Memuat } from "./kabar.tsx";
import { Kepala } from "./kepala.tsx";
import { boxOf, kotakWilayah } from "./letak_wilayah.ts";
import { useAlamat } from "./pakai_alamat.ts";
import { useIsi } from "./pakai_isi.ts";
import type { Isi } from "./pakai_isi.ts";
import { useLapisan } from "./pakai_lapisan.ts";
import { usePeta } from "./pakai_peta.ts";
import { PanelKanan } from "./panel.tsx";
import type { Kena, PetaHub } from "./peta_hub.ts";
import type { Benda } from "./rincian.tsx";
import { isKeyOf, MUTU_BATAS } from "./palet.ts";
import type { Tampilan } from "./tampilan.ts";
import { TINGKAT, tulisAngka, tulisNilai, wordOf } from "./tulisan.ts";

const TANPA_BATAS = "Batas wilayah itu belum dimuat ke hub, jadi tidak dapat ditunjukkan di peta.";

export function Halaman() {
  const petaSekarang = useRef<PetaHub | null>(null);
  const dibuka = useCallback((t: Tampilan) => {
    if (t.wilayah !== "") sudahDilihatSekarang.current(t.wilayah);
    if (t.pandangan !== null) petaSekarang.current?.pindah(t.pandangan);
  }, []);
  const { tampilan, atur, ubah } = useAlamat(dibuka);
  const [versi, aturVersi] = useState(0); // grows with every token: everything is asked for again
  const [benda, aturBenda] = useState<Benda | null>(null);
  const [tunjuk, aturTunjuk] = useState<Tunjuk | null>(null);
  const [ubinGagal, aturUbinGagal] = useState(false);
  const [sibuk, aturSibuk] = useState(false);
  const [tampak, aturTampak] = useState<Tampak | null>(null);
  const [kabar, aturKabar] = useState("");
  const isi = useIsi(tampilan, atur, versi);
  const { katalog, tersedia, angka, pembagian, butir } = isi;

  const pilihWilayah = (kode: string) => {
    aturBenda({ jenis: "wilayah", kode });
    ubah({ dipilih: kode });
  };
  const pilih = ({ lapisan, sifat }: Kena) => {
    if (lapisan === "titik" && sifat["id"] === undefined) pilihWilayah(String(sifat["kode_desa"]));
    else if (lapisan === "titik") aturBenda({ jenis: "sumber-daya", id: String(sifat["id"]) });
    else if (lapisan === "wksbm") aturBenda({ jenis: "wksbm", id: String(sifat["id"]) });
    else if (lapisan === "mutu" || lapisan === "mutu-titik") aturBenda((b) => temuanBatas(sifat) ?? b);
    else pilihWilayah(String(sifat["kode"]));
  };
  const { wadah, peta, keadaan } = usePeta(tampilan.pandangan, {
    arahkan: (kena, x, y) => aturTunjuk(kena === null ? null : { kena, x, y }),
    pilih,
    gerak: (pandangan) => ubah({ pandangan }),
    gagal: () => aturUbinGagal(true),
    sibuk: aturSibuk,
    tampak: (kode, contoh, mulai) => aturTampak((t) => (t !== null && t.contoh === contoh && t.mulai === mulai && sama(t.kode, kode) ? t : { kode, contoh, mulai })),
  });
  petaSekarang.current = peta;
  const sudahDilihat = useLapisan(peta, tampilan, isi, versi);
  const sudahDilihatSekarang = useRef(sudahDilihat);
  sudahDilihatSekarang.current = sudahDilihat;

  const lihatWilayah = (kode: string) => {
    pilihWilayah(kode);
    kotakWilayah(kode).then(
      (kotak) => (kotak === null ? aturKabar(TANPA_BATAS) : peta?.lihat(kotak)),
      () => undefined, // the details say what is wrong
    );
  };
  const ulangUbin = () => {
    aturUbinGagal(false);
    peta?.muatUlang();
  };
  useEffect(() => {
    if (!ubinGagal) return;
    addEventListener("online", ulangUbin);
    return () => removeEventListener("online", ulangUbin);
  }, [ubinGagal, peta]);
  const temukan = ({ kode, bbox }: WilayahDicari) => {
    const wilayah = kode.startsWith(tampilan.wilayah) ? tampilan.wilayah : kode.slice(0, 2);
    sudahDilihat(wilayah); // the map goes to what was found, not to its province
    aturBenda({ jenis: "wilayah", kode });
    ubah({ dipilih: kode, wilayah });
    const kotak = boxOf(bbox);
    if (kotak === null) aturKabar(TANPA_BATAS);
    else peta?.lihat(kotak);
  };

  useEffect(() => {
    if (tampilan.dipilih !== "") aturBenda({ jenis: "wilayah", kode: tampilan.dipilih });
  }, [tampilan.dipilih]);
  useEffect(() => {
    if (angka.isi === null) return;
    aturKabar(ringkasan(isi));
    document.title = `${angka.isi.tanya.butir.nama} · Peta Hub Dinsos`;
  }, [angka.isi, pembagian]);

  return (
    <>
      <a class="lompat" href="#panel" onClick={lompatKePanel}>
        Langsung ke pilihan
      </a>
      <Kepala onToken={() => aturVersi((n) => n + 1)}>
        <CariWilayah versi={versi} onPilih={temukan} />
      </Kepala>
      <main class="isi">
        <h1 class="hanya-suara">{judulPeta(angka.isi, katalog.isi)}</h1>
        <BidangPeta
          {...{ wadah, keadaan, tampilan, tunjuk, benda, versi, ubinGagal, sibuk, tampak, butir, angka, pembagian }}
          siap={tersedia.isi !== null && tampilan.data !== ""}
          onTutup={() => {
            aturBenda(null);
            ubah({ dipilih: "" });
          }}
          onLihat={lihatWilayah}
          onSumberDaya={(id) => aturBenda({ jenis: "sumber-daya", id })}
          onUlang={ulangUbin}
        />
        <aside id="panel" class="panel" aria-label="Pilihan dan tabel" tabIndex={-1}>
          <KabarPilihan isi={isi} />
          {katalog.isi !== null && tersedia.isi !== null && (
            <PanelKanan
              {...{ tampilan, ubah, butir, angka, pembagian, versi }}
              cakupan={isi.cakupan}
              usulan={isi.usulan}
              katalog={katalog.isi}
              tersedia={tersedia.isi[1]}
              tampak={tampak?.kode ?? null}
              onLihat={lihatWilayah}
              onWksbm={(id) => aturBenda({ jenis: "wksbm", id })}
            />
          )}
        </aside>
      </main>
      <div class="hanya-suara" role="status" aria-live="polite">
        {kabar}
      </div>
      <LembarCetak tampilan={tampilan} katalog={katalog.isi} angka={angka.isi} pembagian={pembagian} peta={peta} contoh={tampak?.contoh === true} />
    </>
  );
}

function KabarPilihan({ isi: { katalog, tersedia } }: { isi: Isi }) {
  const gagal = katalog.galat !== null ? katalog : tersedia.galat !== null ? tersedia : null;
  if (gagal !== null && gagal.galat !== null) return <Galat galat={gagal.galat} ulang={gagal.ulang} />;
  return katalog.isi === null || tersedia.isi === null ? <Memuat apa="pilihan" /> : null;
}

// What a screen reader is told when other figures have come.
function ringkasan({ angka, pembagian, katalog }: Isi): string {
  if (angka.isi === null || pembagian === null) return "";
  const { butir, tingkat } = angka.isi.tanya;
  const [pertama, terakhir] = [pembagian.kelas[0], pembagian.kelas.at(-1)];
  const ada = (pembagian.hitungan.get("ADA") ?? 0) + (pembagian.hitungan.get("NOL") ?? 0);
  const rentang = pertama === undefined || terakhir === undefined ? "" : `, dari ${tulisNilai(pertama.dari, butir.satuan)} sampai ${tulisNilai(terakhir.sampai, butir.satuan)}`;
  return `${judulPeta(angka.isi, katalog.isi)}: ${tulisAngka(ada)} dari ${tulisAngka(angka.isi.kode.length)} ${TINGKAT[tingkat].toLowerCase()} ada angkanya${rentang}.`;
}

function temuanBatas(sifat: Kena["sifat"]): Benda | null {
  const lain = wordOf(sifat["lain"]);
  if (!isKeyOf(MUTU_BATAS, sifat["jenis"])) return null;
  return {
    jenis: "batas", apa: sifat["jenis"], kode: String(sifat["kode"]), lain: lain === "" ? [] : lain.split(", "),
    luasM2: Number(sifat["luas_m2"]), bagian: sifat["bagian"] === undefined ? null : Number(sifat["bagian"]),
  };
}

const sama = (a: Set<string>, b: Set<string>): boolean => a.size === b.size && [...a].every((k) => b.has(k));

// The part behind "#" is the page's own; a jump must not write into it.
function lompatKePanel(e: Event): void {
  e.preventDefault();
  document.getElementById("panel")?.focus();
}
