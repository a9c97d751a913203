import type { Expressions } from "../../alert/expressions.ts";
import type { App, Deps } from "../../api/deps.ts";
import { requires } from "../../api/requires.ts";
import { type PreviewBody, sourcePreview, sourcePreviewBody } from "../contract.ts";
import { readBody } from "../read-body.ts";
import type { ParsedItem } from "../source-kind.ts";
import { findSourceKind } from "../source-kinds.ts";
import { inTurns } from "../steps.ts";
import type { BadExpression, Picked } from "./evaluation.ts";
import { parseWithExpressions, readPickedJson } from "./parse-with-expressions.ts";
import type { BodyToPick, PickedBody, PickedReport } from "./pick-reports.ts";
import { type Place, previewReport } from "./preview-report.ts";

/** As many reports of a sample are shown. */
const mostShown = 10;

/** The route that shows what expressions make of a sample. It stores nothing. */
export function previewRoutes(app: App, { expressions: pool, config, clock }: Deps): void {
  app.post(
    "/api/v1/sources/preview",
    {
      ...requires("Manage Sources", { unaudited: "It stores nothing.", cost: "heavy" }),
      schema: {
        tags: ["Sources"],
        summary: "Show what a source with these expressions makes of a sample",
        body: sourcePreview,
        response: { 200: sourcePreviewBody },
      },
    },
    async ({ body: { kind: name, expressions, sample, ...source }, principal }): Promise<PreviewBody> => {
      const kind = findSourceKind(name);
      const read = await inTurns(readBody(kind ?? {}, Buffer.from(sample)));
      if (!read.ok) return { ...nothing, problem: { field: read.field, expected: read.expected } };
      if (!kind) return nothing;
      const bad: BadExpression[] = [];
      let picked: PickedBody = { kind: "reports", reports: [] };
      const pick = async (given: BodyToPick) => {
        const by = `preview by ${principal.actor.id}`;
        picked = await pool.pick(by, { ...given, trace: true });
        if (picked.kind !== "bad") return picked;
        // While one is being written, the others still show the alert.
        bad.push(...picked.bad);
        picked = await pool.pick(by, { ...given, trace: true, expressions: without(given.expressions, bad) });
        return picked;
      };
      const items = await parseWithExpressions(pick, { kind, source, expressions, body: read.body });
      const place = {
        source: { id: "", name: source.name, kind: name },
        publicUrl: config.publicUrl,
        now: clock(),
      };
      return { ...show(items, picked, place), bad };
    },
  );
}

function without(expressions: Expressions, bad: BadExpression[]): Expressions {
  const isBad = (name: string) => bad.some(({ field }) => field === name);
  return Object.fromEntries(Object.entries(expressions).filter(([field]) => !isBad(field)));
}

const nothing: PreviewBody = { reports: 0, results: [], problem: null, bad: [] };

function show(items: ParsedItem[], picked: PickedBody, place: Place): PreviewBody {
  switch (picked.kind) {
    case "bad":
      return nothing;
    case "no-reports":
      return {
        ...nothing,
        problem: { ...picked.field, field: "reports", value: undefined, expected: "a list of reports" },
      };
    case "reports": {
      const fields = fieldsOf(items, picked.reports);
      const results = items
        .slice(0, mostShown)
        .map((item, index) => previewReport(item, fields[index] ?? {}, place));
      return { ...nothing, reports: items.length, results };
    }
    default:
      return picked satisfies never;
  }
}

/** What the expressions gave for each item. Only reports that their kind could read were evaluated. */
function fieldsOf(items: ParsedItem[], picked: PickedReport[]): Picked["fields"][] {
  const isForEach = picked.length === items.length;
  const given = picked.values();
  return items.map((item) => {
    const report = isForEach || item.ok ? given.next().value : undefined;
    const read = report?.kind === "picked" ? readPickedJson(report.json) : null;
    return read && "fields" in read ? read.fields : {};
  });
}
