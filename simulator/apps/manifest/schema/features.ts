import { z } from "zod";
import { distinct, text, url } from "./fields.ts";

const flag = z.boolean().optional();

const slashCommand = z.strictObject({
  command: text(32, 2).regex(/^\//, "must start with a /"),
  url: url(3000).optional(),
  description: text(2000, 1),
  usage_hint: text(1000, 1).optional(),
  should_escape: flag,
});

const shortcut = z.strictObject({
  name: text(24, 1),
  type: z.enum(["message", "global"]),
  callback_id: text(255, 1),
  description: text(150, 1),
});

const prompt = z.strictObject({ title: z.string(), message: z.string() });

/** The features of the app in Slack. */
export const features = z.strictObject({
  app_home: z
    .strictObject({
      home_tab_enabled: flag,
      messages_tab_enabled: flag,
      messages_tab_read_only_enabled: flag,
    })
    .optional(),
  bot_user: z.strictObject({ display_name: text(80, 1), always_online: flag }).optional(),
  functions: z.array(z.record(z.string(), z.unknown())).max(50).optional(),
  shortcuts: z.array(shortcut).min(1).max(10).optional(),
  slash_commands: z.array(slashCommand).min(1).max(50).optional(),
  workflow_steps: z
    .array(z.strictObject({ name: text(50, 1), callback_id: text(50, 1) }))
    .min(1)
    .max(10)
    .optional(),
  unfurl_domains: distinct(
    text(255).regex(/^(?![.-])([-a-z0-9.])+([a-z0-9])$/, "must be a domain, such as example.com"),
    { min: 1, max: 5 },
  ).optional(),
  assistant_view: z
    .strictObject({ assistant_description: z.string(), suggested_prompts: z.array(prompt).optional() })
    .optional(),
  agent_view: z
    .strictObject({
      agent_description: text(300).optional(),
      suggested_prompts: z.array(prompt).max(4).optional(),
      actions: z.array(z.strictObject({ name: z.string(), description: z.string() })).optional(),
    })
    .optional(),
});
