// PostGraphile 5 over the schema `sebaya` of the bench's database: one process, one pool of the same size as the hub's,
// lists instead of connections, no GraphiQL, no websockets, no watching, no explain.
//   node postgraphile_server.mjs DATABASE_URL PORT
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import path from "node:path";

const [, , url, port, folder] = process.argv;
const require = createRequire(pathToFileURL(path.join(folder, "package.json")));
const { postgraphile } = require("postgraphile");
const { PostGraphileAmberPreset } = require("postgraphile/presets/amber");
const { makePgService } = require("postgraphile/adaptors/pg");
const { grafserv } = require("postgraphile/grafserv/node");
const { jsonPgSmartTags } = require("postgraphile/utils");

const list = { behavior: ["+list -connection"] };
const child = (key, parent, field) => `(kode_kab, ${key}) references sebaya.${parent} (kode_kab, kode)|@foreignSimpleFieldName ${field}`;
const tags = jsonPgSmartTags({
  version: 1,
  config: {
    class: {
      "sebaya.provinsi": { tags: { primaryKey: "kode", name: "provinsi", ...list } },
      "sebaya.kabupaten": {
        tags: { primaryKey: "kode", name: "kabupaten", foreignKey: "(kode_induk) references sebaya.provinsi (kode)|@foreignSimpleFieldName kabupaten", ...list },
      },
      "sebaya.kecamatan": {
        tags: { primaryKey: "kode_kab,kode", name: "kecamatan", foreignKey: "(kode_kab) references sebaya.kabupaten (kode)|@foreignSimpleFieldName kecamatan", ...list },
      },
      "sebaya.desa": { tags: { primaryKey: "kode_kab,kode", name: "desa", foreignKey: child("kode_induk", "kecamatan", "desa"), ...list } },
      "sebaya.angka": { tags: { primaryKey: "kode_kab,kode_wilayah,elemen,periode", name: "angka", foreignKey: child("kode_wilayah", "desa", "nilai"), ...list } },
    },
  },
});

const preset = {
  extends: [PostGraphileAmberPreset],
  plugins: [tags],
  schema: { defaultBehavior: "-connection +list -insert -update -delete -node", retryOnInitFail: false },
  pgServices: [makePgService({ connectionString: url, schemas: ["sebaya"], poolConfig: { max: 8 } })],
  grafserv: { graphiql: false, websockets: false, watch: false, port: Number(port), outputDataAsString: true },
  grafast: { explain: false },
};

const pgl = postgraphile(preset);
const serv = pgl.createServ(grafserv);
const server = createServer();
server.on("error", (e) => { console.error(e); process.exit(1); });
await serv.addTo(server);
if (process.env.BENCH_SDL) {
  const { printSchema } = require("postgraphile/graphql");
  console.log(printSchema((await pgl.getSchemaResult()).schema));
}
server.listen(Number(port), "127.0.0.1");
