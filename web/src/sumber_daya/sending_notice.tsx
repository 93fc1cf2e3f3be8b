/** @jsxImportSource preact */
// What became of a form; and what these screens have handed over that the hub has not taken.

import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { useOnline } from "../meja/line.ts";
import { linkTo } from "../meja/router.ts";
import { dropSubmission } from "../meja/store.ts";
import type { Submission } from "../meja/store.ts";
import { useDesk } from "../meja/use_session.ts";
import type { Work } from "./sending.ts";
import { useUnsent, workOf } from "./use_sending.ts";
import type { Sending } from "./use_sending.ts";

/** Under a form: on its way, or waiting for a line. */
export function WaitingNotice({ sending }: { sending: Sending }) {
  const isOnline = useOnline();
  return (
    <p class="menunggu-kirim" role="status">
      {sending.state === "waiting" && (isOnline ? "Mengirim…" : "Tersimpan di gawai, belum terkirim. Terkirim sendiri bila sambungan kembali; halaman ini boleh ditutup.")}
    </p>
  );
}

/** In place of a form that has arrived. `children`: where to go on. */
export function SentNotice({ title, sending, children }: { title: string; sending: Sending; children: ComponentChildren }) {
  const head = useRef<HTMLHeadingElement>(null);
  useEffect(() => head.current?.focus(), []);
  return (
    <div class="kartu tersimpan">
      <h2 tabIndex={-1} ref={head}>
        ✓ {title}
      </h2>
      {sending.findings.length > 0 && (
        <ul class="temuan">
          {sending.findings.map((one) => (
            <li key={one.message} class="perhatikan">
              <strong>Perhatikan:</strong> {one.message}
            </li>
          ))}
        </ul>
      )}
      <p class="tombol">{children}</p>
    </div>
  );
}

const SCREENS: Record<Work["type"], string> = { resource: "sumber-daya", movement: "gudang", accept: "gudang", refuse: "gudang", activity: "wksbm", phase: "wksbm" };
const REOPENED: ReadonlySet<Work["type"]> = new Set(["resource", "movement"]);

/** What waits on this device, and what was refused: to be opened again, or put away. */
export function UnsentList() {
  const unsent = useUnsent();
  if (unsent.length === 0) return null;
  return (
    <section class="kartu peringatan" aria-labelledby="belum">
      <h2 id="belum">Belum diterima hub</h2>
      <ul class="belum-diterima">
        {unsent.map((one) => (
          <UnsentItem key={one.key} submission={one} />
        ))}
      </ul>
    </section>
  );
}

function UnsentItem({ submission }: { submission: Submission }) {
  const { person } = useDesk();
  const { type } = workOf(submission);
  return (
    <li>
      <strong>{submission.what}</strong>: {submission.state === "waiting" ? "tersimpan di gawai, belum terkirim." : `tidak diterima hub. ${submission.message}`}
      {submission.state === "refused" && (
        <span class="tombol">
          {REOPENED.has(type) && <a href={linkTo(SCREENS[type], "kirim", submission.key)}>Buka dan perbaiki</a>}
          <button type="button" class="kecil" onClick={() => void dropSubmission(person, submission.key)}>
            Buang<span class="hanya-suara"> {submission.what}</span>
          </button>
        </span>
      )}
    </li>
  );
}
