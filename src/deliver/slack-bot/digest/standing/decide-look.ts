import { crowd } from "../../../../outbox/claim-line.ts";

/** What a look at a standing digest found. */
export interface Looked {
  closed: boolean;
  dirty: boolean;
  /** Taken in at this look. */
  gathered: number;
  /** Alerts that joined within the last minute, and that wait in the line; both are counted only past a crowd. */
  lately: number;
  waiting: number;
  namesLoud: boolean;
  loudWait: boolean;
  sinceDrawnSeconds: number;
}

export type Look =
  | { kind: "draw"; why: "it has changed" | "cards went out meanwhile" }
  /** Its last drawing for the storm; from here on only what it counts may change. */
  | { kind: "close"; why: "the storm is over" }
  | { kind: "leave"; why: "nothing is new" };

/** Cards of a long queue go out one a second: that alone is told seldom, since edits are few. */
const progressSeconds = 15;

export function decideLook(looked: Looked): Look {
  const { closed, dirty, gathered, lately, waiting, namesLoud, loudWait, sinceDrawnSeconds } = looked;
  const over = !closed && gathered === 0 && lately <= crowd && waiting <= crowd;
  if (over) return { kind: "close", why: "the storm is over" };
  if (dirty || gathered > 0) return { kind: "draw", why: "it has changed" };
  const progress = !closed && (namesLoud || loudWait) && sinceDrawnSeconds >= progressSeconds;
  return progress
    ? { kind: "draw", why: "cards went out meanwhile" }
    : { kind: "leave", why: "nothing is new" };
}
