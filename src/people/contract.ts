import { z } from "zod";
import { permissions } from "../alert/permission.ts";
import { time } from "../api/time.ts";
import { credentialProof } from "./factors/contract.ts";

const slackMatchStates = ["unknown", "matches", "none", "refused", "failed"] as const;

export const userBody = z
  .object({
    id: z.string(),
    email: z.string(),
    name: z.string(),
    role: z.string(),
    enabled: z.boolean(),
    /** False until the user has set a password. */
    hasPassword: z.boolean(),
    /** Whether the user has signed in by OpenID Connect. */
    byProvider: z.boolean(),
    /** Whether a password alone is not enough for the user. */
    hasSecondFactor: z.boolean(),
    createdAt: z.iso.datetime(),
    /** The Slack users that an admin has linked to this user; without a link the user is matched by email. */
    slackUsers: z.array(z.object({ installationId: z.string(), slackUserId: z.string(), name: z.string() })),
    /** Who has the user's email in each trusted workspace, as Slack last said; empty if Slack isn't connected. */
    slackMatches: z.array(
      z.object({
        installationId: z.string(),
        workspace: z.string(),
        /** `unknown`: not looked up yet. `refused`: the Slack user doesn't count; `why` says why not. */
        state: z.enum(slackMatchStates),
        slackUserId: z.string().nullable(),
        name: z.string().nullable(),
        why: z.string().nullable(),
        lookedUpAt: z.iso.datetime().nullable(),
      }),
    ),
  })
  .meta({ id: "User" });
export type UserBody = z.infer<typeof userBody>;

export const newUser = z.strictObject({
  email: z.email().max(320),
  name: z.string().trim().min(1).max(100),
  /** A role's name. */
  role: z.string().min(1),
});
export type NewUser = z.infer<typeof newUser>;

/** A new link to set a password. */
export const passwordLinkBody = z
  .object({
    setPasswordUrl: z.string(),
    /** Whether Tocsin has emailed the link to the user. */
    mailed: z.enum(["sent", "failed", "no_mail_server", "not_needed"]),
  })
  .meta({ id: "NewPasswordLink" });
export type PasswordLinkBody = z.infer<typeof passwordLinkBody>;

export const createdUser = userBody.extend(passwordLinkBody.shape).meta({ id: "CreatedUser" });

export const userChange = z.strictObject({
  email: newUser.shape.email.optional(),
  name: newUser.shape.name.optional(),
  role: z.string().min(1).optional(),
  enabled: z.boolean().optional(),
});

/** `slackUserId` is the member ID in a Slack profile: U…, or W… in an organisation. */
export const slackUserParams = z.object({
  id: z.uuid(),
  slackUserId: z
    .string()
    .regex(/^[UW][A-Z0-9]{2,30}$/, "Slack's member IDs begin with U or W, such as U012AB3CD."),
});

/** `installationId` can be left out if the app has only one installation. */
export const slackLink = z.strictObject({ installationId: z.uuid().optional() });

export const roleBody = z
  .object({
    id: z.string(),
    name: z.string(),
    permissions: z.array(z.enum(permissions)),
    /** Built-in roles can't be changed or deleted. */
    builtIn: z.boolean(),
    /** How many users have it, disabled ones included. */
    users: z.number().int(),
  })
  .meta({ id: "Role" });
export type RoleBody = z.infer<typeof roleBody>;

export const newRole = z.strictObject({
  name: z.string().trim().min(1).max(100),
  permissions: z.array(z.enum(permissions)).max(permissions.length),
});
export type NewRole = z.infer<typeof newRole>;

export const roleChange = newRole.partial();

export const tokenBody = z
  .object({
    id: z.string(),
    name: z.string(),
    permissions: z.array(z.enum(permissions)),
    cidrs: z.array(z.string()),
    createdBy: z.string().nullable(),
    createdAt: z.iso.datetime(),
    expiresAt: z.iso.datetime().nullable(),
    lastUsedAt: z.iso.datetime().nullable(),
  })
  .meta({ id: "ApiToken" });
export type TokenBody = z.infer<typeof tokenBody>;

