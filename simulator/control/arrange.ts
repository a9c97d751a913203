import { z } from "zod";
import { changeManifest } from "../apps/deeds/change-manifest.ts";
import { editManifest } from "../apps/manifest/edit-manifest.ts";
import type { Scene } from "../simulator.ts";
import { announce } from "../to-app/announce.ts";
import { deleteMessage as erase } from "../to-app/delete-message.ts";
import { verifyUrl as verify } from "../to-app/send-event.ts";
import { disconnect } from "../to-app/sockets/serve-sockets.ts";
import { connectionsOf } from "../to-app/sockets/sockets.ts";
import { fault } from "../web-api/door/fault.ts";
import type { App } from "../workspace/app.ts";
import { addChannel as add } from "../workspace/deeds/add-channel.ts";
import { join, leave } from "../workspace/deeds/membership.ts";
import { makeUser } from "../workspace/user.ts";
import { installationsIn } from "../workspace/world.ts";
import { appIn, appNamed, channel, message } from "./find.ts";
import { verb } from "./verb.ts";

/** All of an app's addresses at once, as most apps have it. */
function setUrl(app: App, given: string | null): void {
  const url = given ?? undefined;
  const wasVerified = app.isVerified;
  const edited = editManifest(app.manifest, {
    events: { request_url: url },
    interactivity: { request_url: url, message_menu_options_url: url },
    commands: app.manifest.features?.slash_commands?.map((command) => ({ ...command, url })),
  });
  changeManifest(app, edited);
  // Stories move an app's address without ado: `verifyUrl` and the pages ask as Slack does.
  app.isVerified = wasVerified;
}

const setOptionsUrl = (app: App, url: string | null) =>
  changeManifest(
    app,
    editManifest(app.manifest, { interactivity: { message_menu_options_url: url ?? undefined } }),
  );

/** Where the app is called, and whether Slack's rates hold; what isn't given stays as it is. */
export const settings = verb(
  z.object({
    requestUrl: z.string().nullable().optional(),
    /** Where selects ask for their options, when that is another address. */
    optionsUrl: z.string().nullable().optional(),
    rateLimits: z.boolean().optional(),
  }),
  (scene, { requestUrl, optionsUrl, rateLimits }) => {
    for (const { app } of installationsIn(scene.workspace)) {
      if (requestUrl !== undefined) setUrl(app, requestUrl);
      if (optionsUrl !== undefined) setOptionsUrl(app, optionsUrl);
    }
    if (rateLimits !== undefined) scene.settings.rateLimits = rateLimits;
    return { rateLimits: scene.settings.rateLimits };
  },
);

/** Lets calls go wrong from now on; an empty list ends all faults that are still waiting. */
export const faults = verb(z.object({ faults: z.array(fault) }), (scene, input) => {
  const { workspace } = scene;
  if (input.faults.length === 0) scene.faults.length = 0;
  for (const one of input.faults)
    scene.faults.push({ ...one, channel: one.channel && channel(workspace, one.channel).id });
  return { waiting: scene.faults.length };
});

/** Adds a channel with everybody in it; the app is in it unless `withApp` is false. */
export const addChannel = verb(
  z.object({
    name: z.string().regex(/^[a-z0-9_-]{1,80}$/),
    kind: z.enum(["public", "private"]).default("public"),
    withApp: z.boolean().default(true),
  }),
  ({ workspace, changes }, given) => {
    const { id, name } = add(workspace, given);
    changes.bump();
    return { id, name };
  },
);

/** Archives a channel or brings it back, takes the app in or puts it out, without anybody acting. */
export const setChannel = verb(
  z.object({ channel: z.string(), archived: z.boolean().optional(), withApp: z.boolean().optional() }),
  (scene, input) => {
    const { workspace, changes } = scene;
    const where = channel(workspace, input.channel);
    if (input.withApp !== undefined)
      (input.withApp ? join : leave)(workspace, where, { user: appIn(workspace).botUserId });
    if (input.archived !== undefined && input.archived !== where.isArchived) {
      where.isArchived = input.archived;
      const type = `${where.kind === "private" ? "group" : "channel"}_${input.archived ? "archive" : "unarchive"}`;
      const event = { type, channel: where.id, user: where.creator, event_ts: workspace.makeTs() };
      announce(scene, event, where);
    }
    changes.bump();
    return {};
  },
);

const flags = z.object({
  email: z.string().optional(),
  deleted: z.boolean().optional(),
  isRestricted: z.boolean().optional(),
  isUltraRestricted: z.boolean().optional(),
  isEmailConfirmed: z.boolean().optional(),
});

/** Adds a full member, or with a name that is taken changes that person. */
export const setUser = verb(
  flags.extend({ name: z.string().regex(/^[a-z0-9._-]+$/), realName: z.string().optional() }),
  ({ workspace, changes }, { name, ...given }) => {
    const known = [...workspace.users.values()].find((user) => user.name === name);
    const user = makeUser({
      ...(known ?? { id: workspace.makeId("U"), email: `${name}@acme.example`, teamId: workspace.team.id }),
      ...given,
      name,
    });
    workspace.users.set(user.id, user);
    if (!known)
      for (const { kind, members } of workspace.channels.values())
        if (kind === "public") members.add(user.id);
    changes.bump();
    return { id: user.id, email: user.email };
  },
);

/** Switches Socket Mode; who is connected when it goes off is told. */
function setSocketMode({ sockets }: Scene, app: App, socketMode: boolean): void {
  changeManifest(app, editManifest(app.manifest, { socketMode }));
  if (!socketMode) for (const one of connectionsOf(sockets, app.id)) disconnect(one, "link_disabled");
}

/** Revokes the app's token, uninstalls the app, installs it again, or changes what it was granted. */
export const setApp = verb(
  z.object({
    state: z.enum(["installed", "token_revoked", "account_inactive"]).optional(),
    scopes: z.array(z.string()).optional(),
    /** What its manifest says from now on. */
    socketMode: z.boolean().optional(),
    events: z.array(z.string()).optional(),
  }),
  (scene, { state, scopes, socketMode, events }) => {
    const bot = appIn(scene.workspace);
    const { app } = bot;
    if (events) changeManifest(app, editManifest(app.manifest, { events: { bot_events: events } }));
    if (socketMode !== undefined) setSocketMode(scene, app, socketMode);
    if (scopes) bot.scopes = new Set(scopes);
    if (state === "token_revoked")
      announce(scene, { type: "tokens_revoked", tokens: { oauth: [], bot: [bot.botUserId] } });
    if (state === "account_inactive") announce(scene, { type: "app_uninstalled" });
    if (state) bot.state = state;
    return { state: bot.state, scopes: [...bot.scopes] };
  },
);

/** Deletes a message as a person of the workspace would, whoever wrote it. */
export const deleteMessage = verb(
  z.object({ channel: z.string(), ts: z.string() }),
  (scene, { channel: where, ts }) => {
    const { workspace, changes } = scene;
    const from = channel(workspace, where);
    announce(scene, erase(workspace, from, message(from, ts)), from);
    changes.bump();
    return {};
  },
);

/** Presses *Verify* beside the request URL of an app, the first one unless told. */
export const verifyUrl = verb(z.object({ app: z.string().optional() }), async (scene, { app }) => ({
  verified: await verify(scene, app ? appNamed(scene.world, app) : appIn(scene.workspace).app),
}));
