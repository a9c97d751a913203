import { z } from "zod";
import { SlackFault } from "./slack-fault.ts";
import type { Call } from "./call.ts";

const userShape = z.object({
  id: z.string(),
  team_id: z.string().nullish(),
  name: z.string().nullish(),
  real_name: z.string().nullish(),
  deleted: z.boolean().nullish(),
  is_bot: z.boolean().nullish(),
  is_restricted: z.boolean().nullish(),
  is_ultra_restricted: z.boolean().nullish(),
  is_stranger: z.boolean().nullish(),
  is_email_confirmed: z.boolean().nullish(),
  enterprise_user: z.object({ enterprise_id: z.string().nullish() }).nullish(),
  profile: z.object({ email: z.string().nullish(), display_name: z.string().nullish() }).nullish(),
});
const answer = z.object({ user: userShape.transform(slackUser) });
const firstPage = z.object({ members: z.array(userShape.transform(slackUser)) });

export type SlackUser = ReturnType<typeof slackUser>;

/** Somebody as Slack knows them. `emailConfirmed` is null where Slack doesn't say. */
function slackUser(user: z.output<typeof userShape>) {
  return {
    id: user.id,
    teamId: user.team_id ?? null,
    enterpriseId: user.enterprise_user?.enterprise_id ?? null,
    name: user.profile?.display_name || user.real_name || user.name || user.id,
    email: user.profile?.email ?? null,
    emailConfirmed: user.is_email_confirmed ?? null,
    deleted: user.deleted ?? false,
    bot: user.is_bot ?? false,
    guest: (user.is_restricted || user.is_ultra_restricted) ?? false,
    stranger: user.is_stranger ?? false,
  };
}

/** Look-ups of people; null where there is nobody whom the app may see. */
export function people(call: Call) {
  return {
    usersInfo: (user: string) => found(call("users.info", { user }, answer)),
    /** The first page of a workspace's people. */
    usersList: async () => (await call("users.list", { limit: 999 }, firstPage)).members,
    lookupByEmail: (email: string) => found(call("users.lookupByEmail", { email }, answer)),
  };
}

async function found(asked: Promise<{ user: SlackUser }>): Promise<SlackUser | null> {
  try {
    return (await asked).user;
  } catch (error) {
    if (error instanceof SlackFault && error.kind === "gone") return null;
    throw error;
  }
}
