import type { SourceKind } from "../src/ingest/source-kind.ts";
import { table } from "./permissions-page.ts";

const intro = `# What each kind of source reads

This page is made from the kinds in \`src/ingest/sources/\`. \`src/ingest/source-kinds.test.ts\` fails when they differ;
\`npx vitest run src/ingest/source-kinds.test.ts -u\` writes it again. What to set in each tool is in
[sources.md](sources.md), what identity and severity mean in [behaviour.md](behaviour.md#2-ingest).

"The usual words" are those of [behaviour.md](behaviour.md#kinds). A report without a severity that Tocsin knows takes
the source's default. An identity without a time holds for ever; the others hold for a window that begins with the
alert.`;

/** The text of docs/source-kinds.md. */
export function sourceKindsPage(kinds: readonly SourceKind[]): string {
  const rows = kinds.map(({ kind, reads }) => [
    `[${kind}](sources.md#${kind})`,
    reads.identity,
    reads.severities,
    reads.ends,
    reads.fields,
  ]);
  const delivery = kinds.map(({ kind, label, reads, ...rest }) => [
    `[${kind}](sources.md#${kind})`,
    label,
    keyOf(rest),
    reads.retries,
  ]);
  const parts = [
    intro,
    "## What becomes of a report",
    table(["kind", "identity", "severities", "ends", "fields"], rows),
    "## How reports come in",
    table(["kind", "tool", "key", "rate and retries"], delivery),
  ];
  return `${parts.join("\n\n")}\n`;
}

/** How a source's key may come, besides the headers that all kinds take. */
export function keyOf({
  keyInQuery,
  keyField,
  keyScheme,
  signature,
}: Omit<SourceKind, "kind" | "label" | "reads">): string {
  const ways = [
    keyInQuery && "`?key=`",
    keyField && `\`${keyField}\` in the body`,
    signature && `the signature in \`${signature.header}\``,
    keyScheme && `\`Authorization: ${keyScheme}\``,
  ];
  return ["header", ...ways.filter(Boolean)].join(", ");
}
