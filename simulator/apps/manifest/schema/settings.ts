import { z } from "zod";
import { distinct, text, url } from "./fields.ts";

const flag = z.boolean().optional();

const cidrPattern =
  /^(([0-9]|[1-9][0-9]|1[0-9]{2}|2[0-4][0-9]|25[0-5])\.){3}([0-9]|[1-9][0-9]|1[0-9]{2}|2[0-4][0-9]|25[0-5])(\/(3[0-2]|[1-2][0-9]|[0-9]))?$/;

/** The settings for how Slack reaches and installs the app. */
export const settings = z.strictObject({
  allowed_ip_address_ranges: distinct(
    z.string().regex(cidrPattern, "must be an IP address or a range in CIDR notation"),
    { min: 1, max: 50 },
  ).optional(),
  event_subscriptions: z
    .strictObject({
      request_url: url(3500).optional(),
      user_events: distinct(text(50), { max: 100 }).optional(),
      bot_events: distinct(text(50), { max: 100 }).optional(),
      metadata_subscriptions: distinct(z.strictObject({ app_id: z.string(), event_type: text(50) }), {
        min: 1,
        max: 20,
      }).optional(),
    })
    .optional(),
  incoming_webhooks: z.strictObject({ incoming_webhooks_enabled: flag }).optional(),
  interactivity: z
    .strictObject({
      is_enabled: z.boolean(),
      request_url: url(3500).optional(),
      message_menu_options_url: url(3500).optional(),
    })
    .optional(),
  org_deploy_enabled: flag,
  socket_mode_enabled: flag,
  is_hosted: flag,
  token_rotation_enabled: flag,
  siws_links: z
    .strictObject({
      initiate_uri: text(3500)
        .regex(/^https:\/\//, "must be a valid URL, starting with https://")
        .optional(),
    })
    .optional(),
  hermes_app_type: z.string().optional(),
  function_runtime: z.string().optional(),
  is_mcp_enabled: flag,
});
