import { createHash } from "node:crypto";
import { readAlertType } from "../alert/alert.ts";
import type { DedupIdentity, Report } from "../alert/report.ts";
import { cutList, cutText, fitObject, fitSample, limits } from "./cut-to-limits.ts";

export const defaultPeriodMinutes = 60;

type Required = Pick<Report, "title" | "severity" | "event">;
type Optional = Omit<Report, keyof Required | "type" | "detectionId" | "detectionName" | "unknownSeverity">;

/** The result of a parser, not yet cut to the limits. Missing fields get their defaults. */
type Draft = Required & { [Field in keyof Optional]?: Optional[Field] | null } & {
  type?: string | null;
  detection?: { id: string; name?: string | null } | null;
};

/** Makes a report from a draft: applies defaults and all limits. Parsers don't cut anything themselves. */
export function finishReport(draft: Draft): Report {
  const { type, known } = readAlertType(draft.type || "RULE");
  const context = known ? draft.context : { ...draft.context, originalType: draft.type };
  const identity = draft.identity ?? windowOf(draft.title);
  return {
    says: draft.says ?? "firing",
    title: cutText(draft.title, limits.text),
    severity: type === "SYSTEM_ERROR" ? "CRITICAL" : draft.severity,
    type,
    detectionId: draft.detection?.id ? shortId(draft.detection.id) : null,
    detectionName: optional(draft.detection?.name, limits.text),
    identity: shortIdentity(identity),
    logTypes: cutList(draft.logTypes ?? []),
    tags: cutList(draft.tags ?? []),
    reports: cutReports(draft.reports ?? {}),
    description: optional(draft.description, limits.longText),
    runbook: optional(draft.runbook, limits.longText),
    reference: optional(draft.reference, limits.text),
    context: fitObject(context ?? {}, limits.jsonBytes),
    destinations: draft.destinations?.map((name) => cutText(name, limits.text)) ?? null,
    occurredAt: draft.occurredAt ?? null,
    event: fitSample(draft.event),
  };
}

/**
 * The identity of reports without an id of the tool's own: what happened, and the fields that tell where and to whom.
 * People read the dedup string, so it is not a hash.
 */
export function windowOf(what: string, about: Record<string, string | null> = {}): DedupIdentity {
  const fields = Object.entries(about)
    .flatMap(([name, value]) =>
      value ? `${name}=${/[,="]/.test(value) ? JSON.stringify(value) : value}` : [],
    )
    .sort();
  return {
    kind: "windowed",
    dedupString: [what, ...fields].join(", "),
    periodMinutes: defaultPeriodMinutes,
  };
}

/** An identity within the limits of `shortId`. */
export function shortIdentity(identity: DedupIdentity): DedupIdentity {
  switch (identity.kind) {
    case "named":
      return { ...identity, id: shortId(identity.id) };
    case "windowed":
      return { ...identity, dedupString: shortId(identity.dedupString) };
    default:
      return identity satisfies never;
  }
}

function optional(text: string | null | undefined, limit: number): string | null {
  return text?.trim() ? cutText(text, limit) : null;
}

function cutReports(reports: Record<string, string[]>): Record<string, string[]> {
  const frameworks = Object.entries(reports).slice(0, limits.listEntries);
  return Object.fromEntries(frameworks.map(([name, ids]) => [cutText(name, limits.text), cutList(ids)]));
}

/** PostgreSQL can't index an entry above 2,704 bytes. */
const indexableBytes = 2400;
/** In UTF-16 units of at most three bytes, so that head and hash fit into an index. */
const headLength = 700;

/**
 * Shortens an identity to fit into a text field and an index. A cut one ends in its hash, so that identities
 * that differ only after the cut stay distinct.
 */
export function shortId(id: string): string {
  if (id.length <= limits.text && Buffer.byteLength(id) <= indexableBytes) return id;
  const head = id.slice(0, headLength).replace(/[\uD800-\uDBFF]$/, "");
  return `${head}… [cut, sha256 ${createHash("sha256").update(id).digest("hex")}]`;
}
