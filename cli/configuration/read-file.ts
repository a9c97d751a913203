import { isMap, isNode, isScalar, isSeq, LineCounter, type Node, parseDocument } from "yaml";
import { z } from "zod";
import { suggestion } from "./check-references.ts";
import { knownKeys, knownValues } from "./known-keys.ts";
import type { Fault, Wanted } from "./plan.ts";
import { sectionNames, type Values } from "./section.ts";
import { sections } from "./sections.ts";

type Path = readonly (string | number)[];

/** A file that was read: what it names, and where. */
export interface ReadFile {
  wanted: Wanted;
  /** `12:3: sources[0].kind: …`, with the line and column of a place in the file. */
  locate(fault: Fault): string;
}

/** Everything that is wrong with a file, a line each with its place. */
export class BadFile extends Error {
  override readonly name = "BadFile";
  constructor(name: string, faults: readonly string[]) {
    super(
      [`${name} was not applied, and nothing was changed:`, ...faults.map((fault) => `  ${fault}`)].join(
        "\n",
      ),
    );
  }
}

const list = (item: z.ZodType<Values>) => z.array(item, { error: () => "must be a list; write [] for none" });

const shape = sections.map(({ name, item }): [string, z.ZodType] => {
  return [name, (name === "settings" ? item : list(item)).optional()];
});
const fileSchema = z.strictObject({
  version: z.literal(1, "must be 1").optional(),
  ...Object.fromEntries(shape),
});

const things = z.record(z.string(), z.unknown());

/** Reads and checks a whole file. Throws a `BadFile` that lists every fault. */
export function readFile(name: string, text: string): ReadFile {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const place = (offset: number) => {
    const { line, col } = lines.linePos(offset);
    return `${line}:${col}`;
  };
  const broken = document.errors.map(({ pos: [offset], message }) => `${place(offset)}: ${message}`);
  if (broken.length > 0) throw new BadFile(name, broken);
  const root = document.contents;
  const says = (path: Path, message: string) =>
    `${place(offsetOf(root, path))}: ${path.length > 0 ? `${pathText(path)} ` : ""}${message}`;
  const data: unknown = document.toJS() ?? {};
  const read = fileSchema.safeParse(data);
  if (!read.success) {
    const faults = read.error.issues.flatMap((issue) => faultsOf(issue, data));
    faults.sort((one, other) => offsetOf(root, one.path) - offsetOf(root, other.path));
    throw new BadFile(
      name,
      faults.map(({ path, message }) => says(path, message)),
    );
  }
  const given = things.parse(read.data);
  const wanted = sectionNames.flatMap((section) => {
    const value = given[section];
    return value === undefined ? [] : [[section, z.array(things).parse([value].flat())] as const];
  });
  return {
    wanted: new Map(wanted),
    locate: ({ section, path, message }) => {
      const [, ...ofSettings] = path;
      return says([section, ...(section === "settings" ? ofSettings : path)], message);
    },
  };
}

/** What an issue means for people: what is wrong, and what would be right. */
function faultsOf(issue: z.core.$ZodIssue, data: unknown): { path: Path; message: string }[] {
  const path = issue.path.map((one) => (typeof one === "number" ? one : String(one)));
  const isMissing = valueAt(data, path) === undefined;
  switch (issue.code) {
    case "unrecognized_keys": {
      const known = knownKeys(fileSchema, path, data);
      return issue.keys.map((key) => ({
        path: [...path, key],
        message: `is not a field here${suggestion(key, known) || `. The fields are ${known.join(", ")}`}`,
      }));
    }
    case "invalid_value":
      return [{ path, message: choice(issue.values.map(String), valueAt(data, path)) }];
    case "invalid_union": {
      const types = issue.path.at(-1) === "type" ? knownValues(fileSchema, path) : [];
      if (types.length > 0) return [{ path, message: choice(types, valueAt(data, path)) }];
      return [{ path, message: `${isMissing ? "is missing, and " : ""}${issue.message}` }];
    }
    case "invalid_type":
      if (!issue.message.startsWith("Invalid input")) return [{ path, message: withMust(issue.message) }];
      return [
        {
          path,
          message: isMissing
            ? `is missing, and must be ${words(issue.expected)}`
            : `must be ${words(issue.expected)}`,
        },
      ];
    default:
      return [{ path, message: isMissing ? `is missing: ${issue.message}` : withMust(issue.message) }];
  }
}

const nouns: Record<string, string> = {
  string: "a text",
  object: "fields with their values",
  record: "names with their values",
  array: "a list; write [] for none",
  boolean: "true or false",
  int: "a whole number",
  number: "a number",
};

function words(expected: string): string {
  return nouns[expected] ?? expected;
}

function withMust(message: string): string {
  return message
    .replace(/^Invalid input: expected /, "must be ")
    .replace(/^Too small: expected /, "is too small: expected ");
}

function choice(all: readonly string[], given: unknown): string {
  const near = typeof given === "string" ? suggestion(given, all) : "";
  return `${given === undefined ? "is missing, and " : ""}must be ${all.length === 1 ? "" : "one of "}${all.join(", ")}${near}`;
}

function valueAt(data: unknown, path: Path): unknown {
  let value = data;
  for (const one of path) {
    if (typeof value !== "object" || value === null) return undefined;
    value = Object.entries(value).find(([name]) => name === String(one))?.[1];
  }
  return value;
}

/** `sources[0].kind` */
function pathText(path: Path): string {
  return path.map((one, at) => (typeof one === "number" ? `[${one}]` : at === 0 ? one : `.${one}`)).join("");
}

/** Where a place is in the text; of something missing, where it would be. */
function offsetOf(root: Node | null, path: Path): number {
  let node: Node | null = root;
  let offset = root?.range?.[0] ?? 0;
  for (const one of path) {
    let next: unknown = null;
    if (isMap(node)) {
      const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === String(one));
      if (!pair) return offset;
      if (isNode(pair.key)) offset = pair.key.range?.[0] ?? offset;
      next = pair.value;
    } else if (isSeq(node)) next = node.items[Number(one)];
    if (!isNode(next)) return offset;
    if (isSeq(node)) offset = next.range?.[0] ?? offset;
    node = next;
  }
  return offset;
}
