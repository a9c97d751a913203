import { z } from "zod";
import type { SlackRequest } from "./slack-request.ts";

const id = z.string().min(1);
const shape = z.object({
  command: id,
  text: z.string().default(""),
  user_id: id,
  team_id: id.nullish(),
  enterprise_id: id.nullish(),
  is_enterprise_install: z.string().nullish(),
  channel_id: id,
  trigger_id: id,
  response_url: z.string().nullish(),
});

export function readSlashCommand(fields: Record<string, string>): SlackRequest {
  const read = shape.safeParse(fields);
  if (!read.success) return { type: "malformed", why: `slash command: ${z.prettifyError(read.error)}` };
  const command = read.data;
  return {
    type: "slash_command",
    dedupeId: command.trigger_id,
    triggerId: command.trigger_id,
    userId: command.user_id,
    userTeamId: command.team_id ?? null,
    teamId: command.team_id ?? null,
    enterpriseId: command.enterprise_id ?? null,
    orgInstall: command.is_enterprise_install === "true",
    channelId: command.channel_id,
    responseUrl: command.response_url ?? null,
    command: command.command,
    text: command.text,
  };
}
