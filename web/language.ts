// Names in the pages' source are English, save for the words of the field (docs/glossary.md) and for what GraphQL calls so.
// Lists every other one that holds an everyday Indonesian word (tests/rules/everyday_words.txt), and fails where there is any.
//
//   node language.ts           all of it
//   node language.ts FILE…     these

import { globSync, readFileSync } from "node:fs";
import { basename, isAbsolute, join, relative } from "node:path";
import { buildASTSchema, isEnumType, isInputObjectType, isInterfaceType, isObjectType, Kind, parse, visit } from "graphql";
import type { NameNode } from "graphql";
import { parseSync } from "rolldown/utils"; // Vite's own parser

interface Name {
  kind: string;
  text: string;
  start: number;
}

/** A node of a syntax tree: its type, where it begins, and whatever more it has. */
interface Node extends Record<string, unknown> {
  type: string;
  start: number;
}

const ROOT = join(import.meta.dirname, "..");
const SOURCES = ["*.ts", "{src,test}/**/*.{ts,tsx,css,graphql}"];
const WRITTEN = /^src\/\w+\/queries\.ts$/; // made of GraphQL's own names
const READ_BY_USERS = /graphiql\/examples\//; // their files' names are ours, what stands in them is Indonesian
const PROPERTIES = new Set(["Property", "PropertyDefinition", "MethodDefinition", "TSPropertySignature", "TSMethodSignature"]);
const FUNCTIONS = new Set(["FunctionDeclaration", "FunctionExpression", "ArrowFunctionExpression", "TSFunctionType", "TSMethodSignature", "TSEmptyBodyFunctionExpression"]);
const TYPES = new Set(["TSInterfaceDeclaration", "TSTypeAliasDeclaration", "TSTypeParameter", "TSEnumDeclaration"]);

const text = (file: string): string => readFileSync(join(ROOT, file), "utf8");

const glossary = new Set(Array.from(text("docs/glossary.md").matchAll(/^\| `(\w+)` \|/gm), ([, word]) => word ?? ""));
const everyday = new Set(text("tests/rules/everyday_words.txt").split(/\s+/).filter((word) => word !== "" && !glossary.has(word)));
const compounds = [...glossary].filter((word) => word.includes("_"));

/** The words in a name, small, without those that make up a compound of the glossary. */
function wordsOf(name: string): string[] {
  const snake = Array.from(name.matchAll(/[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z]+|[A-Z]+/g), ([word]) => word.toLowerCase()).join("_");
  return compounds.reduce((left, compound) => left.replaceAll(new RegExp(`(?<![a-z])${compound}(?![a-z])`, "g"), ""), snake).split("_");
}

/** What GraphQL calls its types, fields, arguments and members of enumerations. */
function namesOfSchema(): Set<string> {
  const names = new Set<string>();
  for (const type of Object.values(buildASTSchema(parse(text("schema/hub.graphql")), { assumeValidSDL: true }).getTypeMap())) {
    names.add(type.name);
    if (isEnumType(type)) for (const { name } of type.getValues()) names.add(name);
    if (isInputObjectType(type)) for (const name of Object.keys(type.getFields())) names.add(name);
    if (isObjectType(type) || isInterfaceType(type)) {
      for (const { name, args } of Object.values(type.getFields())) for (const one of [name, ...args.map((a) => a.name)]) names.add(one);
    }
  }
  return names;
}

const isNode = (value: unknown): value is Node => typeof value === "object" && value !== null && "type" in value && "start" in value;
const nodes = (value: unknown): Node[] => (Array.isArray(value) ? value.filter(isNode) : isNode(value) ? [value] : []);

/** The names that a pattern binds: `a`, `{ a: b }`, `[a, ...b]`, `a = 1`. */
function bound(kind: string, pattern: unknown): Name[] {
  return nodes(pattern).flatMap((node) => {
    if (node.type === "Identifier") return [{ kind, text: String(node["name"]), start: node.start }];
    if (node.type === "ObjectPattern") return nodes(node["properties"]).flatMap((p) => bound(kind, p["value"] ?? p["argument"]));
    if (node.type === "ArrayPattern") return bound(kind, node["elements"]);
    return bound(kind, node["left"] ?? node["argument"] ?? node["parameter"]);
  });
}

/** The names that this very node declares. */
function declared(node: Node): Name[] {
  const { type } = node;
  if (type === "VariableDeclarator") return bound("variable", node["id"]);
  if (type === "CatchClause") return bound("variable", node["param"]);
  if (type.startsWith("Import") && type.endsWith("Specifier")) {
    const [imported, local] = [bound("", node["imported"])[0], bound("import", node["local"])];
    return local.filter((name) => name.text !== imported?.text);
  }
  if (TYPES.has(type)) return bound("type", node["id"] ?? node["name"]);
  if (type === "ClassDeclaration") return bound("class", node["id"]);
  if (PROPERTIES.has(type)) {
    const own = node["computed"] === true || node["shorthand"] === true ? [] : bound("property", node["key"]);
    return FUNCTIONS.has(type) ? [...own, ...bound("parameter", node["params"])] : own;
  }
  return FUNCTIONS.has(type) ? [...bound("function", node["id"]), ...bound("parameter", node["params"])] : [];
}

function below(node: Node): Name[] {
  // what a pattern takes apart is named by whoever made it; what it binds, its declaration has told
  const inside = node.type === "ObjectPattern" ? nodes(node["properties"]).map((p) => p["value"]) : Object.values(node);
  return [...declared(node), ...inside.flatMap(nodes).flatMap(below)];
}

function namesInDocument(source: string): Name[] {
  const names: Name[] = [];
  const add = (name: NameNode | undefined): void => {
    if (name !== undefined) names.push({ kind: "property", text: name.value, start: name.loc?.start ?? 0 });
  };
  visit(parse(source), {
    [Kind.OPERATION_DEFINITION]: ({ name }) => add(name),
    [Kind.FRAGMENT_DEFINITION]: ({ name }) => add(name),
    [Kind.VARIABLE_DEFINITION]: ({ variable }) => add(variable.name),
    [Kind.FIELD]: ({ alias }) => add(alias),
  });
  return names;
}

function namesIn(file: string): Name[] {
  const source = readFileSync(file, "utf8");
  const kinds = /\.(css|graphql|tsx?)$/.exec(file)?.[1];
  if (kinds === "css" || READ_BY_USERS.test(file)) return [];
  if (kinds === "graphql") return namesInDocument(source);
  const { program, errors } = parseSync(file, source);
  if (errors.length > 0) throw new Error(`${file}: ${errors[0]?.message}`);
  return below({ ...program });
}

const schema = namesOfSchema();
const given = process.argv.slice(2);
const files = given.length > 0 ? given : globSync(SOURCES, { cwd: import.meta.dirname }).filter((file) => !WRITTEN.test(file)).toSorted();
for (const file of files) {
  const path = isAbsolute(file) ? file : join(import.meta.dirname, file);
  const lines = readFileSync(path, "utf8");
  const fileName = { kind: "file", text: basename(file).split(".")[0] ?? "", start: 0 };
  for (const { kind, text: name, start } of [fileName, ...namesIn(path)]) {
    const found = kind === "property" && schema.has(name) ? [] : wordsOf(name).filter((word) => everyday.has(word));
    if (found.length === 0) continue;
    console.log(`${given.length > 0 ? file : relative(ROOT, path)}:${lines.slice(0, start).split("\n").length} ${kind} ${name}: ${found.join(", ")}`);
    process.exitCode = 1;
  }
}
