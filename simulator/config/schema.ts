import { z } from "zod";

const name = z.string().regex(/^[a-z0-9._-]+$/, {
  error: "must consist of lowercase letters, digits, dots, dashes and underscores",
});

const person = z.strictObject({
  name,
  realName: z.string().optional(),
  email: z.email().optional(),
  role: z.enum(["admin", "member", "guest", "single-channel-guest"]).default("member"),
  deactivated: z.boolean().default(false),
});

const channel = z.strictObject({
  name,
  kind: z.enum(["public", "private"]).default("public"),
  topic: z.string().default(""),
  archived: z.boolean().default(false),
  /** Names of people; by default everyone. */
  members: z.array(name).optional(),
  /** Names of apps whose bots are in the channel. */
  apps: z.array(z.string()).default([]),
  messages: z.array(z.strictObject({ from: name, text: z.string().min(1) })).default([]),
});

const workspace = z.strictObject({
  name: z.string().min(1),
  domain: name,
  people: z.array(person).min(1),
  channels: z.array(channel).default([]),
});

const app = z.strictObject({
  /** A manifest, or the path of one relative to this file. */
  manifest: z.union([z.string(), z.record(z.string(), z.unknown())]),
  /** Names of workspaces; `organisation`, or the organisation's name, installs the app org-wide. */
  installedIn: z.union([z.string().transform((name) => [name]), z.array(z.string())]).default([]),
  /** Whether the request URL counts as verified; no events are sent otherwise. */
  verified: z.boolean().default(true),
  signingSecret: z.string().optional(),
  botToken: z.string().startsWith("xoxb-").optional(),
});

/** The shape of a config file: workspaces with people and channels, optionally an organisation, and apps. */
export const shape = z.strictObject({
  organisation: z.strictObject({ name: z.string(), domain: name }).optional(),
  workspaces: z.array(workspace).min(1),
  apps: z.array(app).default([]),
});

export type Shape = z.output<typeof shape>;
