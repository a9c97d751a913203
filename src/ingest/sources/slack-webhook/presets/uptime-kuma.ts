import type { Preset } from "../preset.ts";

/** `[Payments API] [🔴 Down] connect ECONNREFUSED 10.0.4.7:443`, below a line or header with Uptime Kuma's name. */
const beat = /^(?:Message: )?\[(.+)\] \[(?:\S+ )?(Up|Down)\](?:\s+(\S.*))?$/;

/** github.com/louislam/uptime-kuma, server/notification-providers/slack.js */
export const uptimeKuma: Preset = {
  tool: "Uptime Kuma",
  shared: /^(?:uptime kuma alert$|(?:message: )?\[.+\] \[(?:\S+ )?(?:up|down)\])/i,
  read({ lines }) {
    const [, monitor, state, why = ""] = lines.map((line) => beat.exec(line)).find(Boolean) ?? [];
    if (!monitor || !state) return null;
    const title = `[${monitor}] [${state}] ${why.replace(/(?:\s?@(?:channel|here))+$/, "")}`;
    return { title: title.trim(), identity: monitor, over: state === "Up" };
  },
};
