import { type Installation, reaches } from "./installation.ts";
import type { Workspace, World } from "./workspace.ts";

export const makeWorld = (given: Pick<World, "now" | "keptMessages">): World => ({
  ...given,
  workspaces: new Map(),
  organisations: new Map(),
  apps: new Map(),
  installations: new Map(),
  makeId: counterIds(),
  makeTs: increasingTimes(given.now),
});

/** The installations of apps that reach into a workspace, in order of their making. */
export const installationsIn = ({ world, team }: Workspace): Installation[] =>
  [...world.installations.values()].filter((installation) => reaches(installation, team.id));

/** Whose bot wrote a message here; also that of an app which is not installed any more. */
export const installationOfBot = ({ world }: Workspace, botId: string): Installation | undefined =>
  [...world.installations.values()].find((installation) => installation.botId === botId);

function counterIds(): World["makeId"] {
  let last = 46_656 * 36;
  return (prefix) => `${prefix}0SIM${(++last).toString(36).toUpperCase()}`;
}

function increasingTimes(now: () => number): World["makeTs"] {
  let last = 0;
  return () => {
    // Slack's times have six decimals, of which the clock gives three.
    last = Math.max(last + 1, now() * 1000);
    return `${Math.floor(last / 1e6)}.${String(last % 1e6).padStart(6, "0")}`;
  };
}
