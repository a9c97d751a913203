import type { DestinationType } from "../../src/deliver/destination-type.ts";
import { destinationTypes } from "../../src/deliver/destination-types.ts";
import type { SourceKind } from "../../src/ingest/source-kind.ts";
import { sourceKinds } from "../../src/ingest/source-kinds.ts";
import { table } from "../../test/permissions-page.ts";
import { keyOf } from "../../test/source-kinds-page.ts";
import type { Entry } from "./split-page.ts";

/** The pages of source kinds, each with what the kind says of itself. */
export function sourceEntries(): Entry[] {
  return sourceKinds.map((kind) => ({
    heading: kind.kind,
    name: kind.kind,
    title: kind.label,
    facts: `## What Tocsin reads\n\n${readsTable(kind)}`,
  }));
}

function readsTable({ kind, label: _, reads, ...rest }: SourceKind): string {
  const rows = [
    ["kind", `\`${kind}\``],
    ["identity", reads.identity],
    ["severity", reads.severities],
    ["ends", reads.ends],
    ["fields", reads.fields],
    ["key", keyOf(rest)],
    ["rate and retries", reads.retries],
  ];
  return table(
    ["what", "how"],
    rows.map((row) => row.map(escaped)),
  );
}

/** The pages of destination types that have a section in docs/destinations.md, each with the type's settings. */
export function destinationEntries(): Entry[] {
  const own = destinationTypes.filter(({ type }) => !filesOfTypes.has(type));
  return own.map((type) => ({
    heading: type.about.name,
    name: type.type,
    title: type.about.name,
    facts: settingsOf(type),
  }));
}

/** Destination types with a file of their own, relative to docs/destinations.md. */
export const filesOfTypes: ReadonlyMap<string, string> = new Map([
  ["slack-bot", "setup.md"],
  ["custom-webhook", "webhooks.md"],
]);

/** The settings of a type, as its form in the Console shows them. */
export function settingsOf({ about }: DestinationType): string {
  const rows = about.fields.map(({ name, label, hint, required }) => [
    label + (required ? " *" : ""),
    `\`${name}\``,
    hint,
  ]);
  return `## Settings\n\n${table(
    ["setting", "in the API", "what it does"],
    rows.map((row) => row.map(escaped)),
  )}\n\n\\* required`;
}

function escaped(text: string): string {
  return text.replaceAll("|", "\\|").replaceAll("<", "&lt;");
}
