import type { Cause } from "./cause.ts";
import { conversationCauses } from "./conversations.ts";
import { doorCauses, identityCauses } from "./gateway.ts";
import { otherMessageCauses } from "./other-messages.ts";
import { postMessageCauses } from "./post-message.ts";
import { viewCauses } from "./views.ts";

/** Every error that the Web API can answer with, and how it comes to. */
export const allCauses: readonly Cause[] = [
  ...postMessageCauses,
  ...otherMessageCauses,
  ...conversationCauses,
  ...viewCauses,
  ...identityCauses,
  ...doorCauses,
];
