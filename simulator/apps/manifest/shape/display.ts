import { z } from "zod";
import { text, url } from "../schema/fields.ts";

/** How the app looks to people. */
export const displayInformation = z.strictObject({
  name: text(35, 1),
  description: text(140, 1).optional(),
  background_color: z
    .string()
    .regex(/^#([0-9a-fA-F]{3}|[0-9a-fA-F]{6})$/, "must be a hex colour, as #000 or #000000")
    .optional(),
  long_description: text(4000, 175).optional(),
});

const eMail =
  /^[a-zA-Z0-9.!#$%&'*+/=?^_`{|}~-]+@[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?(?:\.[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?)*$/;

/** Its entry in Slack's shop for apps; kept, and without effect here. */
export const appDirectory = z.strictObject({
  app_directory_categories: z.array(text(255, 1)).max(3).optional(),
  use_direct_install: z.boolean().optional(),
  direct_install_url: url(255).optional(),
  installation_landing_page: url(255),
  privacy_policy_url: url(500),
  support_url: url(350),
  support_email: z.string().max(100).regex(eMail, "must be an e-mail address"),
  supported_languages: z.array(text(50)).min(1).max(50),
  pricing: text(30, 1),
});

/** Which version of the manifest's own language it is written in. */
export const metadata = z.strictObject({
  schema_version: z.int().optional(),
  min_version: z.int().optional(),
  major_version: z.int().optional(),
  minor_version: z.int().optional(),
});
