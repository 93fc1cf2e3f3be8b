/** @jsxImportSource preact */
// Above and below a list that comes page by page: how many there are, what went wrong, and the next page.

import { ErrorNotice, Loading } from "../hub/notices.tsx";
import { writeMoment, writeNumber } from "../hub/wording.ts";
import type { Stored } from "./use_stored.ts";
import type { Pages } from "./use_pages.ts";

/** "12 lembaga". `what`: what is listed. */
export function CountLine<N>({ pages, what }: { pages: Pages<N>; what: string }) {
  return (
    <p class="banyak" role="status">
      {pages.content !== null && !pages.loading && (pages.content.total === 0 ? `Tidak ada ${what} yang cocok.` : `${writeNumber(pages.content.total)} ${what}`)}
    </p>
  );
}

export function MorePages<N>({ pages }: { pages: Pages<N> }) {
  const left = (pages.content?.total ?? 0) - pages.nodes.length;
  return (
    <>
      {pages.moreError !== null && <ErrorNotice error={pages.moreError} retry={pages.more} />}
      {pages.hasNext && pages.moreError === null && (
        <p>
          <button type="button" onClick={pages.more} disabled={pages.isLoadingMore}>
            {pages.isLoadingMore ? "Memuat…" : `Tampilkan berikutnya (${writeNumber(left)} lagi)`}
          </button>
        </p>
      )}
    </>
  );
}

/** What an answer lacks: it is awaited, failed, or is of earlier. */
export function AnswerState<T>({ answer, what }: { answer: Stored<T>; what: string }) {
  return (
    <>
      {answer.error !== null && <ErrorNotice error={answer.error} retry={answer.retry} />}
      {answer.content === null && answer.error === null && <Loading what={what} />}
      {answer.seenAt !== null && !answer.loading && (
        <p class="kabar">
          Terakhir dilihat {writeMoment(new Date(answer.seenAt))}. Yang terbaru tampil bila sambungan kembali.{" "}
          <button type="button" onClick={answer.retry}>
            Coba sekarang
          </button>
        </p>
      )}
    </>
  );
}
