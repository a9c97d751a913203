import type { Refusal } from "../../alert/refusal.ts";
import type { Report } from "../../alert/report.ts";
import type { Deps } from "../../api/deps.ts";
import { moreSevere } from "../../dedup/decide-join.ts";
import { dedupKey } from "../../dedup/incoming.ts";
import type { Principal } from "../../people/principal.ts";
import type { KnownSource } from "../door/doorkeeper.ts";
import { refuseBadExpressions } from "../expressions/check-expressions.ts";
import { pickItems, readReports } from "../parse-body.ts";
import { readSources, type Source, sourceNotFound } from "../source.ts";
import { findSourceKind } from "../source-kinds.ts";
import { inTurns } from "../steps.ts";
import type { ChangePreview, PreviewedChange } from "./contract.ts";
import { readBodies, readBody } from "./read-bodies.ts";

/** Bounds of a preview: the bodies that came last, their bytes together, and the alerts that are listed. */
const most = { bodies: 50, bytes: 5_000_000, alerts: 50 } as const;

/**
 * What the bodies that a source sent last become with its settings, and what they would become after a change. Stores
 * nothing. Time windows don't count: reports of the same identity are one alert.
 */
export async function previewChange(
  { db, expressions }: Pick<Deps, "db" | "expressions">,
  { sourceId, change, by }: { sourceId: string; change: PreviewedChange; by: Principal },
): Promise<ChangePreview | Refusal> {
  const [source] = await readSources(db.kysely, { id: sourceId });
  const kind = source && findSourceKind(source.kind);
  if (!kind) return sourceNotFound;
  if (change.expressions)
    await refuseBadExpressions(expressions, { ...source, expressions: change.expressions });
  // Evaluated in an order of its own, so that reports of the source don't wait for it.
  const tried = { ...source, id: `preview by ${by.actor.id}` };
  const rows = await readBodies(db.kysely, { sourceId, reports: undefined, after: null, limit: most.bodies });
  const reports: Pair[] = [];
  let [bodies, bytes] = [0, 0];
  for (const { id } of rows) {
    const raw = (await readBody(db.kysely, { sourceId, id }))?.raw;
    if (!raw || bytes + raw.length > most.bytes) continue;
    bytes += raw.length;
    bodies += 1;
    const read = (settings: Source) => readAll(expressions, { source: settings, kind }, raw);
    reports.push(...paired(await read(tried), await read({ ...tried, ...given(change) })));
  }
  return { bodies, ...compare(reports) };
}

/** A report and its dedup key, as it is read now and as it would be; null if it is refused or not found. */
interface Pair {
  before: Read | null;
  after: Read | null;
}

interface Read {
  report: Report;
  key: string;
}

type Settings = { source: Source; kind: KnownSource["kind"] };

async function readAll(pool: Deps["expressions"], known: Settings, raw: Buffer): Promise<(Read | null)[]> {
  const opened = { body: raw, isEnvelope: false, eventId: null, refused: null };
  const { items } = await pickItems(pool, known, await inTurns(readReports(known, opened)));
  return items.map((item) =>
    item.ok ? { report: item.report, key: dedupKey("", item.report).toString("hex") } : null,
  );
}

function paired(before: (Read | null)[], after: (Read | null)[]): Pair[] {
  const longest = before.length > after.length ? before : after;
  return longest.map((_, n) => ({ before: before[n] ?? null, after: after[n] ?? null }));
}

function compare(pairs: readonly Pair[]): Omit<ChangePreview, "bodies"> {
  const groups = Map.groupBy(pairs, ({ after }) => after?.key ?? "");
  groups.delete("");
  const alerts = [...groups.values()].flatMap((group) => {
    const after = group.flatMap(({ after: read }) => read?.report ?? []);
    const [first] = after;
    if (!first) return [];
    const before = group.map(({ before: read }) => read);
    const known = before.flatMap((read) => read?.report.severity ?? []);
    return {
      ...{ title: first.title, identity: identityOf(first), reports: group.length },
      severity: after.map(({ severity }) => severity).reduce(moreSevere),
      before: { ...countOf(before), severity: known.length > 0 ? known.reduce(moreSevere) : null },
    };
  });
  return {
    reports: pairs.length,
    before: countOf(pairs.map(({ before }) => before)),
    after: countOf(pairs.map(({ after }) => after)),
    alerts: alerts.toSorted((one, other) => other.reports - one.reports).slice(0, most.alerts),
  };
}

function countOf(reads: readonly (Read | null)[]) {
  return {
    alerts: new Set(reads.flatMap((read) => read?.key ?? [])).size,
    refused: reads.filter((read) => read === null).length,
  };
}

function identityOf({ identity }: Report): string {
  return identity.kind === "named" ? identity.id : identity.dedupString;
}

function given(change: PreviewedChange): Partial<Pick<Source, keyof PreviewedChange>> {
  const { expressions, severityWords, defaultSeverity } = change;
  return {
    ...(expressions !== undefined && { expressions }),
    ...(severityWords && { severityWords }),
    ...(defaultSeverity && { defaultSeverity }),
  };
}
