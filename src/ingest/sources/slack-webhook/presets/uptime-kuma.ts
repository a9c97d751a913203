import type { Preset } from "../preset.ts";

/** `[Payments API] [🔴 Down] connect ECONNREFUSED 10.0.4.7:443`, below a line or header with Uptime Kuma's name. */
const beat = /^\[(.+)\] \[(?:\S+ )?(Up|Down)\](?:\s|$)/;

/** github.com/louislam/uptime-kuma, server/notification-providers/slack.js */
export const uptimeKuma: Preset = {
  tool: "Uptime Kuma",
  shared: /^(?:uptime kuma alert|\*message\*)$/i,
  read({ lines }) {
    const line = lines.find((one) => beat.test(one));
    const [, monitor, state] = beat.exec(line ?? "") ?? [];
    if (!line || !monitor) return null;
    return { title: line.replace(/(?:\s@(?:channel|here))+$/, ""), identity: monitor, over: state === "Up" };
  },
};
