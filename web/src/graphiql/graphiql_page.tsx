import "./monaco_workers";
import { createGraphiQLFetcher, type Fetcher, type FetcherParams } from "@graphiql/toolkit";
import { GraphiQL } from "graphiql";
import "graphiql/style.css";
import { useState } from "react";
import { createRoot } from "react-dom/client";
import angka from "./examples/angka.graphql?raw";
import kelengkapan from "./examples/kelengkapan.graphql?raw";
import checkRekap from "./examples/check_rekap.graphql?raw";
import wilayah from "./examples/wilayah.graphql?raw";
import "./graphiql_page.css";

const TOKEN = "hub.token";

// For the browser tab's lifetime only: the computers of an office are shared.
const readToken = (): string => sessionStorage.getItem(TOKEN) ?? "";

const bearer = (token: string): Record<string, string> =>
  token === "" ? {} : { Authorization: `Bearer ${token.replace(/^Bearer\s+/i, "")}` };

const fetcher: Fetcher = (params, options) => {
  // Headers written in GraphiQL's own editor win over the token field.
  const headers = { ...bearer(readToken()), ...options?.headers };
  const { protocol, host } = location;
  const send = createGraphiQLFetcher({
    url: "/graphql",
    subscriptionUrl: `${protocol === "https:" ? "wss" : "ws"}://${host}/graphql`,
  });
  return send(named(params), { ...options, headers });
};

// For a moment after another tab is chosen GraphiQL still names the operation of the one before.
function named(params: FetcherParams): FetcherParams {
  const { query, operationName, ...rest } = params;
  const there = operationName !== undefined && operationName !== null && new RegExp(`\\b(query|mutation|subscription)\\s+${operationName}\\b`).test(query);
  return there ? params : { ...rest, query };
}

// A link may carry a question: /graphql?query=…&variables=…
function tabs() {
  const link = new URLSearchParams(location.search);
  const query = link.get("query");
  const examples = [angka, wilayah, kelengkapan, checkRekap].map((text) => ({ query: text }));
  return query === null ? examples : [{ query, variables: link.get("variables") }, ...examples];
}

function TokenField() {
  const [token, setToken] = useState(readToken);
  return (
    <label className="token">
      <span>Token petugas</span>
      <input
        type="password"
        value={token}
        placeholder="kosong: sebagai umum"
        autoComplete="off"
        spellCheck={false}
        onChange={({ target }) => {
          const value = target.value.trim();
          sessionStorage.setItem(TOKEN, value);
          setToken(value);
        }}
      />
    </label>
  );
}

function GraphiQLPage() {
  return (
    <>
      <header className="kepala">
        <a href="/" className="nama">
          Hub Dinsos
        </a>
        <span className="petunjuk">
          Tulis pertanyaan di kiri, jalankan dengan <kbd>Ctrl</kbd>+<kbd>Enter</kbd>. Ikon buku: penjelasan semua data.
        </span>
        <TokenField />
      </header>
      <main className="isi">
        <GraphiQL fetcher={fetcher} defaultTabs={tabs()} defaultQuery={angka} defaultEditorToolsVisibility={false}>
          <GraphiQL.Logo>GraphiQL</GraphiQL.Logo>
        </GraphiQL>
      </main>
    </>
  );
}

const place = document.getElementById("halaman");
if (place === null) throw new Error("graphiql.html has no element #halaman");
createRoot(place).render(<GraphiQLPage />);
