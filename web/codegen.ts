// Checks every GraphQL document of the pages against the hub's own schema, and makes src/<page>/queries.ts of those in
// src/<page>/queries: each as the text that is sent, with the types of what it takes and of what it answers.
//
//   node codegen.ts                  write them
//   node codegen.ts --check [FILE…]  say what is wrong, also with these files, and whether they are what they would be; write nothing

import { codegen } from "@graphql-codegen/core";
import * as operations from "@graphql-codegen/typescript-operations";
import { buildASTSchema, concatAST, Kind, parse, print, separateOperations, Source, stripIgnoredCharacters, validate } from "graphql";
import type { DocumentNode, FieldDefinitionNode } from "graphql";
import { existsSync, globSync, readFileSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";

const HERE = import.meta.dirname;

const CONFIG = {
  strictScalars: true, // a scalar that is not named here is an error
  scalars: {
    ID: "string", Date: "string", DateTime: "string", Periode: "string", KodeWilayah: "string", GeoJSON: "Geometry",
    Desimal: "number | string", // as text where not every reader would get a JSON number back exactly
    Upload: "null", // the file itself goes beside the question
    _Any: "never",
  },
  skipTypename: true,
  immutableTypes: true,
  mergeFragmentTypes: true,
};

// Root fields may be null where they failed; `ask` throws then, so to a page only those that look something up ever are. These
// objects always are there; lists and pages as well.
const ALWAYS_THERE = new Set(["cakupan", "jejaring", "rencanaDarurat"]);

/** The schema as a page meets it, whose questions either are answered whole or fail. */
function withoutFailures(schema: DocumentNode): DocumentNode {
  return {
    ...schema,
    definitions: schema.definitions.map((d) =>
      d.kind === Kind.OBJECT_TYPE_DEFINITION && d.name.value === "Query" ? { ...d, fields: d.fields?.map(asMet) } : d,
    ),
  };
}

function asMet(field: FieldDefinitionNode): FieldDefinitionNode {
  const { type } = field;
  if (type.kind === Kind.NON_NULL_TYPE) return field;
  const isThere = type.kind === Kind.LIST_TYPE || type.name.value.endsWith("Connection") || ALWAYS_THERE.has(field.name.value);
  return isThere ? { ...field, type: { kind: Kind.NON_NULL_TYPE, type } } : field;
}

const read = (file: string): DocumentNode => parse(new Source(readFileSync(file, "utf8"), file));

function found(pattern: string): string[] {
  return globSync(pattern, { cwd: HERE }).toSorted().map((name) => join(HERE, name));
}

async function main([mode, ...more]: string[]): Promise<void> {
  const schema = read(join(HERE, "../schema/hub.graphql"));
  const whole = buildASTSchema(schema, { assumeValidSDL: true }); // it names directives of federation that it does not define
  const pages = found("src/*/queries").map((folder) => {
    const files = globSync("*.graphql", { cwd: folder }).toSorted();
    return { name: basename(dirname(folder)), queries: concatAST(files.map((file) => read(join(folder, file)))) };
  });
  const alone = [...found("src/graphiql/**/*.graphql"), ...more].map(read); // each by itself: several may bear one name
  const errors = [...pages.map((page) => page.queries), ...alone].flatMap((document) => validate(whole, document));
  if (errors.length > 0) throw new Error(errors.map(String).join("\n\n"));

  const met = withoutFailures(schema);
  for (const { name, queries } of pages) {
    const written = join(HERE, `src/${name}/queries.ts`);
    // oxlint-disable-next-line no-await-in-loop -- a handful of pages, and what is wrong with the first is said first
    const made = await queriesOf(name, queries, met);
    if (mode !== "--check") writeFileSync(written, made);
    else if (!existsSync(written) || readFileSync(written, "utf8") !== made) {
      throw new Error(`src/${name}/queries.ts is not what its sources say; run: npm run codegen`);
    }
  }
}

async function queriesOf(name: string, queries: DocumentNode, met: DocumentNode): Promise<string> {
  const types = await codegen({
    filename: "queries.ts", schema: met, schemaAst: buildASTSchema(met, { assumeValidSDL: true }), documents: [{ location: "queries.ts", document: queries }], config: CONFIG,
    plugins: [{ operations: {} }], pluginMap: { operations },
  });
  const text = [
    `// Written by codegen.ts from src/${name}/queries and schema/hub.graphql. Change those and run: npm run codegen`,
    ...(types.includes("Geometry") ? ['import type { Geometry } from "geojson";'] : []),
    'import type { Query } from "../hub/fetch.ts";',
    types.replace(/^ *\/\*\*.*\*\/\n/gm, "").replace(/\n{2,}/g, "\n"), // descriptions are the schema's
    ...constants(queries),
  ];
  return `${text.join("\n")}\n`;
}

/** Each operation with the fragments that it uses and nothing else, in as few characters as can be: it goes into an address. */
function constants(queries: DocumentNode): string[] {
  const each = separateOperations(queries);
  return queries.definitions.flatMap((definition) => {
    if (definition.kind !== Kind.OPERATION_DEFINITION || definition.name === undefined) return [];
    const name = definition.name.value;
    const document = each[name];
    if (document === undefined) return [];
    const constant = name.replace(/(?<=[a-z])(?=[A-Z])/g, "_").toUpperCase();
    const text = JSON.stringify(stripIgnoredCharacters(print(document)));
    const type = `${name}${{ query: "Query", mutation: "Mutation", subscription: "Subscription" }[definition.operation]}`;
    return [`export const ${constant} = ${text} as Query<${type}, ${type}Variables>;`];
  });
}

await main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
