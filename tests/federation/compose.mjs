// node compose.mjs COMPOSER OUT NAME URL SDL [NAME URL SDL]…: one supergraph out of these subgraphs, or the composer's own
// complaints and exit code 1. The packages are looked for in NODE_PATH, which lies outside the source tree.
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

const require = createRequire(join(process.env.NODE_PATH, "compose.cjs"));
const { parse } = require("graphql");
const [composer, out, ...rest] = process.argv.slice(2);
const services = [];
for (let i = 0; i < rest.length; i += 3) {
  services.push({ name: rest[i], url: rest[i + 1], typeDefs: parse(readFileSync(rest[i + 2], "utf8")) });
}
const { supergraphSdl, errors } = require(composer).composeServices(services);
if (errors?.length) {
  for (const e of errors) console.error(e.message);
  process.exit(1);
}
writeFileSync(out, supergraphSdl);
