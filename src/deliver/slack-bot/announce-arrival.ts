import { sql } from "kysely";
import type { Deps } from "../../api/deps.ts";
import type { ChannelKey } from "../../connect/channels/channel-events.ts";
import { drawNotice } from "../../interact/notices.ts";
import { waitForTurn } from "../../outbox/lines.ts";
import { SlackFault } from "../../slack/client/slack-fault.ts";

/** Says in a destination's channel, when the bot is invited, what it will post there. Once for each channel. */
export async function announceArrival(deps: Deps, key: ChannelKey): Promise<void> {
  const { db, slack, log } = deps;
  const { installationId, channelId } = key;
  const markGreeted = (greeted: boolean) =>
    sql<{ names: string[] }>`
    update lines l set greeted = ${greeted} from (
      select line, array_agg(display_name order by created_at) as names from destinations
      where deleted_at is null and enabled group by line) d
    where l.installation_id = ${installationId} and l.channel_id = ${channelId} and d.line = l.key
      and l.greeted <> ${greeted}
    returning d.names`.execute(db.kysely);
  const { rows } = await markGreeted(true);
  const [found] = rows;
  if (!found) return;
  const names = found.names.map((name) => `“${name}”`).join(" and ");
  const message = drawNotice(
    `Alerts for ${names} will be posted in this channel. Triage them with the controls on each card.`,
  );
  await waitForTurn(deps, `${installationId}:${channelId}`);
  try {
    const client = await slack.clientFor(installationId);
    await client.postMessage({ channel: channelId, message });
  } catch (fault) {
    if (!(fault instanceof SlackFault)) throw fault;
    log.warn({ error: fault.code, channel: channelId }, "the line for an invitation was not posted");
    // The next invitation says it.
    await markGreeted(false);
  }
}
