import { changeContext } from "../../callbacks/announce.ts";
import type { Simulator } from "../../simulator.ts";
import type { ScheduledMessage } from "../../workspace/scheduled-message.ts";
import type { Workspace } from "../../workspace/workspace.ts";
import { post } from "./post.ts";
import { refusePosting, threadOf } from "./posting-permission.ts";

/** Whether the app may still post a message that it scheduled earlier. */
function mayPost(workspace: Workspace, { installation: bot, channel, content }: ScheduledMessage): boolean {
  if (bot.state !== "installed" || workspace.channels.get(channel.id) !== channel) return false;
  if (refusePosting({ workspace, bot }, channel, { isReply: content.threadTs !== undefined })) return false;
  return threadOf(channel, content.threadTs).ok;
}

/**
 * Posts the scheduled messages whose time has come by the simulator's clock. Slack posts nothing where the app may no
 * longer write, and doesn't tell the app.
 */
export function postScheduled(simulator: Simulator): void {
  for (const workspace of simulator.world.workspaces.values()) {
    if (workspace.scheduled.size === 0) continue;
    const { scheduled, now } = workspace;
    const due = [...scheduled.values()].filter(({ postAt }) => postAt * 1000 <= now());
    for (const message of due.sort((a, b) => a.postAt - b.postAt)) {
      scheduled.delete(message.id);
      if (!mayPost(workspace, message)) continue;
      const { emit } = changeContext({ ...simulator, workspace });
      post({ workspace, bot: message.installation, emit }, message.channel, message.content);
      simulator.changeFeed.bump();
    }
  }
}

/** How often the clock is read, in milliseconds. Calls and verbs read it too, so that they see what is due. */
const tickMs = 200;

/** Posts scheduled messages in time until the simulator stops. */
export function keepPosting(simulator: Simulator): void {
  const timer = setInterval(() => postScheduled(simulator), tickMs).unref();
  simulator.stopping.addEventListener("abort", () => clearInterval(timer));
}
