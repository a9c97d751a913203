import type { Channel } from "../../workspace/channel.ts";
import type { Message } from "../../workspace/message.ts";
import type { Workspace } from "../../workspace/workspace.ts";

/** The address of a message in Slack's client. */
export function permalinkOf({ team }: Workspace, { id }: Channel, { ts, threadTs }: Message): string {
  const thread = threadTs ? `?thread_ts=${threadTs}&cid=${id}` : "";
  return `https://${team.domain}.slack.com/archives/${id}/p${ts.replace(".", "")}${thread}`;
}
