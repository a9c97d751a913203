import type { Config } from "../config.ts";
import { openSlackAccess } from "../connect/slack-access.ts";
import type { Database } from "../db/connect.ts";
import type { Deps } from "../outbox/deps.ts";
import { openMeter } from "../outbox/meter.ts";
import { usualPace } from "../pace.ts";
import { openReach } from "../reach/reach.ts";
import { loadKey } from "../secrets/load-key.ts";
import { openVault } from "../secrets/vault.ts";

/** What a command needs to ask Slack. */
export async function openDeps(
  db: Database,
  config: Config,
  log: Deps["log"],
): Promise<Pick<Deps, "db" | "clientFor" | "pace" | "meter" | "clock" | "log">> {
  const vault = openVault(await loadKey(db, config));
  const slack = openSlackAccess({ db, vault, apiUrl: config.slackApiUrl, reach: openReach(config.proxies) });
  return {
    ...{ db, log, pace: usualPace, meter: openMeter() },
    clock: () => new Date(),
    clientFor: (id, known) => slack.clientFor(id, { known }),
  };
}
