import type { Scene } from "../simulator.ts";
import type { Installation } from "../workspace/installation.ts";
import type { User } from "../workspace/user.ts";

/** Shows one person a line from Slack itself, as a banner that is no message. */
export function tell(simulator: Scene, user: User, line: { text: string; channel?: string }): void {
  const { workspace, changes } = simulator;
  const { text, channel } = line;
  workspace.notices.push({ at: workspace.now(), user: user.id, text, channel });
  if (workspace.notices.length > 1000) workspace.notices.shift();
  changes.bump();
}

/** What Slack shows to whoever used a control that the app didn't answer in time. */
export const unanswered = ({ app }: Installation): string =>
  `${app.name} didn't respond. Try again, or ask whoever looks after the app.`;
