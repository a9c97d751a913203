import { isOpen } from "../../src/alert/alert.ts";
import type { Analyst, Deed, Planned } from "./planned.ts";
import * as cloud from "./recipes/cloud.ts";
import * as code from "./recipes/code.ts";
import * as endpoint from "./recipes/endpoint.ts";
import * as identity from "./recipes/identity.ts";
import * as platform from "./recipes/platform.ts";
import type { Recipe, Turn } from "./recipes/recipe.ts";
import type { Random } from "./seeded.ts";

const minute = 60 * 1000;
const recipes: Recipe[] = [identity, cloud, code, endpoint, platform].flatMap((topic) =>
  Object.values(topic),
);

/** The alerts of the seven days before `now`, oldest first, with what became of each until now. */
export function planWeek(now: Date, random: Random): Planned[] {
  const week = recipes.flatMap((recipe) =>
    Array.from({ length: recipe.timesAWeek }, () => plan(recipe, workingTime(now, random), { now, random })),
  );
  return week.sort((a, b) => a.at.getTime() - b.at.getTime());
}

/** Alerts of now, which nobody has touched yet, one of each recipe. */
export function planNow(chosen: Recipe[], now: Date, random: Random): Planned[] {
  return chosen.map((recipe) => ({ ...plan(recipe, now, { now, random }), deeds: [] }));
}

function plan(recipe: Recipe, at: Date, { now, random }: { now: Date; random: Random }): Planned {
  const turn = makeTurn(at, random);
  const told = recipe.tell(turn);
  // Most alerts have one event, few have many.
  const events = 1 + Math.floor(random() ** 3 * recipe.mostEvents);
  const deeds = planDeeds(recipe, turn, random);
  return { at, told, events, deeds: deeds.filter((deed) => deed.at < now) };
}

/** The younger an alert, the fewer of its deeds have been done by now: that leaves today's work open. */
function planDeeds({ severity, endings }: Recipe, turn: Turn, random: Random): Deed[] {
  if (severity === "INFO") return [];
  const urgent = severity === "HIGH" || severity === "CRITICAL";
  const after = (from: number, to: number) => new Date(turn.at.getTime() + turn.whole(from, to) * minute);
  const [first, ...others] = endings;
  if (!first) return [{ kind: "over", at: after(12, 240) }];
  const by: Analyst = turn.one(["ada", "ada", "grace"]);
  const taken: Deed = { kind: "change", at: urgent ? after(2, 15) : after(10, 50), by, takes: true };
  const triaged: Deed = { kind: "change", at: after(51, 60), by, status: "TRIAGED" };
  const [status, comment] = turn.one([first, ...others]);
  const ended: Deed = { kind: "change", at: urgent ? after(65, 400) : after(65, 1500), by, status, comment };
  return [...(urgent || random() < 0.4 ? [taken] : []), ...(random() < 0.3 ? [triaged] : []), ended];
}

function makeTurn(at: Date, random: Random): Turn {
  const whole = (from: number, to: number) => from + Math.floor(random() * (to - from + 1));
  return {
    at,
    whole,
    one: (list) => list[whole(0, list.length - 1)] ?? list[0],
    address: () => `${random() < 0.5 ? "203.0.113" : "198.51.100"}.${whole(1, 254)}`,
  };
}

/** True while somebody still has to look at it, as far as is planned. */
export function staysOpen({ deeds }: Planned): boolean {
  return deeds.every((deed) => deed.kind === "change" && (!deed.status || isOpen(deed.status)));
}

const hour = 60 * 60 * 1000;
const week = 7 * 24 * hour;
/** What is younger belongs to the present, and is sent while everybody watches. */
const youngest = hour / 2;

/** How busy each hour of a working day is, in UTC: people make alerts, and so do nightly jobs. */
const busy = [1, 1, 3, 1, 1, 2, 5, 9, 10, 10, 9, 7, 9, 10, 9, 8, 6, 4, 2, 2, 1, 1, 1, 1] as const;
const busiest = Math.max(...busy);
const weekendShare = 0.25;

/** How likely something happens at this time, beside the busiest hour of the week: 0 to 1. */
export function likelihood(at: Date): number {
  const share = (busy[at.getUTCHours()] ?? 0) / busiest;
  const weekend = at.getUTCDay() === 0 || at.getUTCDay() === 6;
  return weekend ? share * weekendShare : share;
}

/** A time within the last seven days, as likely as work is then. */
function workingTime(now: Date, random: Random): Date {
  for (;;) {
    const at = new Date(now.getTime() - youngest - random() * (week - youngest));
    if (random() < likelihood(at)) return at;
  }
}
