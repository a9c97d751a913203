import { setTimeout as sleep } from "node:timers/promises";
import type { Fault } from "../../simulator/web-api/gateway/fault.ts";
import type { Fleet } from "../fleet/fleet.ts";
import type { ReceiverFault } from "../fleet/receiver.ts";
import { repositoryRoot } from "../repository-root.ts";

/** Inflicts one fault on a running fleet, and repairs it if it does not end by itself. */
export type Inflict = (fleet: Fleet, random: () => number) => Promise<void>;

const pick = <T>(all: readonly T[], random: () => number): T => {
  const one = all[Math.floor(random() * all.length)];
  if (one === undefined) throw new Error("There is nothing to pick from.");
  return one;
};

/** Fails the next call of a method in one channel, channels in turn, so that no message is refused three times. */
const failNextCall = (method: string, what: Fault["what"]): Inflict => {
  let turn = 0;
  return async ({ slack, setup }) => {
    const channel = setup.channels[turn++ % setup.channels.length]?.id;
    await slack.ask("faults", { faults: [{ method, channel, times: 1, what }] });
  };
};
const refuseNextPost = (error: string) => failNextCall("chat.postMessage", { kind: "error", error });

/** Fails the webhook's next event at the receiver. */
const failNextEvent =
  (fault: ReceiverFault): Inflict =>
  async ({ receiver }) =>
    receiver.failNext(fault);

const sleepBriefly = (random: () => number) => sleep(200 + random() * 800);

/** Removes the app's scopes for looking up a lost response. Saving the token makes Tocsin read its scopes. */
const removeLookupScopes: Inflict = async ({ slack, api }) => {
  const { scopes } = await slack.ask("setApp", {});
  const kept = scopes.filter((scope) => !/^metadata\.message:read$|:history$/.test(scope));
  if (kept.length === scopes.length) return;
  await slack.ask("setApp", { scopes: kept });
  await saveToken({ slack, api });
};

const saveToken = ({ slack, api }: Pick<Fleet, "slack" | "api">) => {
  const { botToken, signingSecret } = slack.app;
  return retryUntilAccepted(() => api("PUT", "/slack/app", { mode: "http", botToken, signingSecret }));
};

