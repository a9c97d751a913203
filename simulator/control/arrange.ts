import { z } from "zod";
import { addChannel as add } from "../acme.ts";
import { sendEvent, verifyUrl as verify } from "../to-app/send-event.ts";
import { fault } from "../web-api/door/fault.ts";
import { removeMessage } from "../workspace/deeds/add-message.ts";
import { join, leave } from "../workspace/deeds/membership.ts";
import { makeUser } from "../workspace/user.ts";
import { channel, message } from "./find.ts";
import { verb } from "./verb.ts";

/** Where the app is called, and whether Slack's rates hold; what isn't given stays as it is. */
export const settings = verb(
  z.object({ requestUrl: z.string().nullable().optional(), rateLimits: z.boolean().optional() }),
  (simulator, { requestUrl, rateLimits }) => {
    if (requestUrl !== undefined) simulator.workspace.app.requestUrl = requestUrl ?? undefined;
    if (rateLimits !== undefined) simulator.settings.rateLimits = rateLimits;
    return {
      requestUrl: simulator.workspace.app.requestUrl ?? null,
      rateLimits: simulator.settings.rateLimits,
    };
  },
);

/** Lets calls go wrong from now on; an empty list ends all faults that are still waiting. */
export const faults = verb(z.object({ faults: z.array(fault) }), (simulator, input) => {
  const { workspace } = simulator;
  if (input.faults.length === 0) simulator.faults.length = 0;
  for (const one of input.faults)
    simulator.faults.push({ ...one, channel: one.channel && channel(workspace, one.channel).id });
  return { waiting: simulator.faults.length };
});

/** Adds a channel with everybody in it; the app is in it unless `withApp` is false. */
export const addChannel = verb(
  z.object({
    name: z.string().regex(/^[a-z0-9_-]{1,80}$/),
    kind: z.enum(["public", "private"]).default("public"),
    withApp: z.boolean().default(true),
  }),
  ({ workspace, changes }, { withApp, ...given }) => {
    const { id, name } = add(workspace, { ...given, withBot: withApp });
    changes.bump();
    return { id, name };
  },
);

/** Archives a channel or brings it back, takes the app in or puts it out, without anybody acting. */
export const setChannel = verb(
  z.object({ channel: z.string(), archived: z.boolean().optional(), withApp: z.boolean().optional() }),
  (simulator, input) => {
    const { workspace, changes } = simulator;
    const where = channel(workspace, input.channel);
    const who = { user: workspace.app.botUserId };
    if (input.withApp !== undefined) (input.withApp ? join : leave)(workspace, where, who);
    if (input.archived !== undefined && input.archived !== where.isArchived) {
      where.isArchived = input.archived;
      const type = `${where.kind === "private" ? "group" : "channel"}_${input.archived ? "archive" : "unarchive"}`;
      void sendEvent(simulator, {
        type,
        channel: where.id,
        user: where.creator,
        event_ts: workspace.makeTs(),
      });
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
      ...(known ?? { id: workspace.makeId("U"), email: `${name}@acme.example` }),
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

/** Revokes the app's token, uninstalls the app, installs it again, or changes what it was granted. */
export const setApp = verb(
  z.object({
    state: z.enum(["installed", "token_revoked", "account_inactive"]).optional(),
    scopes: z.array(z.string()).optional(),
  }),
  (simulator, { state, scopes }) => {
    const { app } = simulator.workspace;
    if (scopes) app.scopes = new Set(scopes);
    if (state === "token_revoked")
      void sendEvent(simulator, { type: "tokens_revoked", tokens: { oauth: [], bot: [app.botUserId] } });
    if (state === "account_inactive") void sendEvent(simulator, { type: "app_uninstalled" });
    if (state) app.state = state;
    return { state: app.state, scopes: [...app.scopes] };
  },
);

/** Deletes a message as a person of the workspace would, whoever wrote it. */
export const deleteMessage = verb(
  z.object({ channel: z.string(), ts: z.string() }),
  ({ workspace, changes }, { channel: where, ts }) => {
    const from = channel(workspace, where);
    removeMessage(from, message(from, ts));
    changes.bump();
    return {};
  },
);

/** Presses *Verify* beside the app's request URL. */
export const verifyUrl = verb(z.object({}), async (simulator) => ({ verified: await verify(simulator) }));
