// node clients.mjs URL QUERY: what Apollo Client, urql and Apollo's gateway library make of the answer, as JSON:
// {name: {data, messages, codes, statuses}}. Each takes application/graphql-response+json, by itself or told to.
import { createRequire } from "node:module";
import { join } from "node:path";

const require = createRequire(join(process.env.NODE_PATH, "clients.cjs"));
const { ApolloClient, HttpLink, InMemoryCache, gql } = require("@apollo/client");
const { Client, fetchExchange } = require("@urql/core");
const { RemoteGraphQLDataSource } = require("@apollo/gateway");
const [url, query] = process.argv.slice(2);

const statuses = [];
const watched = async (...asked) => {
  const response = await fetch(...asked);
  statuses.push([response.status, response.headers.get("content-type").split(";")[0]]);
  return response;
};

const told = (data, errors) => ({
  data,
  messages: errors.map((e) => e.message),
  codes: errors.map((e) => e.extensions?.code),
  statuses: statuses.splice(0),
});

async function apolloClient() {
  const client = new ApolloClient({ cache: new InMemoryCache(), link: new HttpLink({ uri: url, fetch: watched }) });
  const { data, error } = await client.query({ query: gql(query), errorPolicy: "all" });
  return told(data, error?.errors ?? (error ? [error] : []));
}

async function urql() {
  const client = new Client({ url, exchanges: [fetchExchange], fetch: watched, preferGetMethod: false });
  const { data, error } = await client.query(query, {}).toPromise();
  return told(data, error === undefined ? [] : error.networkError ? [error.networkError] : error.graphQLErrors);
}

async function apolloGateway() {
  const source = new RemoteGraphQLDataSource({ url, honorSubgraphCacheControlHeader: false, fetcher: watched });
  const headers = new Map([["accept", "application/graphql-response+json"]]);
  const http = { headers: { [Symbol.iterator]: () => headers[Symbol.iterator](), get: (n) => headers.get(n), set: (n, v) => headers.set(n, v) } };
  const asked = source.process({ request: { query, http }, context: {}, kind: "incoming operation" });
  const { data, errors } = await asked.catch((error) => ({ data: null, errors: [error] })); // it throws where it got no 2xx
  return told(data, errors ?? []);
}

const answers = { "Apollo Client": apolloClient, urql, "Apollo Gateway": apolloGateway };
const made = {};
for (const [name, ask] of Object.entries(answers)) made[name] = await ask();
console.log(JSON.stringify(made));
