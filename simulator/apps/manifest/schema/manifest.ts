import { z } from "zod";
import { features } from "./features.ts";
import { distinct, hosted, text, url } from "./fields.ts";
import { settings } from "./settings.ts";

/** The name, descriptions and colour of the app. */
const displayInformation = z.strictObject({
  name: text(35, 1),
  description: text(140, 1).optional(),
  background_color: z
    .string()
    .regex(/^#([0-9a-fA-F]{3}|[0-9a-fA-F]{6})$/, "must be a hex colour, such as #000 or #000000")
    .optional(),
  long_description: text(4000, 175).optional(),
});

const emailPattern =
  /^[a-zA-Z0-9.!#$%&'*+/=?^_`{|}~-]+@[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?(?:\.[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?)*$/;

/** The app's entry in the Slack Marketplace; kept, but without effect in the simulator. */
const appDirectory = z.strictObject({
  app_directory_categories: z.array(text(255, 1)).max(3).optional(),
  use_direct_install: z.boolean().optional(),
  direct_install_url: url(255).optional(),
  installation_landing_page: url(255),
  privacy_policy_url: url(500),
  support_url: url(350),
  support_email: z.string().max(100).regex(emailPattern, "must be an email address"),
  supported_languages: z.array(text(50)).min(1).max(50),
  pricing: text(30, 1),
});

/** The version of the manifest format. */
const metadata = z.strictObject({
  schema_version: z.int().optional(),
  min_version: z.int().optional(),
  major_version: z.int().optional(),
  minor_version: z.int().optional(),
});

const scopes = z.array(text(50)).max(255).optional();

/** The scopes that the app asks for, and the URLs that people return to after allowing them. */
const oauthConfig = z.strictObject({
  redirect_urls: distinct(text(2500), { max: 1000 }).optional(),
  scopes: z
    .strictObject({ user: scopes, bot: scopes, user_optional: scopes, bot_optional: scopes })
    .optional(),
  token_management_enabled: z.boolean().optional(),
  pkce_enabled: z.boolean().optional(),
});

/** The shape and limits of an app manifest, from https://docs.slack.dev/reference/app-manifest. */
export const manifest = z.strictObject({
  $schema: z.url().optional(),
  _metadata: metadata.optional(),
  app_directory: appDirectory.optional(),
  display_information: displayInformation,
  features: features.optional(),
  oauth_config: oauthConfig.optional(),
  settings: settings.optional(),
  functions: hosted.optional(),
  workflows: hosted.optional(),
  datastores: hosted.optional(),
  outgoing_domains: z.array(z.string()).optional(),
  types: hosted.optional(),
  external_auth_providers: hosted.optional(),
  mcp_servers: hosted.optional(),
});

export type Manifest = z.output<typeof manifest>;

/** An error in a manifest: the message, in Slack's words where they are known, and a JSON pointer. */
export type ManifestError = { message: string; pointer: string };
