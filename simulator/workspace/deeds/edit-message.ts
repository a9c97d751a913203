import type { Message } from "../message.ts";
import type { Workspace } from "../workspace.ts";
import { forgetChoices } from "./choices.ts";

type Change = Partial<Pick<Message, "text" | "blocks" | "attachments" | "metadata">>;

/** Changes what a message says. Gives back how it was before. */
export function editMessage(workspace: Workspace, message: Message, change: Change): Message {
  const before = { ...message };
  Object.assign(message, change, { editedAt: workspace.makeTs() });
  forgetChoices(message);
  return before;
}
