/** @jsxImportSource preact */
// The bar on top: where one is, who one is, whether all is sent, and the way out.

import { useEffect, useRef, useState } from "preact/hooks";
import { fullName, writeMoment } from "../hub/wording.ts";
import { useOnDevice, useOnline } from "./line.ts";
import type { OnDevice } from "./line.ts";
import { personOf } from "./session.ts";
import type { Who } from "./session.ts";

/** Which office somebody is of, as people call it. */
export function officeOf(who: Who): string {
  if (who.wilayah === null) return who.peran === "ADMIN" ? "Pengelola hub" : who.nama;
  return who.peran === "PROVINSI" ? `Provinsi ${who.wilayah.nama}` : fullName(who.wilayah.nama, who.wilayah.kode);
}

export function Bar({ who, onLeave }: { who: Who | null; onLeave: () => Promise<void> }) {
  return (
    <header class="kepala">
      <a href="/" class="nama">
        Hub Dinsos
      </a>
      <nav aria-label="Halaman hub">
        <a href="/meja#/" aria-current="page">
          Meja kerja
        </a>
        <a href="/peta">Peta</a>
      </nav>
      {who !== null && <Signed who={who} onLeave={onLeave} />}
    </header>
  );
}

function Signed({ who, onLeave }: { who: Who; onLeave: () => Promise<void> }) {
  const kept = useOnDevice(personOf(who));
  return (
    <div class="siapa">
      <SendingState kept={kept} />
      <p class="nama-kantor">
        <strong>{officeOf(who)}</strong>
        {who.wilayah !== null && <span>{who.nama}</span>}
      </p>
      <LeaveButton kept={kept} onLeave={onLeave} />
    </div>
  );
}

/** "Terkirim 09.14", "Tersimpan di gawai, belum terkirim": in words, always there. */
function SendingState({ kept }: { kept: OnDevice }) {
  const isOnline = useOnline();
  const waiting = kept.queue.filter((one) => one.state === "waiting").length;
  const sent = kept.queue.findLast((one) => one.state === "sent");
  let words = "Semua sudah terkirim";
  if (waiting > 0) words = `Tersimpan di gawai, belum terkirim${waiting > 1 ? ` (${waiting})` : ""}`;
  else if (kept.drafts > 0) words = "Tersimpan di gawai, belum dikirim";
  else if (sent !== undefined) words = `Terkirim ${writeMoment(new Date(sent.at))}`;
  return (
    <p class={`kabar-kirim ${waiting > 0 ? "menunggu" : ""}`} role="status">
      {!isOnline && <span class="luring">Tanpa sambungan</span>}
      <span>{words}</span>
    </p>
  );
}

function LeaveButton({ kept, onLeave }: { kept: OnDevice; onLeave: () => Promise<void> }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const [isAsking, setAsking] = useState(false);
  const waiting = kept.queue.filter((one) => one.state === "waiting");
  useEffect(() => {
    if (isAsking) dialog.current?.showModal();
    else dialog.current?.close();
  }, [isAsking]);
  const unsent = waiting.length + kept.drafts;
  return (
    <>
      <button type="button" onClick={() => (unsent > 0 ? setAsking(true) : void onLeave())}>
        Keluar
      </button>
      <dialog ref={dialog} class="tanya" aria-labelledby="keluar-judul" onClose={() => setAsking(false)}>
        <h2 id="keluar-judul">Masih ada yang belum terkirim</h2>
        <p>Keluar menghapus semuanya dari gawai ini, juga yang belum sampai ke hub:</p>
        <ul>
          {waiting.map((one) => (
            <li key={one.key}>{one.what}</li>
          ))}
          {kept.drafts > 0 && <li>{kept.drafts} draf di gawai ini</li>}
        </ul>
        <div class="tombol">
          <button type="button" class="utama" onClick={() => setAsking(false)}>
            Tetap di sini
          </button>
          <button
            type="button"
            class="bahaya"
            onClick={() => {
              setAsking(false);
              void onLeave();
            }}
          >
            Keluar dan hapus
          </button>
        </div>
      </dialog>
    </>
  );
}
