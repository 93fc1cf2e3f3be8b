/* Runs a query in M over HTTP and prints its table as JSON: parsed by Microsoft's own parser of the language, worked out as the
 * reference of its functions says. Only what the recipes of docs/tabel.md use; anything else is an error, as is an option that is not
 * known here. Excel and Power BI themselves run on Windows alone.
 *
 * node power_query.mjs MODULES < query; names that the query takes from outside (parameters of Power BI) as JSON in PARAMETERS. */

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const { DefaultSettings, TaskUtils } = createRequire(`${process.argv[2]}/`)("@microsoft/powerquery-parser");

class Type {
  constructor(name) {
    this.name = name;
  }
}

const options = (record, known) => {
  for (const name of Object.keys(record)) if (!known.includes(name)) throw new Error(`pilihan ${name} tidak dikenal`);
  return record;
};

/** Rows of a table as lists; `columns`: their names. */
const table = (columns, rows) => ({ columns, rows });

/** QuoteStyle.Csv: a quote counts where a field begins; doubled it stands for itself; lines may end within quotes. */
function csvRows(text, delimiter) {
  const rows = [];
  let row = [];
  let at = 0;
  while (at < text.length) {
    let field = "";
    if (text[at] === '"') {
      for (at += 1; ; at += 1) {
        if (at >= text.length) throw new Error("tanda kutip tidak ditutup");
        if (text[at] === '"' && text[at + 1] === '"') at += 1;
        else if (text[at] === '"') break;
        field += text[at];
      }
      at += 1;
    } else while (at < text.length && text[at] !== delimiter && text[at] !== "\r" && text[at] !== "\n") field += text[at++];
    row.push(field);
    if (text[at] === delimiter) {
      at += 1;
      continue;
    }
    if (at < text.length && text[at] !== "\r" && text[at] !== "\n") throw new Error(`teks sesudah tanda kutip: ${text.slice(at, at + 20)}`);
    at += text.startsWith("\r\n", at) ? 2 : 1;
    rows.push(row);
    row = [];
  }
  if (row.length > 0) rows.push(row);
  return rows;
}

const CONVERT = {
  text: (value) => (value === null ? null : String(value)),
  number: (value) => {
    if (value === null || value === "") return null;
    if (!/^-?(\d+|\d{1,3}(,\d{3})+)(\.\d+)?([eE][+-]?\d+)?$/.test(value)) throw new Error(`DataFormat.Error: ${value}`);
    return Number(value.replaceAll(",", ""));
  },
};

const FUNCTIONS = {
  "Web.Contents": async (url, given = {}) => {
    const { RelativePath, Query, Headers } = options(given, ["RelativePath", "Query", "Headers"]);
    const address = new URL(RelativePath ?? "", url.endsWith("/") ? url : `${url}/`);
    for (const [name, value] of Object.entries(Query ?? {})) address.searchParams.set(name, value);
    const answer = await fetch(address, { headers: Headers });
    if (!answer.ok) throw new Error(`DataSource.Error: ${answer.status} ${await answer.text()}`);
    return new Uint8Array(await answer.arrayBuffer());
  },
  "Csv.Document": (source, given = {}) => {
    const { Delimiter, Encoding, QuoteStyle } = options(given, ["Delimiter", "Encoding", "QuoteStyle"]);
    if (Encoding !== 65001 || QuoteStyle !== "csv") throw new Error("hanya UTF-8 dengan QuoteStyle.Csv");
    const rows = csvRows(new TextDecoder("utf-8", { fatal: true }).decode(source), Delimiter);
    const width = rows[0].length;
    if (rows.some((r) => r.length > width)) throw new Error("DataFormat.Error: baris lebih lebar dari kepala");
    const filled = rows.map((r) => [...r, ...Array(width - r.length).fill(null)]);
    return table(rows[0].map((_, i) => `Column${i + 1}`), filled);
  },
  "Table.PromoteHeaders": ({ rows }, given = {}) => {
    options(given, ["PromoteAllScalars"]);
    return table(rows[0], rows.slice(1));
  },
  "Table.TransformColumnTypes": ({ columns, rows }, types, culture) => {
    if (culture !== "en-US") throw new Error(`budaya ${culture}: titik desimal tidak pasti`);
    const made = rows.map((r) => [...r]);
    for (const [name, type] of types) {
      const at = columns.indexOf(name);
      if (at < 0) throw new Error(`Expression.Error: The column '${name}' of the table wasn't found.`);
      for (const row of made) row[at] = CONVERT[type.name](row[at]);
    }
    return table(columns, made);
  },
};

const within = (wrapper) => wrapper.elements.map((e) => (e.kind === "Csv" ? e.node : e));

const NODES = {
  LetExpression: async (node, scope) => {
    const inner = new Map(scope);
    // lazily in M; these recipes name nothing before it is there, and with what they leave unused nothing would be seen
    for (const pair of within(node.variableList)) inner.set(pair.key.literal, await value(pair.value, inner));
    return value(node.expression, inner);
  },
  RecordExpression: async (node, scope) => {
    const record = {};
    for (const pair of within(node.content)) record[pair.key.literal] = await value(pair.value, scope);
    return record;
  },
  ListExpression: (node, scope) => Promise.all(within(node.content).map((n) => value(n, scope))),
  LiteralExpression: (node) => {
    if (node.literalKind === "Text") return node.literal.slice(1, -1).replaceAll('""', '"');
    if (node.literalKind === "Numeric") return Number(node.literal);
    if (node.literalKind === "Logical") return node.literal === "true";
    throw new Error(`nilai ${node.literal} tidak dikenal`);
  },
  TypePrimaryType: (node) => new Type(node.paired.primitiveTypeKind),
  IdentifierExpression: (node, scope) => {
    const name = node.identifier.literal;
    if (!scope.has(name)) throw new Error(`Expression.Error: The name '${name}' wasn't recognized.`);
    return scope.get(name);
  },
  ArithmeticExpression: async (node, scope) => {
    if (node.operatorConstant.constantKind !== "&") throw new Error(`operator ${node.operatorConstant.constantKind} tidak dikenal`);
    return (await value(node.left, scope)) + (await value(node.right, scope));
  },
  RecursivePrimaryExpression: async (node, scope) => {
    let found = await value(node.head, scope);
    for (const step of within(node.recursiveExpressions)) {
      if (step.kind !== "InvokeExpression") throw new Error(`${step.kind} tidak dikenal`);
      found = await found(...(await Promise.all(within(step.content).map((n) => value(n, scope)))));
    }
    return found;
  },
};

async function value(node, scope) {
  const work = NODES[node.kind];
  if (work === undefined) throw new Error(`${node.kind} tidak dikenal`);
  return work(node, scope);
}

const parsed = await TaskUtils.tryLexParse(DefaultSettings, readFileSync(0, "utf-8"));
if (parsed.resultKind !== "Ok") throw parsed.error;
const outside = JSON.parse(process.env.PARAMETERS ?? "{}");
const scope = new Map(Object.entries({ ...FUNCTIONS, "QuoteStyle.Csv": "csv", ...outside }));
const { columns, rows } = await value(parsed.ast, scope);
console.log(JSON.stringify(rows.map((r) => Object.fromEntries(r.map((v, i) => [columns[i], v])))));
