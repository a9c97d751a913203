import type { SimulatorWithApp } from "../fixtures/simulator-with-app.ts";
import { ada, archive, type Cause, cause, eve, nowhere, random, restrict, security } from "./cause.ts";

const create = (error: string, situation: string, args: object): Cause =>
  cause(["conversations.create", error, situation], args);

const createCauses: Cause[] = [
  create("invalid_name_required", "an empty name", { name: "" }),
  create("invalid_name_maxlength", "a name of 81 characters", { name: "a".repeat(81) }),
  create("invalid_name_punctuation", "a name of hyphens", { name: "--" }),
  create("invalid_name_specials", "a name with capitals", { name: "Incidents" }),
  create("invalid_name_specials", "a name with a space", { name: "two words" }),
  create("name_taken", "the name of another channel", { name: "security" }),
  cause(
    ["conversations.create", "missing_scope", "a private channel without groups:write"],
    { name: "quiet", is_private: true },
    { without: ["groups:write"] },
  ),
  cause(
    ["conversations.create", "restricted_action", "a workspace in which only admins create channels"],
    { name: "new" },
    { before: (env) => env.slack.ask("restrictWorkspace", { onlyAdminsCreateChannels: true }) },
  ),
  cause(
    ["conversations.create", "missing_argument", "an organisation's token without team_id"],
    { name: "new" },
    { inOrganisation: true },
  ),
];

const invite = (error: string, situation: string, args: Parameters<typeof cause>[1]): Cause =>
  cause(["conversations.invite", error, situation], args);

/** The arguments that invite a new person. */
const inviting = (name: string, more: object) => async (env: SimulatorWithApp) => {
  const { id } = await env.slack.ask("setUser", { name, ...more });
  const { channel } = await env.call("conversations.create", { name: `for-${name}` });
  return { channel: Object(channel).id, users: id };
};

const inviteCauses: Cause[] = [
  invite("channel_not_found", "an unknown channel", { channel: nowhere, users: ada }),
  invite("no_user", "an empty list of users", { channel: security, users: "" }),
  invite("user_not_found", "an unknown user", { channel: security, users: "U0NOBODY01" }),
  invite("cant_invite_self", "the bot itself", { channel: security, users: "U0TOCSIN01" }),
  invite("already_in_channel", "a member", { channel: security, users: eve }),
  invite("not_in_channel", "a channel that the bot is not in", { channel: random, users: ada }),
  invite("cant_invite", "a deactivated user", inviting("left", { deleted: true })),
  invite(
    "no_external_invite_permission",
    "a user of another company",
    inviting("guest", { isStranger: true, teamId: "T0OTHER001" }),
  ),
  invite("ura_max_channels", "a single-channel guest", inviting("single", { isUltraRestricted: true })),
  invite("method_not_supported_for_channel_type", "a direct message", async (env) => {
    const { channel } = await env.call("conversations.open", { users: eve });
    return { channel: Object(channel).id, users: ada };
  }),
  cause(
    ["conversations.invite", "missing_scope", "a public channel without channels:manage"],
    { channel: security, users: ada },
    { without: ["channels:manage"] },
  ),
  cause(
    ["conversations.invite", "is_archived", "an archived channel"],
    { channel: security, users: ada },
    { before: archive },
  ),
  cause(
    ["conversations.invite", "external_channel_migrating", "a shared channel that is migrating"],
    { channel: security, users: ada },
    { before: restrict({ isMigrating: true }) },
  ),
  cause(
    ["conversations.invite", "org_user_not_in_team", "a person of another workspace of the organisation"],
    async (env) => {
      const europe = await env.slack.in("ACME Europe");
      const { id } = await europe.ask("setUser", { name: "elsewhere" });
      return { channel: security, users: id };
    },
    { inOrganisation: true },
  ),
];

export const newChannelCauses: Cause[] = [...createCauses, ...inviteCauses];
