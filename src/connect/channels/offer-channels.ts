import { isRefusal, type Refusal } from "../../alert/refusal.ts";
import type { Database } from "../../db/connect.ts";
import type { SlackClient } from "../../slack/client/slack-client.ts";
import type { SlackAccess } from "../slack-access.ts";
import {
  type ListedChannel,
  type ListKey,
  type ListState,
  listedChannels,
  listState,
} from "./channel-list.ts";
import { findChannel, readChannel, similarNames } from "./find-channel.ts";
import { chooseInstallation } from "./place-channel.ts";

export interface ChannelOffer {
  invited: ListedChannel[];
  others: ListedChannel[];
  pasted: ListedChannel | null;
  near: string[];
  list: ListState;
}

interface OfferQuery {
  typed: string;
  teamId: string | undefined;
  refresh: boolean;
}

interface Parts {
  db: Database;
  slack: SlackAccess;
  clock: () => Date;
  /** Starts reading a list without waiting for it to finish. */
  startReading: (client: SlackClient, key: ListKey) => void;
}

const maxAgeMs = 10 * 60_000;

/** The channels that match what was typed so far. Throws a `SlackFault` if Slack can't be reached. */
export async function offerChannels(
  parts: Parts,
  { typed, teamId, refresh }: OfferQuery,
): Promise<ChannelOffer | Refusal> {
  const { db, slack } = parts;
  const all = await db.kysely
    .selectFrom("installations")
    .select(["id", "team_id as teamId"])
    .orderBy("id")
    .execute();
  const installation = chooseInstallation(all, teamId);
  if (isRefusal(installation)) return installation;
  const isOrganisation = installation.teamId === null;
  if (isOrganisation && !teamId) return teamIdMissing;
  const client = await slack.clientFor(installation.id, isOrganisation ? { teamId } : {});
  const key = { installationId: installation.id, teamId: (isOrganisation && teamId) || "" };
  const list = await listState(db.kysely, key);
  const stale = list.readAt === null || parts.clock().getTime() - list.readAt.getTime() > maxAgeMs;
  const starts = !list.reading && (refresh || stale);
  if (starts) parts.startReading(client, key);
  const [invited, listed, pasted] = await Promise.all([
    invitedChannels(client),
    listedChannels(db.kysely, key),
    findPasted(client, typed),
  ]);
  const choice = chooseChannels(pasted ? pasted.id : typed, { invited, listed });
  return { ...choice, pasted, list: { ...list, reading: list.reading || starts } };
}

const teamIdMissing: Refusal = {
  refused: "invalid",
  field: "teamId",
  why: "The app is installed for a whole organisation. Choose the workspace whose channels to list.",
};

/** Looks up an id or a link in Slack; null for a name, which is searched in the lists. */
async function findPasted(client: SlackClient, typed: string): Promise<ListedChannel | null> {
  const reference = readChannel(typed);
  if (isRefusal(reference) || reference.kind === "name") return null;
  const found = await findChannel(client, reference);
  if (isRefusal(found)) return null;
  const { id, name, private: isPrivate, sharedOutside } = found;
  return { id, name, private: isPrivate, sharedOutside };
}

interface Choice {
  /** Channels that the bot is in; people mostly want one of these. */
  invited: ListedChannel[];
  others: ListedChannel[];
  /** Similar names; only if no channel matches. */
  near: string[];
}

const maxOthers = 50;

/** The channels that match what was typed so far; all of them if nothing was typed. */
export function chooseChannels(
  typed: string,
  { invited, listed }: { invited: ListedChannel[]; listed: ListedChannel[] },
): Choice {
  const wanted = typed.trim().replace(/^#/, "").toLowerCase();
  const ids = new Set(invited.map(({ id }) => id));
  const matches = ({ name, id }: ListedChannel) => name.includes(wanted) || id.toLowerCase() === wanted;
  const best = (all: ListedChannel[]) =>
    all
      .filter(matches)
      .sort((a, b) => rank(a.name, wanted) - rank(b.name, wanted) || a.name.localeCompare(b.name));
  const chosen = { invited: best(invited), others: best(listed.filter(({ id }) => !ids.has(id))) };
  const none = wanted !== "" && chosen.invited.length + chosen.others.length === 0;
  const near = none ? similarNames(wanted, new Set([...invited, ...listed].map(({ name }) => name))) : [];
  return { invited: chosen.invited, others: chosen.others.slice(0, maxOthers), near };
}

function rank(name: string, wanted: string): number {
  if (name === wanted) return 0;
  return name.startsWith(wanted) ? 1 : 2;
}

/** 2,997 channels, far more than an alert desk is invited to. */
const maxPages = 3;

/** The channels that the bot is in, read from Slack. */
export async function invitedChannels(
  client: Pick<SlackClient, "listUserConversations">,
): Promise<ListedChannel[]> {
  const found: ListedChannel[] = [];
  let cursor: string | undefined;
  for (let page = 0; page < maxPages; page++) {
    const { channels, next } = await client.listUserConversations(cursor);
    for (const { id, name, private: isPrivate, sharedOutside } of channels)
      if (name !== null) found.push({ id, name, private: isPrivate, sharedOutside });
    if (!next) break;
    cursor = next;
  }
  return found;
}
