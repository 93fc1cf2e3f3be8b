// A list that comes page by page; without a line, the first page as it was last seen.

import { useEffect, useState } from "preact/hooks";
import { Failure } from "../hub/fetch.ts";
import { useStored } from "./use_stored.ts";
import type { Stored } from "./use_stored.ts";

export interface Page<N> {
  nodes: readonly N[];
  end: string | null; // where the next page begins
  hasNext: boolean;
  total: number;
}

export interface Pages<N> extends Stored<Page<N>> {
  nodes: readonly N[];
  hasNext: boolean;
  more: () => void;
  isLoadingMore: boolean;
  moreError: Failure | null;
}

interface Connection<N> {
  totalCount: number;
  pageInfo: { hasNextPage: boolean; endCursor: string | null };
  edges: readonly { node: N }[];
}

export const pageOf = <N>(connection: Connection<N>): Page<N> => ({
  nodes: connection.edges.map(({ node }) => node),
  end: connection.pageInfo.endCursor,
  hasNext: connection.pageInfo.hasNextPage,
  total: connection.totalCount,
});

interface Later<N> {
  first: Page<N> | null; // the page that these follow
  pages: readonly Page<N>[];
  isLoading: boolean;
  error: Failure | null;
}

/** As useStored. `load`: the page after that cursor, null: the first. */
export function usePages<N>(question: string, load: (after: string | null, signal?: AbortSignal) => Promise<Page<N>>): Pages<N> {
  const first = useStored<Page<N>>(question, (signal) => load(null, signal));
  const [later, setLater] = useState<Later<N>>({ first: null, pages: [], isLoading: false, error: null });
  useEffect(() => {
    setLater({ first: first.content, pages: [], isLoading: false, error: null });
  }, [first.content]);
  const pages = later.first === first.content ? later.pages : [];
  const last = pages.at(-1) ?? first.content;
  const more = () => {
    if (last === null || later.isLoading) return;
    setLater((s) => ({ ...s, isLoading: true, error: null }));
    const followed = first.content;
    load(last.end).then(
      (page) => setLater((s) => (s.first === followed ? { ...s, pages: [...s.pages, page], isLoading: false } : s)),
      (reason: unknown) => {
        if (!(reason instanceof Failure)) console.error(reason);
        const error = reason instanceof Failure ? reason : new Failure("Jawaban hub tidak terbaca.", "Muat ulang halaman ini.");
        setLater((s) => (s.first === followed ? { ...s, isLoading: false, error } : s));
      },
    );
  };
  const nodes = [...(first.content?.nodes ?? []), ...pages.flatMap((page) => page.nodes)];
  return { ...first, nodes, hasNext: last?.hasNext ?? false, more, isLoadingMore: later.isLoading, moreError: later.error };
}
