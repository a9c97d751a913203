import { z } from "zod";
import { newSource, sourceBody } from "../../../src/ingest/contract.ts";
import { readableId } from "../previous-name.ts";
import type { Section, Values } from "../section.ts";

const item = newSource.extend(readableId);
const settings = sourceBody.pick({
  kind: true,
  name: true,
  defaultSeverity: true,
  severityWords: true,
  resolves: true,
  reopenAfter: true,
  rateLimit: true,
  cardFields: true,
  attention: true,
  expressions: true,
});
const listed = sourceBody.pick({ id: true });

/** Without their keys, which only Tocsin makes, and which it shows once. */
export const sources: Section = {
  name: "sources",
  one: "source",
  about: "The tools that send reports. Keys are not exported; each new source gets one of its own.",
  item,
  path: "/sources",
  nameField: "name",
  named: "source",
  identity: ({ name }) => String(name),
  title: ({ name, kind }) => `${name} (${kind})`,
  fixed: ["kind"],
  sets: [],
  merged: ["attention"],
  needs: [],
  async read(api, names) {
    const found = await api.list("/sources");
    return found.map((body) => {
      const { id } = listed.parse(body);
      const { name, kind, ...values } = settings.parse(body);
      names.set("source", id, name);
      return { id, values: { name, kind, ...values } };
    });
  },
  references: () => [],
  body: (values) => values,
  removal: "its keys stop working at once, and its kept bodies are deleted; its alerts remain",
};

const key = z.object({ id: z.string(), url: z.string(), key: z.string() });

/** The address and the key of a source that was just created. */
export function createdKey(body: unknown): { url: string; key: string } | null {
  const read = key.safeParse(body);
  return read.success ? { url: read.data.url, key: read.data.key } : null;
}

/** What names a source in `values`, if anything does. */
export function sourceReference(values: Values, path: readonly string[]) {
  const [name = ""] = path;
  const source = values[name];
  return typeof source === "string" ? [{ kind: "source", name: source, path } as const] : [];
}
