import { setTimeout as sleep } from "node:timers/promises";
import type { Fault } from "../../simulator/web-api/gateway/fault.ts";
import type { Fleet } from "../fleet/fleet.ts";
import type { Mishap } from "../fleet/receiver.ts";

/** Does one fault to a running fleet, and puts it right again if it doesn't end by itself. */
export type Inflict = (fleet: Fleet, random: () => number) => Promise<void>;

const pick = <T>(all: readonly T[], random: () => number): T => {
  const one = all[Math.floor(random() * all.length)];
  if (one === undefined) throw new Error("nothing to pick from");
  return one;
};

/** The next call of a method in one channel goes wrong, in one channel after the other: no message is refused three times. */
const once = (method: string, what: Fault["what"]): Inflict => {
  let turn = 0;
  return async ({ slack, arranged }) => {
    const channel = arranged.channels[turn++ % arranged.channels.length]?.id;
    await slack.ask("faults", { faults: [{ method, channel, times: 1, what }] });
  };
};
const refused = (error: string) => once("chat.postMessage", { kind: "error", error });

/** The webhook's receiver does this to the next event. */
const atReceiver =
  (what: Mishap): Inflict =>
  async ({ receiver }) =>
    receiver.mishap(what);

const briefly = (random: () => number) => sleep(200 + random() * 800);

/** Leaves the app without the scopes by which a lost answer can be looked up; the token is asked what it has. */
const untold: Inflict = async ({ slack, api }) => {
  const { scopes } = await slack.ask("setApp", {});
  const kept = scopes.filter((scope) => !/^metadata\.message:read$|:history$/.test(scope));
  if (kept.length === scopes.length) return;
  await slack.ask("setApp", { scopes: kept });
  await pasteToken({ slack, api });
};

const pasteToken = ({ slack, api }: Pick<Fleet, "slack" | "api">) => {
  const { botToken, signingSecret } = slack.app;
  return untilTaken(() => api("PUT", "/slack/app", { mode: "http", botToken, signingSecret }));
};

/** As a person would: again, until a node under load has taken it. */
async function untilTaken(act: () => Promise<unknown>): Promise<void> {
  for (let tries = 0; ; tries++) {
    const fault = await act().then(
      () => null,
      (why: Error) => why,
    );
    if (fault === null) return;
    if (tries === 20) throw fault;
    await sleep(250);
  }
}

/** A fault that everything which is delivered through the app meets until it is put right. */
const app =
  (state: "token_revoked" | "token_expired" | "account_inactive"): Inflict =>
  async ({ slack, api }, random) => {
    await slack.ask("setApp", { state });
    await briefly(random);
    await slack.ask("setApp", { state: "installed" });
    await pasteToken({ slack, api });
  };

/** Every fault of spec section 5, by a name for the command line. */
export const kinds = {
  // Faults that pass.
  dropped: once("chat.postMessage", { kind: "dropped" }),
  "status-500": once("chat.postMessage", { kind: "status", status: 500 }),
  "status-503": once("chat.postMessage", { kind: "status", status: 503, retryAfter: 1 }),
  internal_error: refused("internal_error"),
  ratelimited: refused("ratelimited"),
  "rate-429": once("chat.postMessage", { kind: "status", status: 429, retryAfter: 2 }),
  slow: once("chat.postMessage", { kind: "slow", ms: 3000 }),
  "slack-away": async ({ slack }, random) => {
    const away = { method: "*", times: 10_000, what: { kind: "status", status: 503 } } as const;
    await slack.ask("faults", { faults: [away] });
    await briefly(random);
    await slack.ask("faults", { faults: [] });
  },
  // Answers that are lost: found again, and where nothing can tell, doubled with a mark.
  "answer-lost": once("chat.postMessage", { kind: "lost" }),
  "answer-lost-untold": async (fleet, random) => {
    await untold(fleet, random);
    await once("chat.postMessage", { kind: "lost" })(fleet, random);
  },
  // Edits.
  "update-lost": once("chat.update", { kind: "lost" }),
  "update-429": once("chat.update", { kind: "status", status: 429, retryAfter: 1 }),
  edit_window_closed: once("chat.update", { kind: "error", error: "edit_window_closed" }),
  cant_update_message: once("chat.update", { kind: "error", error: "cant_update_message" }),
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
  // Content.
  invalid_blocks: refused("invalid_blocks"),
  // Faults of set-up: arranged as they come about, and each other one that Slack may answer.
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
  "token-revoked": app("token_revoked"),
  token_expired: app("token_expired"),
  account_inactive: app("account_inactive"),
  invalid_auth: refused("invalid_auth"),
  missing_scope: refused("missing_scope"),
  channel_not_found: refused("channel_not_found"),
  is_inactive: refused("is_inactive"),
  restricted_action: refused("restricted_action"),
  restricted_action_read_only_channel: refused("restricted_action_read_only_channel"),
  restricted_action_non_threadable_channel: refused("restricted_action_non_threadable_channel"),
  restricted_action_thread_only_channel: refused("restricted_action_thread_only_channel"),
  team_access_not_granted: refused("team_access_not_granted"),
  team_not_found: refused("team_not_found"),
  org_login_required: refused("org_login_required"),
  app_access_restricted: refused("app_access_restricted"),
  "unknown-refusal": refused("refused_for_a_new_reason"),
  // Webhooks.
  "webhook-500": atReceiver({ status: 500 }),
  "webhook-410": async ({ receiver, api, webhookId }, random) => {
    receiver.gone(true);
    await briefly(random);
    receiver.gone(false);
    await untilTaken(() => api("PATCH", `/destinations/${webhookId}`, { displayName: "Receiver" }));
  },
  "webhook-answer-lost": atReceiver("cut"),
  // Tocsin itself, and its database.
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
    // Else the next one would come before anything has gone on.
    await sleep(1500);
  },
} satisfies Record<string, Inflict>;

export type Kind = keyof typeof kinds;
