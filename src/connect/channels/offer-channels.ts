import { isRefusal, type Refusal } from "../../alert/refusal.ts";
import type { Database } from "../../db/connect.ts";
import type { SlackClient } from "../../slack/client/slack-client.ts";
import { chooseInstallation } from "../../setup/destinations/choose-installation.ts";
import type { SlackAccess } from "../slack-access.ts";
import { findChannel } from "./find-channel.ts";
import { readChannel } from "../../setup/channels/read-channel.ts";
import {
  type ListedChannel,
  type ListPlace,
  type ListState,
  listedChannels,
  listState,
} from "./channel-list.ts";
import { chooseChannels } from "../../setup/channels/listing/choose-channels.ts";
import { invitedChannels } from "../../setup/channels/listing/invited-channels.ts";

export interface Offer {
  invited: ListedChannel[];
  others: ListedChannel[];
  pasted: ListedChannel | null;
  near: string[];
  list: ListState;
}

interface Wanted {
  typed: string;
  teamId: string | undefined;
  refresh: boolean;
}

interface Parts {
  db: Database;
  slack: SlackAccess;
  clock: () => Date;
  /** Begins to read a list, and doesn't wait for its end. */
  startReading: (client: SlackClient, place: ListPlace) => void;
}

const freshMs = 10 * 60_000;

/** Offers channels for what was typed so far. Throws a `SlackFault` while Slack can't be asked. */
export async function offerChannels(
  parts: Parts,
  { typed, teamId, refresh }: Wanted,
): Promise<Offer | Refusal> {
  const { db, slack } = parts;
  const all = await db.kysely
    .selectFrom("installations")
    .select(["id", "team_id as teamId"])
    .orderBy("id")
    .execute();
  const installation = chooseInstallation(all, teamId);
  if (isRefusal(installation)) return installation;
  const ofOrganisation = installation.teamId === null;
  if (ofOrganisation && !teamId) return whichWorkspace;
  const client = await slack.clientFor(installation.id, ofOrganisation ? teamId : undefined);
  const place = { installationId: installation.id, teamId: (ofOrganisation && teamId) || "" };
  const list = await listState(db.kysely, place);
  const stale = list.readAt === null || parts.clock().getTime() - list.readAt.getTime() > freshMs;
  const starts = !list.reading && (refresh || stale);
  if (starts) parts.startReading(client, place);
  const [invited, listed, pasted] = await Promise.all([
    invitedChannels(client),
    listedChannels(db.kysely, place),
    findPasted(client, typed),
  ]);
  const choice = chooseChannels(pasted ? pasted.id : typed, { invited, listed });
  return { ...choice, pasted, list: { ...list, reading: list.reading || starts } };
}

const whichWorkspace: Refusal = {
  refused: "invalid",
  field: "teamId",
  why: "The app is installed for a whole organisation: say which workspace's channels to list.",
};

/** Only an id or a link is looked up; part of a name is looked for in the lists. */
async function findPasted(client: SlackClient, typed: string): Promise<ListedChannel | null> {
  const reference = readChannel(typed);
  if (isRefusal(reference) || reference.kind === "name") return null;
  const found = await findChannel(client, reference);
  if (isRefusal(found)) return null;
  const { id, name, private: isPrivate, sharedOutside } = found;
  return { id, name, private: isPrivate, sharedOutside };
}
