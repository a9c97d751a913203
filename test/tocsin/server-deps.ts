import { createSecretKey, randomBytes } from "node:crypto";
import type { Deps } from "../../src/api/deps.ts";
import { openPending } from "../../src/api/pending.ts";
import type { Config } from "../../src/config.ts";
import { openSlackAccess } from "../../src/connect/slack-access.ts";
import { openOutgoing } from "../../src/deliver/events/outgoing.ts";
import { openExpressionPool } from "../../src/ingest/expressions/expression-pool.ts";
import { openMeter } from "../../src/outbox/meter.ts";
import { usualPace } from "../../src/pace.ts";
import { openRefusals } from "../../src/people/audit-log/refusals.ts";
import { openReach } from "../../src/reach/reach.ts";
import { openVault } from "../../src/secrets/vault.ts";

/** What the HTTP server needs, without workers and intake. `doubles` are servers in place of real ones: origins by host. */
export function serverDeps({
  config,
  doubles = {},
  ...given
}: Pick<Deps, "db" | "log" | "clock"> & { config: Config; doubles?: Record<string, string> }): Deps {
  const vault = openVault(createSecretKey(randomBytes(32)));
  const reach = openReach(config.proxies);
  const { webhookAllowPrivate: allowed, smtp } = config;
  return {
    ...given,
    config,
    pace: usualPace,
    pending: openPending(),
    refusals: openRefusals(),
    reach,
    slack: openSlackAccess({ db: given.db, vault, apiUrl: config.slackApiUrl, reach }),
    outgoing: openOutgoing({ vault, clock: given.clock, pace: usualPace, doubles, reach, allowed, smtp }),
    meter: openMeter(),
    notifications: { subscribe: () => () => {}, close: async () => {} },
    socketMode: { state: () => ({ kind: "off" }), start: () => {}, close: async () => {} },
    intake: {
      submit: () => Promise.reject(new Error("This server has no intake.")),
      hasRoom: async () => {},
    },
    expressions: openExpressionPool(),
    ...{ received: async () => {}, wake: () => {}, whyNotReady: () => null },
  };
}
