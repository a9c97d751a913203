import { z } from "zod";
import { create as createChannel } from "../../changes/channels.ts";
import type { Workspace } from "../../workspace/workspace.ts";
import { refuse } from "../answer.ts";
import { flag } from "../argument.ts";
import { refuseMissingScope } from "../gateway/authorize.ts";
import { method } from "../method.ts";
import { channelWire } from "../wire/channel-wire.ts";

const maxNameLength = 80;

/** The error for a name that no channel may have, or that another one has; archived channels keep theirs. */
function nameError({ channels }: Workspace, name: string) {
  if (name.trim() === "") return "invalid_name_required";
  if (name.length > maxNameLength) return "invalid_name_maxlength";
  if (/^[\p{P}\p{S}]+$/u.test(name)) return "invalid_name_punctuation";
  // Letters of other scripts are allowed; they have no upper case, or are in lower case.
  if (!/^[\p{L}\p{M}\p{N}_-]+$/u.test(name) || name !== name.toLowerCase()) return "invalid_name_specials";
  const isTaken = [...channels.values()].some((one) => one.kind !== "im" && one.name === name);
  return isTaken ? "name_taken" : undefined;
}

export const create = method({
  name: "conversations.create",
  tier: "t2",
  scopes: ["channels:manage", "groups:write", "im:write", "mpim:write"],
  args: z.object({ name: z.string(), is_private: flag.optional(), team_id: z.string().nullish() }),
  errors: [
    "invalid_name_maxlength",
    "invalid_name_punctuation",
    "invalid_name_required",
    "invalid_name_specials",
    "missing_argument",
    "missing_scope",
    "name_taken",
    "restricted_action",
  ],
  missingTeamError: "missing_argument",
  run({ workspace, bot, emit }, { name, is_private: isPrivate = false }) {
    const scope = isPrivate ? "groups:write" : "channels:manage";
    if (!bot.scopes.has(scope)) return refuseMissingScope(bot, [scope]);
    if (workspace.limits.onlyAdminsCreateChannels) return refuse("restricted_action");
    const error = nameError(workspace, name);
    if (error) return refuse(error);
    const kind = isPrivate ? "private" : "public";
    const channel = createChannel({ workspace, emit }, { name, kind, creator: bot.botUserId });
    const unread = { last_read: "0000000000.000000", latest: null, unread_count: 0, unread_count_display: 0 };
    return { ok: true, channel: { ...channelWire({ workspace, bot }, channel), ...unread, priority: 0 } };
  },
});
