import { isOpen } from "../../src/alert/alert.ts";
import { sourceKinds } from "../../src/ingest/source-kinds.ts";
import type { Action, Analyst, Planned } from "./planned.ts";
import * as cloud from "./recipes/cloud.ts";
import * as code from "./recipes/code.ts";
import * as endpoint from "./recipes/endpoint.ts";
import * as identity from "./recipes/identity.ts";
import * as platform from "./recipes/platform.ts";
import type { Occurrence, Recipe } from "./recipes/recipe.ts";
import type { Random } from "./seeded.ts";

const minute = 60 * 1000;
const recipes: Recipe[] = [identity, cloud, code, endpoint, platform].flatMap((topic) =>
  Object.values(topic),
);

/**
 * Plans the alerts of the seven days before `now`, oldest first, with the actions on each until now. A kind of source
 * without a recipe sends its sample once.
 */
export function planWeek(now: Date, random: Random, kinds = sourceKinds): Planned[] {
  const week = recipes.flatMap((recipe) =>
    Array.from({ length: recipe.perWeek }, () => plan(recipe, randomTime(now, random), { now, random })),
  );
  const played = new Set(week.map(({ report }) => report.kind));
  const samples = kinds
    .filter(({ kind }) => !played.has(kind))
    .map(({ kind, sample }) => ({
      at: randomTime(now, random),
      report: { kind, body: sample },
      events: 1,
      actions: [],
    }));
  return [...week, ...samples].sort((a, b) => a.at.getTime() - b.at.getTime());
}

/** Plans one alert of each recipe, at `now` and without actions. */
export function planNow(chosen: Recipe[], now: Date, random: Random): Planned[] {
  return chosen.map((recipe) => ({ ...plan(recipe, now, { now, random }), actions: [] }));
}

function plan(recipe: Recipe, at: Date, { now, random }: { now: Date; random: Random }): Planned {
  const occurrence = makeOccurrence(at, random);
  const report = recipe.makeReport(occurrence);
  // Most alerts have one event, few have many.
  const events = 1 + Math.floor(random() ** 3 * recipe.maxEvents);
  const actions = planActions(recipe, occurrence, random);
  return { at, report, events, actions: actions.filter((action) => action.at < now) };
}

/** Plans actions after the alert, perhaps in the future. Those are dropped, so recent alerts stay open. */
function planActions({ severity, endings }: Recipe, occurrence: Occurrence, random: Random): Action[] {
  if (severity === "INFO") return [];
  const urgent = severity === "HIGH" || severity === "CRITICAL";
  const after = (from: number, to: number) =>
    new Date(occurrence.at.getTime() + occurrence.integer(from, to) * minute);
  const [first, ...others] = endings;
  if (!first) return [{ kind: "resolved", at: after(12, 240) }];
  const by: Analyst = occurrence.pick(["ada", "ada", "grace"]);
  const assignment: Action = { kind: "change", at: urgent ? after(2, 15) : after(10, 50), by, assigns: true };
  const triage: Action = { kind: "change", at: after(51, 60), by, status: "TRIAGED" };
  const [disposition, comment] = occurrence.pick([first, ...others]);
  const closing: Action = {
    kind: "change",
    at: urgent ? after(65, 400) : after(65, 1500),
    by,
    status: disposition === "FALSE_POSITIVE" ? "CLOSED" : "RESOLVED",
    disposition,
    comment,
  };
  return [...(urgent || random() < 0.4 ? [assignment] : []), ...(random() < 0.3 ? [triage] : []), closing];
}

function makeOccurrence(at: Date, random: Random): Occurrence {
  const integer = (from: number, to: number) => from + Math.floor(random() * (to - from + 1));
  return {
    at,
    integer,
    pick: (list) => list[integer(0, list.length - 1)] ?? list[0],
    ipAddress: () => `${random() < 0.5 ? "203.0.113" : "198.51.100"}.${integer(1, 254)}`,
  };
}

/** True unless a planned action closes the alert. */
export function staysOpen({ actions }: Planned): boolean {
  return actions.every((action) => action.kind === "change" && (!action.status || isOpen(action.status)));
}

const hour = 60 * 60 * 1000;
const week = 7 * 24 * hour;
/** The minimum age of the week's alerts. `play-today.ts` sends newer ones. */
const youngest = hour / 2;

/** Relative activity in each hour of a working day, in UTC. People cause alerts, and so do nightly jobs. */
const activity = [1, 1, 3, 1, 1, 2, 5, 9, 10, 10, 9, 7, 9, 10, 9, 8, 6, 4, 2, 2, 1, 1, 1, 1] as const;
const maxActivity = Math.max(...activity);
const weekendShare = 0.25;

/** The likelihood of an alert at this time, relative to the busiest hour of the week: 0 to 1. */
export function likelihood(at: Date): number {
  const share = (activity[at.getUTCHours()] ?? 0) / maxActivity;
  const weekend = at.getUTCDay() === 0 || at.getUTCDay() === 6;
  return weekend ? share * weekendShare : share;
}

/** A random time within the last seven days, weighted by `likelihood`. */
function randomTime(now: Date, random: Random): Date {
  for (;;) {
    const at = new Date(now.getTime() - youngest - random() * (week - youngest));
    if (random() < likelihood(at)) return at;
  }
}
