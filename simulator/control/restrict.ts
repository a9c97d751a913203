import { z } from "zod";
import { appIn, channel, message } from "./find.ts";
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

/** Sets who may write into a channel, and what else may keep an app out of it. What isn't given stays. */
export const restrictChannel = verb(
  z.object({
    channel: z.string(),
    posting: posting.optional(),
    isLimitedAccess: z.boolean().optional(),
    isMigrating: z.boolean().optional(),
    isFull: z.boolean().optional(),
  }),
  ({ workspace, changes }, { channel: name, ...given }) => {
    const where = channel(workspace, name);
    const { limits } = where;
    where.limits = {
      posting: given.posting ?? limits.posting,
      isLimitedAccess: given.isLimitedAccess ?? limits.isLimitedAccess,
      isMigrating: given.isMigrating ?? limits.isMigrating,
      isFull: given.isFull ?? limits.isFull,
    };
    changes.bump();
    return where.limits;
  },
);

/** Locks a message's thread, or lets its text be one that still streams; `null` ends either. */
export const holdMessage = verb(
  z.object({ channel: z.string(), ts: z.string(), hold: z.enum(["locked", "streaming"]).nullable() }),
  ({ workspace }, { channel: name, ts, hold }) => {
    message(channel(workspace, name), ts).hold = hold ?? undefined;
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

/** Sets how Slack fares with the workspace, and what its plan and its admins limit. What isn't given stays. */
export const restrictWorkspace = verb(
  z.object({
    condition: condition.optional(),
    editWindowMs: z.int().nullable().optional(),
    messagesPerMinute: z.int().nullable().optional(),
    isOverMessageLimit: z.boolean().optional(),
    hidesEmails: z.boolean().optional(),
    hasManyUsers: z.boolean().optional(),
  }),
  ({ workspace }, given) => {
    const { limits } = workspace;
    const orNone = (wanted: number | null | undefined, before: number | undefined) =>
      wanted === undefined ? before : (wanted ?? undefined);
    workspace.limits = {
      condition: given.condition ?? limits.condition,
      editWindowMs: orNone(given.editWindowMs, limits.editWindowMs),
      messagesPerMinute: orNone(given.messagesPerMinute, limits.messagesPerMinute),
      isOverMessageLimit: given.isOverMessageLimit ?? limits.isOverMessageLimit,
      hidesEmails: given.hidesEmails ?? limits.hidesEmails,
      hasManyUsers: given.hasManyUsers ?? limits.hasManyUsers,
    };
    return workspace.limits;
  },
);

/** Takes the app from people, or switches its tabs as its manifest would. What isn't given stays. */
export const restrictApp = verb(
  z.object({
    isRestricted: z.boolean().optional(),
    homeTab: z.boolean().optional(),
    messagesTab: z.boolean().optional(),
  }),
  ({ workspace }, { isRestricted, homeTab, messagesTab }) => {
    const bot = appIn(workspace);
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
