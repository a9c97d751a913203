import type { WorkspaceContext } from "../simulator.ts";
import type { Installation } from "../workspace/installation.ts";
import type { User } from "../workspace/user.ts";

/** Shows one person a notice from Slack itself, as a banner. */
export function showNotice(
  simulator: WorkspaceContext,
  user: User,
  notice: { text: string; channel?: string },
): void {
  const { workspace, changeFeed } = simulator;
  const { text, channel } = notice;
  workspace.notices.push({ at: workspace.now(), user: user.id, text, channel });
  if (workspace.notices.length > 1000) workspace.notices.shift();
  changeFeed.bump();
}

/** What Slack shows after an interaction that the app didn't answer in time. */
export const noResponseText = ({ app }: Installation): string =>
  `${app.name} didn't respond. Try again, or ask the people who maintain the app.`;
