/** @jsxImportSource preact */
// The start of a kabupaten's desk: which rekap wait for it, until when, and how the others stand. Live.

import { useEffect, useState } from "preact/hooks";
import { ask } from "../hub/fetch.ts";
import { ErrorNotice, Loading } from "../hub/notices.tsx";
import { periodeName, writeMoment } from "../hub/wording.ts";
import { deskOf, recentPeriods } from "./due.ts";
import type { Card, Desk } from "./due.ts";
import { Downloads } from "./downloads.tsx";
import { useOnDevice } from "./line.ts";
import { HOME, RETURNED_REKAP } from "./queries.ts";
import type { HomeQuery, ReturnedRekapQuery } from "./queries.ts";
import { DecisionNotices } from "./province_nav.tsx";
import { RekapCard } from "./rekap_card.tsx";
import type { Returned } from "./rekap_card.tsx";
import { ResourceLinks } from "./resource_links.tsx";
import { rekapName, STATE_WORDS, waitingWords } from "./rekap_words.ts";
import { useNews } from "./use_news.ts";
import { useDesk } from "./use_session.ts";
import { useStored } from "./use_stored.ts";

interface Answer {
  home: HomeQuery;
  returned: ReturnedRekapQuery;
}

const STATES = { DRAF: "draft", DIKEMBALIKAN: "returned", DIAJUKAN: "submitted", DISETUJUI: "approved" } as const;
const SHOWN_APPROVED = 6;

export function HomeKabupaten() {
  const { who, person, refuse } = useDesk();
  const kode = who.wilayah?.kode ?? "";
  const [today, setToday] = useState(() => new Date());
  const answer = useStored<Answer>("beranda", async (signal) => {
    const now = new Date();
    setToday(now);
    const [home, returned] = await Promise.all([
      ask(HOME, { wilayah: kode, periode: recentPeriods(now) }, signal),
      ask(RETURNED_REKAP, { wilayah: kode }, signal),
    ]);
    return { home, returned };
  });
  const news = useNews(kode, answer.content !== null, answer.retry, refuse);
  const { queue } = useOnDevice(person);
  const sent = queue.filter((one) => one.state === "sent").map((one) => one.key).join();
  useEffect(() => {
    if (sent !== "") answer.retry(); // what was just sent stands otherwise at the hub now
  }, [sent]);

  if (answer.content === null) {
    return (
      <>
        <h1 tabIndex={-1}>Beranda</h1>
        {answer.error === null ? <Loading what="rekap Anda" /> : <ErrorNotice error={answer.error} retry={answer.retry} />}
      </>
    );
  }
  const desk = deskOf(answer.content.home, kode, today);
  const returned = new Map(answer.content.returned.daftarRekap.edges.map(({ node }) => [node.id, node]));
  return (
    <>
      <ResourceLinks />
      <h1 tabIndex={-1}>{waitingWords(desk.waiting.length)}</h1>
      <DecisionNotices />
      {answer.error !== null && <ErrorNotice error={answer.error} retry={answer.retry} />}
      {answer.seenAt !== null && !answer.loading && (
        <p class="kabar">
          Terakhir dilihat {writeMoment(new Date(answer.seenAt))}. Yang terbaru tampil bila sambungan kembali.{" "}
          <button type="button" onClick={answer.retry}>
            Coba sekarang
          </button>
        </p>
      )}
      <p class="baru" role="status">
        {news !== null && `${writeMoment(new Date(news.pada))}: ${rekapName(news.rekap)}: ${STATE_WORDS[STATES[news.rekap.status]].word.toLowerCase()}.`}
      </p>
      <Waiting desk={desk} today={today} returned={returned} />
      <Group title="Menunggu provinsi" cards={desk.submitted} today={today} />
      <Group title="Disetujui" cards={desk.approved.slice(0, SHOWN_APPROVED)} today={today}>
        {desk.approved.length > SHOWN_APPROVED && (
          <details>
            <summary>{desk.approved.length - SHOWN_APPROVED} lagi yang disetujui</summary>
            <NameList cards={desk.approved.slice(SHOWN_APPROVED)} />
          </details>
        )}
      </Group>
      <Downloads />
    </>
  );
}

function Waiting({ desk, today, returned }: { desk: Desk; today: Date; returned: Map<string, Returned> }) {
  return (
    <section aria-labelledby="menunggu">
      <h2 id="menunggu" class="hanya-suara">
        Menunggu Anda
      </h2>
      {desk.waiting.length === 0 && <p class="kosong">Semua rekap yang sudah waktunya ada pada provinsi atau sudah disetujui.</p>}
      <ul class="kartu-kartu">
        {desk.waiting.map((card) => (
          <RekapCard key={card.id} card={card} today={today} returned={returned.get(card.id)} />
        ))}
      </ul>
      {desk.older.length > 0 && (
        <details class="lama">
          <summary>{desk.older.length} rekap lama belum pernah dikirim</summary>
          <NameList cards={desk.older} />
        </details>
      )}
    </section>
  );
}

function Group({ title, cards, today, children }: { title: string; cards: Card[]; today: Date; children?: preact.ComponentChildren }) {
  if (cards.length === 0) return null;
  const id = `kelompok-${cards[0]?.state ?? ""}`;
  return (
    <section aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      <ul class="kartu-kartu">
        {cards.map((card) => (
          <RekapCard key={card.id} card={card} today={today} />
        ))}
      </ul>
      {children}
    </section>
  );
}

/** By form, its periods in one line. */
function NameList({ cards }: { cards: Card[] }) {
  const forms = new Map<string, Card[]>();
  for (const card of cards) forms.set(card.formulir.kode, [...(forms.get(card.formulir.kode) ?? []), card]);
  return (
    <dl class="daftar-nama">
      {Array.from(forms, ([kode, of]) => (
        <div key={kode}>
          <dt>
            {of[0]?.formulir.nama} <small>{kode}</small>
          </dt>
          <dd>{of.map((card) => periodeName(card.periode)).join(", ")}</dd>
        </div>
      ))}
    </dl>
  );
}
