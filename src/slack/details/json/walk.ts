/** A value inside of another, and where: `n` is its place in the order of reading, the same as long as the whole is. */
export interface JsonNode {
  n: number;
  /** A field's name or a place in a list; null for the whole. */
  key: string | number | null;
  parent: JsonNode | null;
  value: unknown;
}

/** Every value of a parsed JSON value: the whole first, and each before what is in it. */
export function* walk(whole: unknown): Generator<JsonNode> {
  const waiting: Omit<JsonNode, "n">[] = [{ key: null, parent: null, value: whole }];
  for (let n = 0; ; n++) {
    const next = waiting.pop();
    if (!next) return;
    const node = { ...next, n };
    yield node;
    for (const [key, value] of entriesOf(node.value).reverse()) waiting.push({ key, parent: node, value });
  }
}

function entriesOf(value: unknown): [string | number, unknown][] {
  if (Array.isArray(value)) return value.map((item, at) => [at, item]);
  return typeof value === "object" && value !== null ? Object.entries(value) : [];
}
