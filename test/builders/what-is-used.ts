import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const slack = join(import.meta.dirname, "../../src/slack");

/** The methods that the client calls, as its code says. */
export function calledMethods(): string[] {
  const found = textsIn("client").flatMap((text) =>
    [...text.matchAll(/call\(\s*"([\w.]+)"/g)].map(([, name]) => name ?? ""),
  );
  return [...new Set(found)].sort();
}

/** Whether the readers of requests have a word for this event. Messages of all kinds of channel are one event. */
export function isHeard(event: string): boolean {
  const name = `"${event.replace(/^message\..*/, "message")}"`;
  return ["request"].flatMap(textsIn).some((text) => text.includes(name));
}

/** Whether something gives its messages this metadata. */
export function isWritten(metadataType: string): boolean {
  return [readFileSync(join(slack, "message.ts"), "utf8")].some((text) => text.includes(`"${metadataType}"`));
}

function textsIn(folder: string): string[] {
  const path = join(slack, folder);
  return readdirSync(path, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts") && !file.includes(".test."))
    .map((file) => readFileSync(join(path, file), "utf8"));
}
