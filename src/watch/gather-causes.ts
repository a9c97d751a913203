import type { FaultCause } from "../alert/fault-causes.ts";
import { installationState } from "../setup/installations/installation-state.ts";
import { remedyText } from "../setup/needs-attention.ts";
import { isAppFault } from "../slack/client/is-app-fault.ts";
import { missingScopes } from "../slack/scopes.ts";
import { webhookRemedy } from "../deliver/events/event-fault.ts";
import type { BrokenRow } from "./faults/read-broken.ts";

/**
 * Who has to hear of it. `mail`: only alerts about set-up wait there, and no alert is raised about those.
 * `banner`: it was never whole, as a channel that the bot has yet to be invited to.
 */
export type News = "banner" | "mail" | "alert";

/** One thing that is broken, with all that it breaks. */
export interface BrokenCause {
  cause: FaultCause;
  fault: string;
  /** What is broken, as `#security` or `Slack (ACME)`. */
  name: string;
  /** What it means and what to do. */
  remedy: string;
  since: Date | null;
  destinations: { id: string; name: string }[];
  waiting: number;
  news: News;
}

/** The causes behind what is broken: what one app or one line does to several destinations is one. */
export function gatherCauses(rows: readonly BrokenRow[]): BrokenCause[] {
  const gathered = new Map<FaultCause, BrokenCause>();
  for (const one of rows.flatMap((row) => [...ofApp(row), ...ofLine(row)])) {
    const known = gathered.get(one.cause);
    gathered.set(one.cause, known ? joined(known, one) : one);
  }
  return [...gathered.values()];
}

const order: readonly News[] = ["banner", "mail", "alert"];

function joined(known: BrokenCause, one: BrokenCause): BrokenCause {
  return {
    ...known,
    destinations: [...known.destinations, ...one.destinations],
    waiting: known.waiting + one.waiting,
    news: order.indexOf(one.news) > order.indexOf(known.news) ? one.news : known.news,
  };
}

function ofApp(row: BrokenRow): BrokenCause[] {
  const { app, lineFault } = row;
  if (!app) return [];
  const missing = missingScopes(app.scopes, "without-mirror");
  const met = lineFault && isAppFault(lineFault) ? lineFault : null;
  const state = installationState({ fault: app.fault, missing });
  if (state.kind === "ok" && !met) return [];
  const fault = state.kind === "ok" ? (met ?? "") : state.fault;
  const remedy = state.kind === "ok" ? remedyText(fault) : state.remedy;
  const news = state.kind === "ok" ? newsOf(row) : "alert";
  const named = { cause: `app:${app.id}` as const, name: `Slack (${app.workspace})` };
  return [{ ...common(row), ...named, fault, remedy, since: met ? row.lineSince : null, news }];
}

function ofLine(row: BrokenRow): BrokenCause[] {
  const { app, lineFault, line, place } = row;
  if (!lineFault || (app && isAppFault(lineFault))) return [];
  const { means, todo } = webhookRemedy(lineFault, place);
  const remedy = app ? remedyText(lineFault, { channelName: place }) : `${means} ${todo}`;
  const cause = `line:${line}` as const;
  return [{ ...common(row), cause, fault: lineFault, remedy, name: place, news: newsOf(row) }];
}

function common({ destination, lineSince, waiting }: BrokenRow) {
  return { destinations: [destination], since: lineSince, waiting };
}

function newsOf({ othersWait, waiting, delivered }: BrokenRow): News {
  if (othersWait) return "alert";
  if (waiting > 0) return "mail";
  return delivered ? "alert" : "banner";
}
