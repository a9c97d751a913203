import { z } from "zod";
import { findChannel, findInstallation, findMessage } from "./find.ts";
import { verb } from "./verb.ts";

const posting = z.enum([
  "everyone",
  "some_people",
  "read_only",
  "threads_only",
  "no_threads",
  "no_apps",
  "key_revoked",
]);

/** Sets the posting permission and other restrictions of a channel. Missing fields stay unchanged. */
export const restrictChannel = verb(
  z.object({
    channel: z.string(),
    posting: posting.optional(),
    isLimitedAccess: z.boolean().optional(),
    isMigrating: z.boolean().optional(),
    isFull: z.boolean().optional(),
  }),
  ({ workspace, changeFeed }, { channel: name, ...given }) => {
    const channel = findChannel(workspace, name);
    const { limits } = channel;
    channel.limits = {
      posting: given.posting ?? limits.posting,
      isLimitedAccess: given.isLimitedAccess ?? limits.isLimitedAccess,
      isMigrating: given.isMigrating ?? limits.isMigrating,
      isFull: given.isFull ?? limits.isFull,
    };
    changeFeed.bump();
    return channel.limits;
  },
);

/** Locks a message's thread or marks its text as still streaming; `null` ends either. */
export const holdMessage = verb(
  z.object({ channel: z.string(), ts: z.string(), hold: z.enum(["locked", "streaming"]).nullable() }),
  ({ workspace }, { channel: name, ts, hold }) => {
    findMessage(findChannel(workspace, name), ts).hold = hold ?? undefined;
    return {};
  },
);

const condition = z.enum([
  "well",
  "joining_organisation",
  "moved_to_organisation",
  "out_of_service",
  "failing",
  "failing_late",
]);

/** Sets the state of the workspace in Slack and the limits of its plan. Missing fields stay unchanged. */
export const restrictWorkspace = verb(
  z.object({
    condition: condition.optional(),
    editWindowMs: z.int().nullable().optional(),
    messagesPerMinute: z.int().nullable().optional(),
    isOverMessageLimit: z.boolean().optional(),
    hidesEmails: z.boolean().optional(),
    onlyAdminsCreateChannels: z.boolean().optional(),
    hasManyUsers: z.boolean().optional(),
  }),
  ({ workspace }, given) => {
    const { limits } = workspace;
    const nullToUnset = (wanted: number | null | undefined, before: number | undefined) =>
      wanted === undefined ? before : (wanted ?? undefined);
    workspace.limits = {
      condition: given.condition ?? limits.condition,
      editWindowMs: nullToUnset(given.editWindowMs, limits.editWindowMs),
      messagesPerMinute: nullToUnset(given.messagesPerMinute, limits.messagesPerMinute),
      isOverMessageLimit: given.isOverMessageLimit ?? limits.isOverMessageLimit,
      hidesEmails: given.hidesEmails ?? limits.hidesEmails,
      onlyAdminsCreateChannels: given.onlyAdminsCreateChannels ?? limits.onlyAdminsCreateChannels,
      hasManyUsers: given.hasManyUsers ?? limits.hasManyUsers,
    };
    return workspace.limits;
  },
);

/** Restricts the app, or switches its tabs as its manifest would. Missing fields stay unchanged. */
export const restrictApp = verb(
  z.object({
    isRestricted: z.boolean().optional(),
    homeTab: z.boolean().optional(),
    messagesTab: z.boolean().optional(),
  }),
  ({ workspace }, { isRestricted, homeTab, messagesTab }) => {
    const bot = findInstallation(workspace);
    const { settings } = bot.app;
    bot.app.settings = {
      ...settings,
      homeTab: homeTab ?? settings.homeTab,
      messagesTab: messagesTab ?? settings.messagesTab,
    };
    bot.isRestricted = isRestricted ?? bot.isRestricted;
    return { isRestricted: bot.isRestricted };
  },
);
