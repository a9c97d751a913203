import type { Cause } from "./cause.ts";
import { conversationCauses } from "./conversations.ts";
import { commonCauses, identityCauses } from "./gateway.ts";
import { otherMessageCauses } from "./other-messages.ts";
import { postMessageCauses } from "./post-message.ts";
import { viewCauses } from "./views.ts";

/** A cause for every error of the Web API. */
export const allCauses: readonly Cause[] = [
  ...postMessageCauses,
  ...otherMessageCauses,
  ...conversationCauses,
  ...viewCauses,
  ...identityCauses,
  ...commonCauses,
];
