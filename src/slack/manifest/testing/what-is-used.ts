import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const slack = join(import.meta.dirname, "../..");

/** The methods that the client calls, as its code says. */
export function calledMethods(): string[] {
  const folder = join(slack, "client");
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" });
  const texts = files
    .filter((file) => file.endsWith(".ts") && !file.includes(".test."))
    .map((file) => readFileSync(join(folder, file), "utf8"));
  const found = texts.flatMap((text) =>
    [...text.matchAll(/call\(\s*"([\w.]+)"/g)].map(([, name]) => name ?? ""),
  );
  return [...new Set(found)].sort();
}

/** Whether the reader of events has a word for this one. Messages of all kinds of channel are one event. */
export function isHeard(event: string): boolean {
  const reader = readFileSync(join(slack, "request/read-event.ts"), "utf8");
  return reader.includes(`"${event.replace(/^message\..*/, "message")}"`);
}

/** Whether something in src gives its messages this metadata. */
export function isWritten(metadataType: string): boolean {
  const folder = join(slack, "message");
  return readdirSync(folder).some((file) =>
    readFileSync(join(folder, file), "utf8").includes(`"${metadataType}"`),
  );
}