/** Retries as a person would, until a node under load has accepted the change. */
async function retryUntilAccepted(act: () => Promise<unknown>): Promise<void> {
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

/** A fault of the app, which every delivery meets until it is repaired. */
const appFault =
  (state: "token_revoked" | "token_expired" | "account_inactive"): Inflict =>
  async ({ slack, api }, random) => {
    await slack.ask("setApp", { state });
    await sleepBriefly(random);
    await slack.ask("setApp", { state: "installed" });
    await saveToken({ slack, api });
  };

/** Stops a node as SIGTERM does and starts it again, nodes in turn. */
/** Restarts the nodes in turn, with the source in `root` from then on. */
function restartNextNode(root?: string): Inflict {
  let turn = 0;
  return async ({ nodes }) => {
    const node = nodes[turn++ % nodes.length];
    await node?.stop();
    if (root) node?.moveTo(root);
    await node?.start();
  };
}

/** Every fault of docs/behaviour.md#5-deliver, by its name on the command line. */
export const kinds = {
  // Temporary faults.
  dropped: failNextCall("chat.postMessage", { kind: "dropped" }),
  "status-500": failNextCall("chat.postMessage", { kind: "status", status: 500 }),
  "status-503": failNextCall("chat.postMessage", { kind: "status", status: 503, retryAfter: 1 }),
  internal_error: refuseNextPost("internal_error"),
  ratelimited: refuseNextPost("ratelimited"),
  "rate-429": failNextCall("chat.postMessage", { kind: "status", status: 429, retryAfter: 2 }),
  slow: failNextCall("chat.postMessage", { kind: "slow", ms: 3000 }),
  "slack-away": async ({ slack }, random) => {
    const away = { method: "*", times: 10_000, what: { kind: "status", status: 503 } } as const;
    await slack.ask("faults", { faults: [away] });
    await sleepBriefly(random);
    await slack.ask("faults", { faults: [] });
  },
  // Lost responses: the card is found again, or posted twice with a mark if the scopes are missing.
  "answer-lost": failNextCall("chat.postMessage", { kind: "lost" }),
  "answer-lost-untold": async (fleet, random) => {
    await removeLookupScopes(fleet, random);
    await failNextCall("chat.postMessage", { kind: "lost" })(fleet, random);
  },
  // Edits.
  "update-lost": failNextCall("chat.update", { kind: "lost" }),
  "update-429": failNextCall("chat.update", { kind: "status", status: 429, retryAfter: 1 }),
  edit_window_closed: failNextCall("chat.update", { kind: "error", error: "edit_window_closed" }),
  cant_update_message: failNextCall("chat.update", { kind: "error", error: "cant_update_message" }),
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
  invalid_blocks: refuseNextPost("invalid_blocks"),
  // Setup faults: some caused as people cause them, the others as errors that Slack answers.
  "channel-archived": async ({ slack, setup }, random) => {
    const channel = pick(setup.channels, random).id;
    await slack.ask("setChannel", { channel, archived: true });
    await sleepBriefly(random);
    await slack.ask("setChannel", { channel, archived: false });
  },
  "bot-removed": async ({ slack, setup }, random) => {
    const { name } = pick(setup.channels, random);
    await slack.channel(`#${name}`).say("/remove @Tocsin", { as: "grace" });
    await sleepBriefly(random);
    await slack.channel(`#${name}`).say("/invite @Tocsin", { as: "grace" });
  },
  "token-revoked": appFault("token_revoked"),
  token_expired: appFault("token_expired"),
  account_inactive: appFault("account_inactive"),
  invalid_auth: refuseNextPost("invalid_auth"),
  missing_scope: refuseNextPost("missing_scope"),
  channel_not_found: refuseNextPost("channel_not_found"),
  is_inactive: refuseNextPost("is_inactive"),
  restricted_action: refuseNextPost("restricted_action"),
  restricted_action_read_only_channel: refuseNextPost("restricted_action_read_only_channel"),
  restricted_action_non_threadable_channel: refuseNextPost("restricted_action_non_threadable_channel"),
  restricted_action_thread_only_channel: refuseNextPost("restricted_action_thread_only_channel"),
  team_access_not_granted: refuseNextPost("team_access_not_granted"),
  team_not_found: refuseNextPost("team_not_found"),
  org_login_required: refuseNextPost("org_login_required"),
  app_access_restricted: refuseNextPost("app_access_restricted"),
  "unknown-refusal": refuseNextPost("refused_for_a_new_reason"),
  // Webhooks.
  "webhook-500": failNextEvent({ status: 500 }),
  "webhook-410": async ({ receiver, api, webhookId }, random) => {
    receiver.setGone(true);
    await sleepBriefly(random);
    receiver.setGone(false);
    await retryUntilAccepted(() => api("PATCH", `/destinations/${webhookId}`, { displayName: "Receiver" }));
  },
  "webhook-answer-lost": failNextEvent("cut"),
  // Tocsin itself, and its database.
  "node-killed": async ({ nodes }, random) => {
    const node = pick(nodes, random);
    await node.kill();
    await node.start();
  },
  // As for a new setting.
  "node-restarted": restartNextNode(),
  // From the Tocsin that --from names to this one; meanwhile nodes of both run.
  "node-upgraded": restartNextNode(repositoryRoot),
  "node-hangs": async ({ nodes }, random) => {
    const node = pick(nodes, random);
    node.pause();
    await sleep(5000 + random() * 1000);
    node.resume();
  },
  "connections-cut": ({ postgres }) => postgres.cut(),
  "database-restarted": async ({ postgres }, random) => {
    await postgres.restart(random() * 300);
    // Otherwise the next restart would come before the nodes have recovered.
    await sleep(1500);
  },
} satisfies Record<string, Inflict>;

export type Kind = keyof typeof kinds;
