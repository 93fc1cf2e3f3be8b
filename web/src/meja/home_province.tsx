/** @jsxImportSource preact */
// The start of a province's desk: what waits for it, and how far its offices are. Live.

import { useEffect, useState } from "preact/hooks";
import { ask } from "../hub/fetch.ts";
import { ErrorNotice, Loading } from "../hub/notices.tsx";
import { lastPeriods, periodeName, writeMoment } from "../hub/wording.ts";
import { Downloads } from "./downloads.tsx";
import { officeOf } from "./header.tsx";
import { useOnDevice } from "./line.ts";
import { OpenLinks } from "./login.tsx";
import { DecisionNotices, ProvinceNav } from "./province_nav.tsx";
import { progressOf } from "./province_summary.ts";
import type { Progress } from "./province_summary.ts";
import { PROVINCE_HOME } from "./queries.ts";
import type { ProvinceHomeQuery } from "./queries.ts";
import { ResourceLinks } from "./resource_links.tsx";
import { linkTo } from "./router.ts";
import { useNews } from "./use_news.ts";
import { useDesk } from "./use_session.ts";
import { useStored } from "./use_stored.ts";

export function HomeProvince() {
  const { who, person, refuse } = useDesk();
  const kode = who.wilayah?.kode ?? "";
  const [periods] = useState(() => lastPeriods(new Date()));
  const answer = useStored<ProvinceHomeQuery>(`beranda ${periods.join()}`, (signal) => ask(PROVINCE_HOME, { wilayah: kode, periode: periods }, signal));
  useNews(kode, answer.content !== null, answer.retry, refuse);
  const { queue } = useOnDevice(person);
  const sent = queue.filter((one) => one.state === "sent").map((one) => one.key).join();
  useEffect(() => {
    if (sent !== "") answer.retry(); // what was just decided stands otherwise at the hub now
  }, [sent]);
  const waiting = answer.content?.daftarRekap.totalCount ?? 0;
  return (
    <>
      <ProvinceNav at="" />
      <ResourceLinks />
      <h1 tabIndex={-1}>{answer.content === null ? officeOf(who) : waiting === 0 ? "Tidak ada rekap yang menunggu diperiksa" : `${waiting} rekap menunggu diperiksa`}</h1>
      <DecisionNotices />
      {answer.error !== null && <ErrorNotice error={answer.error} retry={answer.retry} />}
      {answer.seenAt !== null && !answer.loading && <p class="kabar">Terakhir dilihat {writeMoment(new Date(answer.seenAt))}. Yang terbaru tampil bila sambungan kembali.</p>}
      {answer.content === null && answer.error === null && <Loading what="keadaan pelaporan" />}
      {answer.content !== null && (
        <>
          {waiting > 0 && (
            <p>
              <a href={linkTo("periksa")}>Periksa sekarang</a>
            </p>
          )}
          <section aria-labelledby="pelaporan">
            <h2 id="pelaporan">Pelaporan terakhir</h2>
            <ul class="keadaan-provinsi">
              {progressOf(answer.content, periods).map((one) => (
                <ProgressCard key={one.periode} progress={one} />
              ))}
            </ul>
          </section>
        </>
      )}
      <Downloads />
      <section class="kartu" aria-labelledby="lihat">
        <h2 id="lihat">Lihat</h2>
        <OpenLinks />
      </section>
    </>
  );
}

function ProgressCard({ progress: { periode, offices, approved, expected, late } }: { progress: Progress }) {
  return (
    <li class="kartu">
      <a href={linkTo("matriks", periode)}>{periodeName(periode)}</a>
      <strong>
        {offices.done} dari {offices.expected} sudah disetujui
      </strong>
      <p>kabupaten/kota, semua rekapnya</p>
      <progress max={expected} value={approved} aria-label={`${approved} dari ${expected} rekap disetujui`} />
      <p>
        {approved} dari {expected} rekap disetujui
        {late > 0 && (
          <>
            , <strong class="banyak-terlambat">{late} terlambat</strong>
          </>
        )}
      </p>
    </li>
  );
}
