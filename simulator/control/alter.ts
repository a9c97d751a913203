import { z } from "zod";
import { setWorkspaceAccess } from "../apps/install-app.ts";
import { type ChangeContext, changeContext } from "../callbacks/announce.ts";
import * as channels from "../changes/channels.ts";
import { shareFiles } from "../changes/files.ts";
import { setPerson } from "../changes/members.ts";
import {
  editText,
  postAsIntegration as integrate,
  unfurl as preview,
  deleteMessage as remove,
} from "../changes/messages.ts";
import { toMrkdwn } from "../client/send-message.ts";
import type { WorkspaceContext } from "../simulator.ts";
import type { Channel } from "../workspace/channel.ts";
import type { Installation } from "../workspace/installation.ts";
import { findChannel, findMessage, findPerson, findWorkspace, NotFound } from "./find.ts";
import { verb } from "./verb.ts";

const channelName = z.string().regex(/^[a-z0-9_-]{1,80}$/);
const inChannel = z.object({ as: z.string().optional(), channel: z.string() });

/** The ID of the acting person, by default an admin. */
const actorOf = ({ workspace }: WorkspaceContext, as: string | undefined) =>
  as ? findPerson(workspace, as).id : [...workspace.users.values()].find(({ isAdmin }) => isAdmin)?.id;

/** Applies a change to a channel as a person. */
function changeChannel(
  context: WorkspaceContext,
  { as, channel: which }: z.output<typeof inChannel>,
  apply: (target: ChangeContext, channel: Channel, by: { actor: string }) => void,
) {
  const channel = findChannel(context.workspace, which);
  apply(changeContext(context), channel, { actor: actorOf(context, as) ?? channel.creator });
  context.changeFeed.bump();
  return { id: channel.id, name: channel.name };
}

/** Renames a channel. */
export const renameChannel = verb(inChannel.extend({ name: channelName }), (context, input) =>
  changeChannel(context, input, (target, channel, by) =>
    channels.rename(target, channel, { ...by, name: input.name }),
  ),
);

/** Archives a channel, or unarchives it with `archived: false`. */
export const archiveChannel = verb(
  inChannel.extend({ archived: z.boolean().default(true) }),
  (context, input) =>
    changeChannel(context, input, (target, channel, by) =>
      channels.archive(target, channel, { ...by, on: input.archived }),
    ),
);

/** Deletes a channel permanently. */
export const deleteChannel = verb(inChannel, (context, input) =>
  changeChannel(context, input, channels.remove),
);

const withPartner = inChannel.extend({
  with: z
    .string()
    .regex(/^T[A-Z0-9]+$/)
    .default("T0PARTNER1"),
});

/** Shares a channel with another company, by its workspace ID. A private channel gets a new ID. */
export const shareChannel = verb(withPartner, (context, input) =>
  changeChannel(context, input, (target, channel) => channels.share(target, channel, input.with)),
);

/** Stops sharing a channel with another company. */
export const unshareChannel = verb(withPartner, (context, input) =>
  changeChannel(context, input, (target, channel) => channels.unshare(target, channel, input.with)),
);

/** Adds a person, or changes the person with this name. `teamId` makes them belong to another company. */
export const setUser = verb(
  z.object({
    name: z.string().regex(/^[a-z0-9._-]+$/),
    /** The ID of a new person, such as `W0WANDA001`. */
    id: z
      .string()
      .regex(/^[UW][A-Z0-9]+$/)
      .optional(),
    realName: z.string().optional(),
    email: z.string().optional(),
    teamId: z.string().optional(),
    deleted: z.boolean().optional(),
    isAdmin: z.boolean().optional(),
    isRestricted: z.boolean().optional(),
    isUltraRestricted: z.boolean().optional(),
    isEmailConfirmed: z.boolean().optional(),
    isStranger: z.boolean().optional(),
    isHidden: z.boolean().optional(),
  }),
  (context, given) => {
    const { id, email } = setPerson(changeContext(context), given);
    context.changeFeed.bump();
    return { id, email };
  },
);

