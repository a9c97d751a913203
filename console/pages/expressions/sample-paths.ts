const maxPaths = 400;
const maxDepth = 8;

export interface SamplePath {
  /** As JSONata writes it: `host.name`, or `labels.`app name``. */
  path: string;
  /** The first value there, shortened. */
  value: string;
}

/**
 * The paths that an expression can use on a sample, in its order. With `reports`, an expression that is a path, they
 * start at one of these reports, and the others at `$body`. Lists are left out of paths, as JSONata maps over them.
 */
export function samplePaths(sample: string, reports = ""): SamplePath[] {
  const all = new Map<string, string>();
  addPaths(parse(sample), { path: "", depth: 0, all });
  const within = `${reports.trim()}.`;
  const paths = [...all].map(([path, value]) => ({ path, value }));
  if (reports.trim() === "") return paths;
  const own = paths.filter(({ path }) => path.startsWith(within));
  const others = paths.filter(({ path }) => !path.startsWith(within));
  return [
    ...own.map(({ path, value }) => ({ path: path.slice(within.length), value })),
    ...others.map(({ path, value }) => ({ path: `$body.${path}`, value })),
  ];
}

function parse(sample: string): unknown {
  try {
    return JSON.parse(sample);
  } catch {
    return null;
  }
}

interface Place {
  path: string;
  depth: number;
  all: Map<string, string>;
}

function addPaths(value: unknown, { path, depth, all }: Place): void {
  if (path !== "" && !all.has(path) && all.size < maxPaths) all.set(path, shorten(value));
  if (typeof value !== "object" || value === null || depth >= maxDepth || all.size >= maxPaths) return;
  if (Array.isArray(value)) {
    for (const item of value) addPaths(item, { path, depth: depth + 1, all });
    return;
  }
  for (const [name, inner] of Object.entries(value)) {
    addPaths(inner, { path: [path, quote(name)].filter(Boolean).join("."), depth: depth + 1, all });
  }
}

/** JSONata's own words can't be names either. */
function quote(name: string): string {
  return /^[A-Za-z_][A-Za-z0-9_]*$/.test(name) && !/^(?:and|or|in|true|false|null)$/.test(name)
    ? name
    : `\`${name}\``;
}

function shorten(value: unknown): string {
  if (Array.isArray(value)) return `${value.length} ${value.length === 1 ? "item" : "items"}`;
  if (typeof value === "object" && value !== null) return "object";
  const json = JSON.stringify(value);
  return json.length > 40 ? `${json.slice(0, 40)}…` : json;
}

/** The path that is being typed before the caret: where it starts, and its text. */
export function typedPath(expression: string, caret: number): { start: number; text: string } {
  const before = expression.slice(0, caret);
  const text = /(?:[$A-Za-z_][\w$]*|`[^`]*`?)(?:\.(?:[\w$]+|`[^`]*`?)?)*$/.exec(before)?.[0] ?? "";
  const isInText = (before.slice(0, before.length - text.length).match(/"/g)?.length ?? 0) % 2 === 1;
  return isInText ? { start: caret, text: "" } : { start: caret - text.length, text };
}

/** The paths that continue what is typed: first those that start with it, then those that contain it. */
export function completions(paths: readonly SamplePath[], typed: string): SamplePath[] {
  const wanted = typed.toLowerCase();
  if (wanted === "") return [];
  const starting = paths.filter(({ path }) => path.toLowerCase().startsWith(wanted));
  const holding = paths.filter(
    ({ path }) => path.toLowerCase().includes(wanted, 1) && !starting.some((one) => one.path === path),
  );
  const found = [...starting, ...holding].slice(0, 8);
  return found.length === 1 && found[0]?.path === typed ? [] : found;
}
