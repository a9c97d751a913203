import { Document, isMap, isScalar, isSeq } from "yaml";
import { alertTypes, severities } from "../../src/alert/alert.ts";
import { permissions } from "../../src/alert/permission.ts";
import type { Current, Section, Values } from "./section.ts";
import { type State, sections } from "./sections.ts";

const head = `# The configuration of Tocsin. \`tocsin apply\` brings a Tocsin to it; docs/config-as-code.md says how.
# Secrets are not here: each is read from the environment variable or the file that is named in its place.
version: 1
`;

/** Readers of YAML 1.1 would take `22:00` for a number unless it has quotes. */
const readableByAll = { compat: "yaml-1.1" } as const;

/** The state as a file. The same state gives the same bytes. */
export function exportText(state: State, wanted: ReadonlySet<string>): string {
  const variables = new Set<string>();
  const parts = sections.flatMap((section) => {
    const currents = wanted.has(section.name) ? state.get(section.name) : undefined;
    return currents ? [partText(section, currents, variables)] : [];
  });
  return [head, ...parts].join("\n");
}

function partText(section: Section, currents: readonly Current[], variables: Set<string>): string {
  const listed = inOrder(
    section,
    currents.filter(({ values }) => section.isListed?.(values) ?? true),
  );
  const things = listed.map(({ current, id }) => {
    const values = distinctVariables(ordered(section, current.values), variables);
    return { ...(id !== null && { id }), ...values };
  });
  const document = new Document(
    { [section.name]: section.name === "settings" ? things[0] : things },
    readableByAll,
  );
  for (const [at, { current }] of listed.entries()) {
    const thing = document.getIn([section.name, at], true);
    if (at > 0 && isMap(thing)) thing.spaceBefore = true;
    for (const [field, note] of Object.entries(current.notes ?? {})) {
      const node = document.getIn([section.name, at, field], true);
      if (isScalar(node) || isSeq(node)) node.comment = ` ${note}`;
    }
  }
  if (isMap(document.contents)) for (const { value } of document.contents.items) inFlow(value);
  return `# ${section.about}\n${document.toString({ lineWidth: 0 })}`;
}

interface Listed {
  current: Current;
  /** Null where the name is enough. */
  id: string | null;
}

/** By name; of those with the same name each with its id, of silences that cover the same the first. */
function inOrder(section: Section, currents: readonly Current[]): Listed[] {
  const groups = Map.groupBy(currents, ({ values }) => section.identity(values).toLowerCase());
  const sorted = [...groups].toSorted(([one], [other]) => (one < other ? -1 : 1));
  return sorted.flatMap(([, same]): Listed[] => {
    if (same.length === 1 || section.nameField === null)
      return same.slice(0, 1).map((current) => ({ current, id: null }));
    return same
      .toSorted((one, other) => (one.id < other.id ? -1 : 1))
      .map((current) => ({ current, id: current.id }));
  });
}

const orders: Record<string, readonly string[]> = { severities, alertTypes, permissions };

/** The same values with lists and fields in one order. */
function ordered(section: Section, values: Values): Values {
  const fields = Object.entries(values).map(([field, value]) => {
    if (!section.sets.includes(field) || !Array.isArray(value)) return [field, sortedKeys(value)];
    const rank = (one: string) => orders[field]?.indexOf(one) ?? 0;
    const texts = value
      .map(String)
      .toSorted((one, other) => rank(one) - rank(other) || (one < other ? -1 : 1));
    return [field, texts];
  });
  return Object.fromEntries(fields);
}

function sortedKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortedKeys);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).toSorted(([one], [other]) => (one < other ? -1 : 1));
  return Object.fromEntries(entries.map(([name, inner]) => [name, sortedKeys(inner)]));
}

/** Numbers the second and later uses of a variable, so that no two secrets share one. */
function distinctVariables(values: Values, used: Set<string>): Values {
  const rename = (value: unknown): unknown => {
    if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
    const entries = Object.entries(value);
    const [name, variable] = entries[0] ?? [];
    if (entries.length !== 1 || name !== "env" || typeof variable !== "string")
      return Object.fromEntries(entries.map(([field, inner]) => [field, rename(inner)]));
    let free = variable;
    for (let number = 2; used.has(free); number++) free = `${variable}_${number}`;
    used.add(free);
    return { env: free };
  };
  return Object.fromEntries(Object.entries(values).map(([field, value]) => [field, rename(value)]));
}

/** Writes lists of plain values and references to secrets on one line. */
function inFlow(node: unknown): void {
  if (isSeq(node)) {
    if (node.items.every((item) => isScalar(item))) node.flow = true;
    else for (const item of node.items) inFlow(item);
  } else if (isMap(node)) {
    const [first] = node.items;
    if (node.items.length === 1 && isScalar(first?.key) && first.key.value === "env") node.flow = true;
    else for (const { value } of node.items) inFlow(value);
  }
}
