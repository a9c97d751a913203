import { z } from "zod";
import { hosted } from "./fields.ts";
import { appDirectory, displayInformation, metadata } from "../shape/display.ts";
import { features } from "./features.ts";
import { oauthConfig } from "../shape/oauth-config.ts";
import { settings } from "./settings.ts";

/** An app's manifest, as https://docs.slack.dev/reference/app-manifest has it: its shape, and the limits of each part. */
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
