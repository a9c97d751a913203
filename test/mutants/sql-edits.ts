import type { Edit } from "./edits.ts";
import { children, type Node } from "./syntax.ts";

/** What ends a condition outside of parentheses. */
const endOfCondition =
  /^(?:and|or|order by|group by|limit|returning|for update|then|when|union|where|on conflict|(?:left |cross )?join|offset|from|set)\b/i;
const replacements: [RegExp, (found: string) => string][] = [
  [/\bfor update(?: of \w+(?:, \w+)*)?(?: skip locked)?/g, () => ""],
  [/\bdesc\b/g, () => "asc"],
  [/\basc\b/g, () => "desc"],
  [/\bgreatest\b/g, () => "least"],
  [/\bleast\b/g, () => "greatest"],
  [/\bnot exists\b/g, () => "exists"],
  [/(?<!not )\bexists\b(?= *\()/g, () => "not exists"],
  [/\bis not null\b/g, () => "is null"],
  [/\bis null\b/g, () => "is not null"],
  [
    / (?:<|>|<=|>=) /g,
    (found) => ({ "<": " >= ", ">": " <= ", "<=": " > ", ">=": " < " })[found.trim()] ?? "",
  ],
  [/(?<=interval '\d+ )(?:second|minute|hour|day)/g, (found) => otherUnit[found] ?? ""],
  [/ \+ 1\b/g, () => " + 0"],
];
const otherUnit: Record<string, string> = { second: "minute", minute: "hour", hour: "minute", day: "hour" };

/** Whether a template is a statement or part of one. */
export function isSql(template: Node, parent: Node | undefined, text: string): boolean {
  if (template.type !== "TemplateLiteral") return false;
  if (parent?.type === "TaggedTemplateExpression") return /^sql\b/.test(text.slice(parent.start, parent.end));
  return /^`\s*(?:select|insert into|update|delete from|with) /.test(
    text.slice(template.start, template.end),
  );
}

/** The changes to try in a statement. */
export function sqlEdits(template: Node, text: string): Edit[] {
  const sql = withoutExpressions(template, text);
  const at = (start: number, end: number, replacement: string): Edit => ({
    start: template.start + start,
    end: template.start + end,
    text: replacement,
  });
  const replaced = replacements.flatMap(([pattern, replace]) =>
    [...sql.matchAll(pattern)].map(({ 0: found, index }) => at(index, index + found.length, replace(found))),
  );
  const opened = [...sql.matchAll(/\b(?:where|and)\s+/g)].filter(
    ({ index }) => !/\bbetween\s+\S+\s+$/.test(sql.slice(0, index)),
  );
  const dropped = opened.flatMap(({ 0: opener, index }) => {
    const start = index + opener.length;
    const end = start + conditionLength(sql.slice(start));
    const condition = text.slice(template.start + start, template.start + end);
    // The parameters in it have to stay.
    return condition.trim() ? [at(start, end, `(true or ${condition})`)] : [];
  });
  return [...replaced, ...dropped];
}

/** The template's text at the same positions, with the expressions in it blanked out. */
function withoutExpressions(template: Node, text: string): string {
  const whole = text.slice(template.start, template.end);
  return children(template, "expressions").reduce((sql, { start, end }) => {
    const [from, to] = [start - template.start - "${".length, end - template.start + "}".length];
    return sql.slice(0, from) + "_".repeat(to - from) + sql.slice(to);
  }, whole);
}

function conditionLength(sql: string): number {
  let depth = 0;
  for (let at = 0; at < sql.length; at++) {
    const isStart = at > 0 && /\s/.test(sql.charAt(at - 1));
    if (depth === 0 && isStart && endOfCondition.test(sql.slice(at)))
      return sql.slice(0, at).trimEnd().length;
    if (sql[at] === "(") depth++;
    if (sql[at] === ")" && --depth < 0) return sql.slice(0, at).trimEnd().length;
    if (sql[at] === "`") return sql.slice(0, at).trimEnd().length;
  }
  return sql.length;
}
