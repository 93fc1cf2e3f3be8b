// node audits.mjs URL: what graphql-http's audits of a server say, as JSON: [{id, name, status}].
import { createRequire } from "node:module";
import { join } from "node:path";

const require = createRequire(join(process.env.NODE_PATH, "audits.cjs"));
const { serverAudits } = require("graphql-http");
const results = [];
for (const audit of serverAudits({ url: process.argv[2], fetchFn: fetch })) results.push(await audit.fn());
console.log(JSON.stringify(results.map(({ id, name, status }) => ({ id, name, status }))));
