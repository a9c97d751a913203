import type { Report, SourceFault } from "../../alert/report.ts";
import { ofTocsin } from "../own-report.ts";
import type { WatchedSource } from "./judge-source.ts";

const names: Record<SourceFault, string> = {
  SOURCE_NO_DATA: "Source sends nothing",
  SOURCE_UNREADABLE: "Source is unreadable",
};

function shared(id: string, { name, fault }: { name: string; fault: SourceFault }) {
  return {
    ...ofTocsin,
    title: titleOf(name, fault),
    detectionId: `Tocsin.${fault}`,
    detectionName: names[fault],
    // Each time has its own alert, which only the end of this time resolves.
    identity: { kind: "named", id: `source-fault:${id}` },
  } as const satisfies Partial<Report>;
}

function titleOf(name: string, fault: SourceFault): string {
  switch (fault) {
    case "SOURCE_NO_DATA":
      return `${name} has stopped sending`;
    case "SOURCE_UNREADABLE":
      return `Tocsin can't read what ${name} sends`;
    default:
      return fault satisfies never;
  }
}

interface Raised {
  source: WatchedSource;
  fault: SourceFault;
  publicUrl: string;
}

/** Tocsin's report that a source needs attention. */
export function raisedReport(id: string, { source, fault, publicUrl }: Raised): Report {
  return {
    ...shared(id, { name: source.name, fault }),
    says: "firing",
    description: describe(source, fault),
    reference: `${publicUrl}/configure/sources/${source.id}`,
    context: { fault, source: source.name, lastReceivedAt: source.lastAt.toISOString() },
    event: { fault, source: source.id },
    own: { cause: null, comment: null },
  };
}

function describe({ name, noDataHours, taken, refused }: WatchedSource, fault: SourceFault): string {
  const off = "The source's page has a switch that turns these alerts off.";
  switch (fault) {
    case "SOURCE_NO_DATA": {
      const time = noDataHours === 1 ? "hour" : `${noDataHours} hours`;
      return `${name} used to send something at least every ${time}, and has sent nothing since. Check whether the tool still runs, and its address and key.\n\n${off}`;
    }
    case "SOURCE_UNREADABLE":
      return `${refused} of the ${taken + refused} bodies of the last hour were refused. The source's page says why. They are kept for 7 days: once the tool or the source's settings are mended, replay them there.\n\n${off}`;
    default:
      return fault satisfies never;
  }
}

interface Ended {
  id: string;
  name: string;
  fault: SourceFault;
  /** Null if it was deleted, or nobody wants to hear about it any more. */
  source: WatchedSource | null;
}

/** Tocsin's report that it is over. */
export function endedReport({ id, name, fault, source }: Ended): Report {
  const isWatched = fault === "SOURCE_NO_DATA" ? source?.noData : source?.unreadable;
  const over = fault === "SOURCE_NO_DATA" ? `${name} sends again` : `${name} is understood again`;
  return {
    ...shared(id, { name, fault }),
    says: "resolved",
    description: null,
    reference: null,
    context: {},
    event: null,
    own: { cause: null, comment: isWatched ? over : `Tocsin no longer watches ${name} for this` },
  };
}
