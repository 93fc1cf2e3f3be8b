// node apollo_gateway.mjs SUPERGRAPH QUERY VARIABLES: what Apollo's gateway answers, as JSON. Its plans are those of Apollo's router.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

const require = createRequire(join(process.env.NODE_PATH, "gateway.cjs"));
const { ApolloGateway } = require("@apollo/gateway");
const { parse } = require("graphql");
const [supergraph, query, variables] = process.argv.slice(2);

const silent = { debug() {}, info() {}, warn() {}, error() {} };
const gateway = new ApolloGateway({ supergraphSdl: readFileSync(supergraph, "utf8"), logger: silent });
const { schema, executor } = await gateway.load();
const request = { query, variables: JSON.parse(variables) };
const { data, errors } = await executor({ document: parse(query), request, schema, context: {}, metrics: {}, queryHash: query, operationName: null, logger: silent });
await gateway.stop();
console.log(JSON.stringify({ data, errors }));
