import { z } from "zod";
import { letIn } from "../apps/install-app.ts";
import { type At, at } from "../callbacks/announce.ts";
import * as channels from "../changes/channels.ts";
import { uploadFile as upload } from "../changes/files.ts";
import { changePerson } from "../changes/members.ts";
import {
  deleteMessage as erase,
  postAsIntegration as integrate,
  unfurl as preview,
  rewrite,
} from "../changes/messages.ts";
import { typedText } from "../client/send-message.ts";
import type { Scene } from "../simulator.ts";
import type { Channel } from "../workspace/channel.ts";
import type { Installation } from "../workspace/installation.ts";
import { channel, message, NotThere, person, workspaceOf } from "./find.ts";
import { verb } from "./verb.ts";

const channelName = z.string().regex(/^[a-z0-9_-]{1,80}$/);
const inChannel = z.object({ as: z.string().optional(), channel: z.string() });

/** Who does it: an admin, unless told. */
const actorOf = ({ workspace }: Scene, as: string | undefined) =>
  as ? person(workspace, as).id : [...workspace.users.values()].find(({ isAdmin }) => isAdmin)?.id;

/** Lets somebody do something to a channel. */
function change(
  scene: Scene,
  { as, channel: which }: z.output<typeof inChannel>,
  act: (here: At, where: Channel, by: { actor: string }) => void,
) {
  const where = channel(scene.workspace, which);
  act(at(scene), where, { actor: actorOf(scene, as) ?? where.creator });
  scene.changes.bump();
  return { id: where.id, name: where.name };
}

/** Gives a channel another name. */
export const renameChannel = verb(inChannel.extend({ name: channelName }), (scene, input) =>
  change(scene, input, (here, where, by) => channels.rename(here, where, { ...by, name: input.name })),
);

/** Archives a channel, or with `archived: false` brings it back. */
export const archiveChannel = verb(
  inChannel.extend({ archived: z.boolean().default(true) }),
  (scene, input) =>
    change(scene, input, (here, where, by) => channels.archive(here, where, { ...by, on: input.archived })),
);

/** Deletes a channel for good. */
export const deleteChannel = verb(inChannel, (scene, input) => change(scene, input, channels.remove));

const withPartner = inChannel.extend({
  with: z
    .string()
    .regex(/^T[A-Z0-9]+$/)
    .default("T0PARTNER1"),
});

/** Shares a channel with another company, by the id of its workspace; a private one gets another id by that. */
export const shareChannel = verb(withPartner, (scene, input) =>
  change(scene, input, (here, where) => channels.share(here, where, input.with)),
);

/** Ends that. */
export const unshareChannel = verb(withPartner, (scene, input) =>
  change(scene, input, (here, where) => channels.unshare(here, where, input.with)),
);

/** Adds a person, or with a name that is taken changes that person; `teamId` makes them one of another company. */
export const setUser = verb(
  z.object({
    name: z.string().regex(/^[a-z0-9._-]+$/),
    /** Of somebody new, as `W0WANDA001`. */
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
  (scene, given) => {
    const { id, email } = changePerson(at(scene), given);
    scene.changes.bump();
    return { id, email };
  },
);

/** The app that is installed for the whole organisation: the first, or the one of this name. */
function orgWide({ world }: Scene, name: string | undefined): Installation {
  const found = [...world.installations.values()].find(
    ({ app, place }) => place.kind === "organisation" && (!name || app.name === name),
  );
  if (!found) throw new NotThere(`${name ?? "No app"} is not installed for an organisation`);
  return found;
}

const teamOfApp = z.object({ team: z.string(), app: z.string().optional() });
function setTeam(scene: Scene, input: z.output<typeof teamOfApp>, granted: boolean) {
  const { team } = workspaceOf(scene.world, input.team);
  const bot = orgWide(scene, input.app);
  const { place } = bot;
  if (place.kind !== "organisation" || place.teams.has(team.id) === granted) return { changed: false };
  const others = [...place.teams].filter((id) => id !== team.id);
  const teams = new Set(granted ? [...others, team.id] : others);
  letIn(scene, bot, { teams, addsFuture: place.addsFuture });
  return { changed: true };
}

/** An organisation's admin adds an app to one of its workspaces. */
export const grantTeam = verb(teamOfApp, (scene, input) => setTeam(scene, input, true));

/** An organisation's admin takes an app away from one of its workspaces. */
export const revokeTeam = verb(teamOfApp, (scene, input) => setTeam(scene, input, false));

/** A person changes a message of their own. */
export const editMessage = verb(
  z.object({ as: z.string(), channel: z.string(), ts: z.string(), text: z.string().min(1) }),
  (scene, input) => {
    const where = channel(scene.workspace, input.channel);
    const found = message(where, input.ts);
    if (found.user !== person(scene.workspace, input.as).id)
      throw new NotThere(`${input.as} did not write that`);
    rewrite(at(scene), where, { message: found, text: typedText(scene.workspace, input.text) });
    scene.changes.bump();
    return {};
  },
);

/** Deletes a message as a person of the workspace would, whoever wrote it. */
export const deleteMessage = verb(
  z.object({ channel: z.string(), ts: z.string() }),
  (scene, { channel: where, ts }) => {
    const from = channel(scene.workspace, where);
    at(scene).emit(erase(scene.workspace, from, message(from, ts)), from);
    scene.changes.bump();
    return {};
  },
);

/** A person puts a file into a channel or a thread; it has a name and no contents. */
export const uploadFile = verb(
  z.object({
    as: z.string(),
    channel: z.string(),
    name: z.string().min(1),
    text: z.string().default(""),
    thread: z.string().optional(),
  }),
  (scene, input) => {
    const user = person(scene.workspace, input.as).id;
    const file = {
      user,
      name: input.name,
      text: typedText(scene.workspace, input.text),
      threadTs: input.thread,
    };
    const { ts } = upload(at(scene), channel(scene.workspace, input.channel), file);
    scene.changes.bump();
    return { ts };
  },
);

/** Slack draws the preview of a link below a message. */
export const unfurl = verb(
  z.object({ channel: z.string(), ts: z.string(), url: z.url() }),
  (scene, input) => {
    const where = channel(scene.workspace, input.channel);
    preview(at(scene), where, { message: message(where, input.ts), url: input.url });
    scene.changes.bump();
    return {};
  },
);

/** An integration of the old kind, as an incoming webhook, posts under a name of its own. */
export const postAsIntegration = verb(
  z.object({ channel: z.string(), name: z.string(), text: z.string().min(1) }),
  (scene, { channel: where, ...post }) => {
    const botId = scene.workspace.makeId("B");
    const { ts } = integrate(at(scene), channel(scene.workspace, where), { botId, ...post });
    scene.changes.bump();
    return { ts };
  },
);
