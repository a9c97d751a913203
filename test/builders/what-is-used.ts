import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const slack = join(import.meta.dirname, "../../src/slack");

/** The Slack methods that the client's code calls. */
export function calledMethods(): string[] {
  const found = textsIn("client").flatMap((text) =>
    [...text.matchAll(/call\(\s*"([\w.]+)"/g)].map(([, name]) => name ?? ""),
  );
  return [...new Set(found)].sort();
}

/** Whether the code that reads requests handles this event. `message.*` counts as one event. */
export function isHandledEvent(event: string): boolean {
  const name = `"${event.replace(/^message\..*/, "message")}"`;
  return ["request"].flatMap(textsIn).some((text) => text.includes(name));
}

/** Whether Tocsin posts messages with this metadata type. */
export function isUsedMetadata(metadataType: string): boolean {
  return [readFileSync(join(slack, "message.ts"), "utf8")].some((text) => text.includes(`"${metadataType}"`));
}

function textsIn(folder: string): string[] {
  const path = join(slack, folder);
  return readdirSync(path, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts") && !file.includes(".test."))
    .map((file) => readFileSync(join(path, file), "utf8"));
}
