import type { User } from "../../workspace/user.ts";
import type { Workspace } from "../../workspace/workspace.ts";
import { installationsIn } from "../../workspace/world.ts";
import type { BotContext } from "../caller.ts";

/** Picture URLs for these sizes. They lead nowhere: the simulator has no avatars. */
export const iconWire = (sizes: readonly number[]): Record<string, string> =>
  Object.fromEntries(sizes.map((size) => [`image_${size}`, `https://avatars.slack.invalid/${size}.png`]));

const pictures = iconWire([24, 32, 48, 72, 192, 512, 1024]);

/** The `enterprise_user` of a member of an organisation. */
function enterpriseUser({ enterprise, world }: Workspace, user: User) {
  if (!enterprise?.teams.has(user.teamId)) return {};
  const { id: enterprise_id, name: enterprise_name } = enterprise;
  const teams = [...enterprise.teams].filter((team) => world.workspaces.get(team)?.users.has(user.id));
  const enterprise_user = {
    id: user.id,
    enterprise_id,
    enterprise_name,
    is_admin: user.isAdmin,
    is_owner: false,
    teams,
  };
  return { enterprise_user };
}

/** A user's profile in Slack's format; with the email only if the bot has the scope for it. */
export function profileWire({ bot, workspace }: BotContext, user: User): Record<string, unknown> {
  const own = user.isBot
    ? installationsIn(workspace).find(({ botUserId }) => botUserId === user.id)
    : undefined;
  return {
    avatar_hash: user.id.toLowerCase(),
    status_text: "",
    status_text_canonical: "",
    status_emoji: "",
    status_emoji_display_info: [],
    status_expiration: 0,
    huddle_state: "default_unset",
    huddle_state_expiration_ts: 0,
    ...pictures,
    image_original: pictures.image_1024,
    real_name: user.realName,
    real_name_normalized: user.realName,
    display_name: "",
    display_name_normalized: "",
    first_name: user.realName.split(" ")[0],
    last_name: user.realName.split(" ").slice(1).join(" "),
    title: "",
    phone: "",
    skype: "",
    team: user.teamId,
    ...(user.email && bot.scopes.has("users:read.email") && { email: user.email }),
    ...(own && { api_app_id: own.app.id, bot_id: own.botId, always_active: true }),
  };
}

/** A user in Slack's format; with the email only if the bot has the scope for it. */
export function userWire(context: BotContext, user: User): Record<string, unknown> {
  const profile = profileWire(context, user);
  const base = { id: user.id, team_id: user.teamId, name: user.name, deleted: user.deleted, profile };
  // Slack leaves the other fields out for deactivated accounts.
  if (user.deleted) return { ...base, is_bot: user.isBot, is_app_user: false };
  return {
    ...base,
    real_name: user.realName,
    color: "9f69e7",
    tz: user.tz,
    tz_label: user.tz,
    tz_offset: 3600,
    is_admin: user.isAdmin,
    is_owner: false,
    is_primary_owner: false,
    is_restricted: user.isRestricted,
    is_ultra_restricted: user.isUltraRestricted,
    is_bot: user.isBot,
    is_app_user: false,
    is_stranger: user.isStranger,
    is_email_confirmed: user.isEmailConfirmed,
    who_can_share_contact_card: "EVERYONE",
    has_2fa: true,
    updated: 1_795_600_000,
    ...enterpriseUser(context.workspace, user),
  };
}
