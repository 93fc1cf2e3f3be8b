// node caches.mjs URL, in a folder with the modules of docs/klien.md: what their caches hold after a question, and what they warn of,
// as JSON: {apollo: keys, urql: keys, warned: […]}.
import { ApolloClient, HttpLink, gql } from "@apollo/client";
import { Client, fetchExchange } from "@urql/core";

const { cache: apollo } = await import(`${process.cwd()}/apollo.mjs`);
const { cache: urql } = await import(`${process.cwd()}/urql.mjs`);
const url = process.argv[2];
const warned = [];
for (const level of ["warn", "error"]) console[level] = (...said) => warned.push(said.map(String).join(" "));

const QUERY = `{
  kabupaten(kode: "53.14") { __typename id nama provinsi { __typename id nama } }
  dahulu: kabupaten(kode: "53.14", pada: "2021-01-01") { __typename id nama }
  formulir(kode: "F01") { __typename kode nama elemen { __typename kode nama rincian { __typename kode nama butir { __typename kode nama } } } }
  daftarIndikator { __typename kode satuan nama }
  daftarBarang { __typename kode nama }
  daftarKode(kode: "PPKS") { __typename kode versi butir { __typename kode nama } }
  daftarDesa(first: 2) { __typename totalCount pageInfo { __typename hasNextPage hasPreviousPage startCursor endCursor } edges { __typename cursor node { __typename id nama } } }
  rekap(id: "53.14:F01:2020") { __typename id status nilai { __typename nilai elemen { __typename kode nama } wilayah { __typename id nama } } }
}`;
const KABUPATEN = `{ kabupaten(kode: "53.14") { __typename id nama } }`;

const client = new ApolloClient({ cache: apollo, link: new HttpLink({ uri: url }) });
await client.query({ query: gql(QUERY) });
const again = client.cache.readQuery({ query: gql(`{ kabupaten(kode: "53.14") { id nama } }`) });

const graph = urql();
const other = new Client({ url, exchanges: [graph, fetchExchange], preferGetMethod: false });
const { error, data } = await other.query(QUERY, {}).toPromise();
const kept = await other.query(KABUPATEN, {}, { requestPolicy: "cache-only" }).toPromise();

console.log(JSON.stringify({
  apollo: Object.keys(client.cache.extract()),
  again: again.kabupaten.nama,
  urql: [error?.message ?? null, data.dahulu.id, kept.data?.kabupaten?.nama ?? null],
  warned,
}));