/** The first app that is installed org-wide, or the one with this name. */
function orgWide({ world }: WorkspaceContext, name: string | undefined): Installation {
  const found = [...world.installations.values()].find(
    ({ app, target }) => target.kind === "organisation" && (!name || app.name === name),
  );
  if (!found) throw new NotFound(`${name ?? "No app"} is not installed for an organisation`);
  return found;
}

const teamOfApp = z.object({ team: z.string(), app: z.string().optional() });
function setTeam(context: WorkspaceContext, input: z.output<typeof teamOfApp>, granted: boolean) {
  const { team } = findWorkspace(context.world, input.team);
  const bot = orgWide(context, input.app);
  const { target } = bot;
  if (target.kind !== "organisation" || target.teams.has(team.id) === granted) return { changed: false };
  const others = [...target.teams].filter((id) => id !== team.id);
  const teams = new Set(granted ? [...others, team.id] : others);
  setWorkspaceAccess(context, bot, { teams, addsFuture: target.addsFuture });
  return { changed: true };
}

/** Adds an org-wide app to a workspace, as an admin does. */
export const grantTeam = verb(teamOfApp, (context, input) => setTeam(context, input, true));

/** Removes an org-wide app from a workspace, as an admin does. */
export const revokeTeam = verb(teamOfApp, (context, input) => setTeam(context, input, false));

/** Edits a person's own message. */
export const editMessage = verb(
  z.object({ as: z.string(), channel: z.string(), ts: z.string(), text: z.string().min(1) }),
  (context, input) => {
    const channel = findChannel(context.workspace, input.channel);
    const found = findMessage(channel, input.ts);
    if (found.user !== findPerson(context.workspace, input.as).id)
      throw new NotFound(`${input.as} did not write this message`);
    editText(changeContext(context), channel, {
      message: found,
      text: toMrkdwn(context.workspace, input.text),
    });
    context.changeFeed.bump();
    return {};
  },
);

/** Deletes any message, as a person in the workspace would. */
export const deleteMessage = verb(
  z.object({ channel: z.string(), ts: z.string() }),
  (context, { channel: name, ts }) => {
    const channel = findChannel(context.workspace, name);
    changeContext(context).emit(remove(context.workspace, channel, findMessage(channel, ts)), channel);
    context.changeFeed.bump();
    return {};
  },
);

/** Posts a file in a channel or a thread. The file has a name but no content. */
export const uploadFile = verb(
  z.object({
    as: z.string(),
    channel: z.string(),
    name: z.string().min(1),
    text: z.string().default(""),
    thread: z.string().optional(),
  }),
  (context, input) => {
    const user = findPerson(context.workspace, input.as).id;
    const file = {
      user,
      files: [{ name: input.name }],
      text: toMrkdwn(context.workspace, input.text),
      threadTs: input.thread,
    };
    const { ts } = shareFiles(changeContext(context), findChannel(context.workspace, input.channel), file);
    context.changeFeed.bump();
    return { ts };
  },
);

/** Adds the preview of a link to a message. */
export const unfurl = verb(
  z.object({ channel: z.string(), ts: z.string(), url: z.url() }),
  (context, input) => {
    const channel = findChannel(context.workspace, input.channel);
    preview(changeContext(context), channel, { message: findMessage(channel, input.ts), url: input.url });
    context.changeFeed.bump();
    return {};
  },
);

/** Posts as a legacy integration, such as an incoming webhook, under its own name. */
export const postAsIntegration = verb(
  z.object({ channel: z.string(), name: z.string(), text: z.string().min(1) }),
  (context, { channel: nameOrId, ...post }) => {
    const botId = context.workspace.makeId("B");
    const { ts } = integrate(changeContext(context), findChannel(context.workspace, nameOrId), {
      botId,
      ...post,
    });
    context.changeFeed.bump();
    return { ts };
  },
);
