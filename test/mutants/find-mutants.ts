import { droppableInQueries, type Edit, editsAt } from "./edits.ts";
import { isSql, sqlEdits } from "./sql-edits.ts";
import { child, type Node, parse, walk } from "./syntax.ts";

export const groups = ["decisions", "sql", "permissions", "audit", "transport"] as const;
export type Group = (typeof groups)[number];

/** A file with one small fault, which a test should notice. */
export interface Mutant extends Edit {
  /** Names the mutant by file and text, so that it outlives changes elsewhere in the file. */
  key: string;
  file: string;
  line: number;
  group: Group;
}

const permissionFiles =
  /^src\/(?:people\/|http\/(?:auth|session-routes|live-route)|api\/requires|interact\/acting|connect\/identity\/)/;
const transportFiles =
  /^src\/(?:http\/(?:answer-headers|arrival|slack-routes)|people\/unproven-bodies|api\/(?:session-cookie|rate-limits|json-size)|slack\/(?:verify-signature|open-socket)|connect\/(?:check-signature|installations\/(?:begin|finish)-oauth)|deliver\/(?:events\/(?:post|outgoing)|email\/mailer|custom-webhook\/headers)|secrets\/)/;

/** Every mutant of a file. Each still parses. */
export function findMutants(file: string, text: string): Mutant[] {
  const program = parse(file, text);
  if (!program) throw new Error(`${file} can't be parsed`);
  const seen = new Map<string, number>();
  return [...walk(program)]
    .flatMap(({ node, path }) => edits(node, path, text).map((edit) => ({ ...edit, node, path })))
    .filter((edit) => parse(file, applied(text, edit)) !== null)
    .map(({ node, path, ...edit }) => {
      const name = `${file}: ${inShort(text.slice(edit.start, edit.end))} -> ${inShort(edit.text)}`;
      const nth = (seen.get(name) ?? 0) + 1;
      seen.set(name, nth);
      return {
        ...edit,
        file,
        key: nth === 1 ? name : `${name} (${nth})`,
        line: text.slice(0, edit.start).split("\n").length,
        group: groupOf(node, path, { file, text }),
      };
    });
}

export function applied(text: string, { start, end, text: replacement }: Edit): string {
  return text.slice(0, start) + replacement + text.slice(end);
}

function edits(node: Node, path: readonly Node[], text: string): Edit[] {
  return isSql(node, path.at(-1), text) ? sqlEdits(node, text) : editsAt(node, text);
}

function groupOf(node: Node, path: readonly Node[], { file, text }: { file: string; text: string }): Group {
  if (isSql(node, path.at(-1), text) || isQuery(node)) return "sql";
  if ([...path, node].some((one) => isAudit(one, text))) return "audit";
  const callee = child(node, "callee");
  if (permissionFiles.test(file) || callee?.name === "requires") return "permissions";
  return transportFiles.test(file) ? "transport" : "decisions";
}

function isQuery(node: Node): boolean {
  const property = child(child(node, "callee") ?? node, "property");
  return node.type === "CallExpression" && droppableInQueries.has(String(property?.name));
}

function isAudit(node: Node, text: string): boolean {
  const called = node.type === "ExpressionStatement" || node.type === "CallExpression";
  return called && /^(?:await )?\w*audit\w*\(/i.test(text.slice(node.start, node.end));
}

/** Text on one line; a long one by its beginning and end. */
function inShort(text: string): string {
  const line = text.replaceAll(/\s+/g, " ").trim();
  return line.length <= 100 ? line || "(nothing)" : `${line.slice(0, 60)} … ${line.slice(-30)}`;
}
