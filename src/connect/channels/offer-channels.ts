import { isRefusal, type Refusal } from "../../alert/refusal.ts";
import type { Database } from "../../db/connect.ts";
import type { SlackClient } from "../../slack/client/slack-client.ts";
import type { SlackAccess } from "../slack-access.ts";
import {
  type ListedChannel,
  type ListPlace,
  type ListState,
  listedChannels,
  listState,
} from "./channel-list.ts";
import { findChannel, nearNames, readChannel } from "./find-channel.ts";
import { chooseInstallation } from "./place-channel.ts";

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

interface Choice {
  /** Those that the bot is in, which one mostly means. */
  invited: ListedChannel[];
  others: ListedChannel[];
  /** Names that are like what was typed; only when nothing has it in it. */
  near: string[];
}

const mostOthers = 50;

/** The channels to offer for what was typed so far; all of them for nothing. */
export function chooseChannels(
  typed: string,
  { invited, listed }: { invited: ListedChannel[]; listed: ListedChannel[] },
): Choice {
  const wanted = typed.trim().replace(/^#/, "").toLowerCase();
  const ids = new Set(invited.map(({ id }) => id));
  const fits = ({ name, id }: ListedChannel) => name.includes(wanted) || id.toLowerCase() === wanted;
  const best = (all: ListedChannel[]) =>
    all
      .filter(fits)
      .sort((a, b) => rank(a.name, wanted) - rank(b.name, wanted) || a.name.localeCompare(b.name));
  const chosen = { invited: best(invited), others: best(listed.filter(({ id }) => !ids.has(id))) };
  const none = wanted !== "" && chosen.invited.length + chosen.others.length === 0;
  const near = none ? nearNames(wanted, new Set([...invited, ...listed].map(({ name }) => name))) : [];
  return { invited: chosen.invited, others: chosen.others.slice(0, mostOthers), near };
}

function rank(name: string, wanted: string): number {
  if (name === wanted) return 0;
  return name.startsWith(wanted) ? 1 : 2;
}

/** A bot that is in more is used as no alert desk is. */
const mostPages = 3;

/** The channels that the bot is in, as Slack says now. */
export async function invitedChannels(
  client: Pick<SlackClient, "listUserConversations">,
): Promise<ListedChannel[]> {
  const found: ListedChannel[] = [];
  let cursor: string | undefined;
  for (let page = 0; page < mostPages; page++) {
    const { channels, next } = await client.listUserConversations(cursor);
    for (const { id, name, private: isPrivate, sharedOutside } of channels)
      if (name !== null) found.push({ id, name, private: isPrivate, sharedOutside });
    if (!next) break;
    cursor = next;
  }
  return found;
}
