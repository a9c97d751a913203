import { hasAccess, type Installation } from "./installation.ts";
import type { Workspace, World } from "./workspace.ts";

export const makeWorld = (given: Pick<World, "now" | "keptMessages" | "patienceMs">): World => ({
  ...given,
  workspaces: new Map(),
  organisations: new Map(),
  apps: new Map(),
  installations: new Map(),
  makeId: makeIdCounter(),
  makeTs: makeTsCounter(given.now),
});

/** The installations with access to a workspace, oldest first. */
export const installationsIn = ({ world, team }: Workspace): Installation[] =>
  [...world.installations.values()].filter((installation) => hasAccess(installation, team.id));

/** The installation with this bot ID, even if it has ended. */
export const installationOfBot = ({ world }: Workspace, botId: string): Installation | undefined =>
  [...world.installations.values()].find((installation) => installation.botId === botId);

function makeIdCounter(): World["makeId"] {
  let last = 46_656 * 36;
  return (prefix) => `${prefix}0SIM${(++last).toString(36).toUpperCase()}`;
}

function makeTsCounter(now: () => number): World["makeTs"] {
  let last = 0;
  return () => {
    // Slack's times have six decimals; the clock only gives three.
    last = Math.max(last + 1, now() * 1000);
    return `${Math.floor(last / 1e6)}.${String(last % 1e6).padStart(6, "0")}`;
  };
}
