import type { KnownBlock } from "@slack/types";
import type { Alert } from "../../alert/alert.ts";
import { noDisposition } from "../../alert/disposition.ts";
import type { Report } from "../../alert/report.ts";
import { readParts } from "../../boomerang/preview.ts";
import { plain } from "../../slack/text/text.ts";
import { drawCard } from "../../triage/card/draw-card.ts";
import type { PreviewedReport } from "../contract.ts";
import type { ParsedItem } from "../source-kind.ts";
import type { Picked } from "./evaluation.ts";

/** Where the report would come from, and go to. */
export interface Place {
  source: { id: string; name: string; kind: string };
  publicUrl: string;
  now: Date;
}

/** What would become of a report if it opened an alert. Nothing is stored, so its number is a stand-in. */
export function previewReport(item: ParsedItem, fields: Picked["fields"], place: Place): PreviewedReport {
  const picks = Object.entries(fields).map(([field, picked]) => ({
    field,
    ...picked,
    value: picked.value === undefined ? undefined : JSON.stringify(picked.value).slice(0, maxShown),
  }));
  if (!item.ok)
    return {
      invalid: { field: item.field, expected: item.expected },
      warnings: [],
      picks,
      alert: null,
      card: [],
    };
  const alert = alertOf(item.report, place);
  const view = {
    alert,
    place: { timezone: "UTC", alertUrl: `${place.publicUrl}/alerts/${alert.number}` },
    assigneeSlackId: null,
    block: { redraws: 0 },
    now: place.now,
  };
  const { says, identity, occurredAt, title, severity, logTypes, tags } = item.report;
  return {
    invalid: null,
    warnings: item.warnings ?? [],
    picks,
    alert: {
      ...{ title, severity, says, logTypes, tags },
      detection: alert.detection && (alert.detection.name ?? alert.detection.id),
      identity: alert.dedupString,
      periodMinutes: identity.kind === "windowed" ? identity.periodMinutes : null,
      occurredAt: occurredAt?.toISOString() ?? null,
    },
    card: readParts(drawCard(view).blocks.map(withoutMarkup)),
  };
}

const maxShown = 200;

/** The card's own lines have markup of Slack, what came from outside has none. Links are shown by their text. */
function withoutMarkup(block: KnownBlock): KnownBlock {
  if (block.type !== "section" || block.text?.type !== "mrkdwn") return block;
  const links = block.text.text.replace(/<[^|>]+\|([^>]+)>/g, "$1").replace(/<([^>]+)>/g, "$1");
  return { ...block, text: plain(plainText(links.replace(/\*([^*]+)\*/g, "$1")), 3000) };
}

function plainText(text: string): string {
  return text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");
}

function alertOf(report: Report, { source, now }: Place): Alert {
  const { identity, detectionId, detectionName, occurredAt } = report;
  const at = occurredAt ?? now;
  const { title, severity, type, logTypes, tags, reports, description, runbook, reference, context } = report;
  const isOver = report.says === "resolved";
  const actor = { type: "source", id: source.id, name: source.name } as const;
  return {
    ...{ title, severity, type, logTypes, tags, reports, description, runbook, reference, context, source },
    id: "00000000-0000-7000-8000-000000000000",
    number: 1,
    ...noDisposition,
    version: 1,
    status: isOver ? "RESOLVED" : "OPEN",
    detection: detectionId === null ? null : { id: detectionId, name: detectionName },
    dedupString: identity.kind === "named" ? identity.id : identity.dedupString,
    eventCount: 1,
    reportedAgain: false,
    silencedBy: null,
    assignee: null,
    createdAt: at,
    firstEventOccurredAt: at,
    lastReceivedEventAt: now,
    updatedAt: now,
    updatedBy: actor,
    statusSet: isOver ? { by: actor, via: "source", at: now, comment: null } : null,
  };
}