export const newToken = z.strictObject({
  name: z.string().trim().min(1).max(100),
  permissions: z.array(z.enum(permissions)).min(1),
  expiresAt: time.optional(),
  cidrs: z.array(z.string()).max(50).default([]),
});
export type NewToken = z.infer<typeof newToken>;

/** The only answer that contains the token. */
export const createdToken = tokenBody.extend({ token: z.string() }).meta({ id: "CreatedToken" });

export const signIn = z.strictObject({
  email: z.string().min(1).max(320),
  password: z.string().min(1).max(1000),
});

export const sessionConfirmation = z.union([
  z.strictObject({ password: signIn.shape.password }),
  z.strictObject({ passkey: credentialProof }),
]);
export type SessionConfirmation = z.infer<typeof sessionConfirmation>;

/** The signed-in user and their permissions. */
export const sessionBody = z
  .object({
    user: z.object({ id: z.string(), email: z.string(), name: z.string(), role: z.string() }),
    permissions: z.array(z.enum(permissions)),
    /** Whether the user gets an email when somebody else assigns them an alert. */
    mailWhenAssigned: z.boolean(),
    /** Whether Tocsin can send email. */
    hasMailServer: z.boolean(),
    /** How the user can confirm the session: by their password, by a passkey, and at the provider with this name. */
    confirmBy: z.object({ password: z.boolean(), provider: z.string().nullable(), passkey: z.boolean() }),
    /** Whether the user has to add a second factor before anything else. */
    mustAddFactor: z.boolean(),
    commentRequired: z.boolean(),
    dispositionRequired: z.boolean(),
    /** How many days API tokens may live; null without a limit. */
    maxTokenDays: z.number().int().nullable(),
  })
  .meta({ id: "Session" });
export type SessionBody = z.infer<typeof sessionBody>;

/** What a person sets for themselves. */
export const ownSettings = z.strictObject({ mailWhenAssigned: z.boolean() });
export type OwnSettings = z.infer<typeof ownSettings>;
/** How people sign in. `url` leads to the identity provider; `next` in its query is the page to go to afterwards. */
export const signInWays = z
  .object({
    provider: z.object({ name: z.string(), url: z.string() }).nullable(),
    passwords: z.enum(["everybody", "emergency admin"]),
  })
  .meta({ id: "SignInWays" });
export type SignInWays = z.infer<typeof signInWays>;

/** The session has ended; at `signOutUrl` the one at the identity provider ends too. */
export const signedOut = z.object({ signOutUrl: z.string() }).meta({ id: "SignedOut" });

/** What a one-time link is for: creating the first admin, or setting an existing user's password. */
export const linkBody = z
  .object({
    kind: z.enum(["first_admin", "set_password"]),
    email: z.string().nullable(),
    name: z.string().nullable(),
  })
  .meta({ id: "PasswordLink" });
export type LinkBody = z.infer<typeof linkBody>;

export const linkToken = z.strictObject({ token: z.string().min(1).max(200) });

export const useLink = z.strictObject({
  token: z.string().min(1).max(200),
  password: z.string().min(12, "at least 12 characters").max(1000),
  /** Email and name are only for the first admin. */
  email: z.email().max(320).optional(),
  name: z.string().trim().min(1).max(100).optional(),
});

export const passwordChange = z.strictObject({
  currentPassword: z.string().min(1).max(1000),
  newPassword: useLink.shape.password,
});
export type PasswordChange = z.infer<typeof passwordChange>;

/** A session of the caller. */
export const ownSessionBody = z
  .object({
    id: z.string(),
    /** Browser and system, such as "Firefox on Linux". */
    device: z.string(),
    userAgent: z.string().nullable(),
    /** From where it was last used. */
    ip: z.string().nullable(),
    createdAt: z.iso.datetime(),
    /** To about a minute. */
    lastSeenAt: z.iso.datetime(),
    /** Whether this request uses it. */
    isCurrent: z.boolean(),
  })
  .meta({ id: "OwnSession" });
export type OwnSessionBody = z.infer<typeof ownSessionBody>;

export const endedSessions = z.object({ ended: z.number().int() }).meta({ id: "EndedSessions" });
