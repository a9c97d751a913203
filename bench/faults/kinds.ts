import { setTimeout as sleep } from "node:timers/promises";
import type { Fault } from "../../simulator/web-api/door/fault.ts";
import type { Fleet } from "../fleet/fleet.ts";

/** Does one fault to a running fleet, and puts it right again if it doesn't end by itself. */
export type Inflict = (fleet: Fleet, random: () => number) => Promise<void>;

const pick = <T>(all: readonly T[], random: () => number): T => {
  const one = all[Math.floor(random() * all.length)];
  if (one === undefined) throw new Error("nothing to pick from");
  return one;
};

/** The next call of a method in one channel goes wrong at Slack. */
const once =
  (method: string, what: Fault["what"]): Inflict =>
  async ({ slack, arranged }, random) => {
    const channel = pick(arranged.channels, random).id;
    await slack.ask("faults", { faults: [{ method, channel, times: 1, what }] });
  };

const briefly = (random: () => number) => sleep(200 + random() * 800);

/** Every fault of spec section 5, by a name for the command line. */
export const kinds = {
  "status-500": once("chat.postMessage", { kind: "status", status: 500 }),
  "status-503": once("chat.postMessage", { kind: "status", status: 503, retryAfter: 1 }),
  internal_error: once("chat.postMessage", { kind: "error", error: "internal_error" }),
  "rate-429": once("chat.postMessage", { kind: "status", status: 429, retryAfter: 2 }),
  slow: once("chat.postMessage", { kind: "slow", ms: 3000 }),
  "answer-lost": once("chat.postMessage", { kind: "lost" }),
  "update-lost": once("chat.update", { kind: "lost" }),
  "update-429": once("chat.update", { kind: "status", status: 429, retryAfter: 1 }),
  invalid_blocks: once("chat.postMessage", { kind: "error", error: "invalid_blocks" }),
  "unknown-refusal": once("chat.postMessage", { kind: "error", error: "refused_for_a_new_reason" }),
  restricted_action: once("chat.postMessage", { kind: "error", error: "restricted_action" }),
  edit_window_closed: once("chat.update", { kind: "error", error: "edit_window_closed" }),
  "channel-archived": async ({ slack, arranged }, random) => {
    const channel = pick(arranged.channels, random).id;
    await slack.ask("setChannel", { channel, archived: true });
    await briefly(random);
    await slack.ask("setChannel", { channel, archived: false });
  },
  "bot-removed": async ({ slack, arranged }, random) => {
    const { name } = pick(arranged.channels, random);
    await slack.channel(`#${name}`).say("/remove @Tocsin", { as: "grace" });
    await briefly(random);
    await slack.channel(`#${name}`).say("/invite @Tocsin", { as: "grace" });
  },
  "token-revoked": async ({ slack, api }, random) => {
    await slack.ask("setApp", { state: "token_revoked" });
    await briefly(random);
    await slack.ask("setApp", { state: "installed" });
    const { botToken, signingSecret } = slack.app;
    await api("PUT", "/slack/app", { mode: "http", botToken, signingSecret });
  },
  "card-deleted": async ({ slack, postgres, deleted }, random) => {
    const cards = await postgres.query<{ channel_id: string; ts: string; alert_id: string }>(
      "select channel_id, ts, alert_id from cards where not gone order by id desc limit 50",
    );
    if (cards.length === 0) return;
    const { channel_id: channel, ts, alert_id } = pick(cards, random);
    if (deleted.has(alert_id)) return;
    deleted.add(alert_id);
    await slack.ask("deleteMessage", { channel, ts });
  },
  "node-killed": async ({ nodes }, random) => {
    const node = pick(nodes, random);
    await node.kill();
    await node.start();
  },
  "node-hangs": async ({ nodes }, random) => {
    const node = pick(nodes, random);
    node.pause();
    await sleep(5000 + random() * 1000);
    node.resume();
  },
  "connections-cut": ({ postgres }) => postgres.cut(),
  "database-restarted": async ({ postgres }, random) => {
    await postgres.restart(random() * 300);
  },
} satisfies Record<string, Inflict>;

export type Kind = keyof typeof kinds;
