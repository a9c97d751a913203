import type { Cause } from "./cause.ts";
import { conversationCauses } from "./conversations.ts";
import { commonCauses, identityCauses } from "./gateway.ts";
import { newChannelCauses } from "./new-channels.ts";
import { otherMessageCauses } from "./other-messages.ts";
import { postMessageCauses } from "./post-message.ts";
import { reactionAndPinCauses } from "./reactions-and-pins.ts";
import { scheduleAndUploadCauses } from "./schedule-and-uploads.ts";
import { viewCauses } from "./views.ts";

/** A cause for every error of the Web API. */
export const allCauses: readonly Cause[] = [
  ...postMessageCauses,
  ...otherMessageCauses,
  ...conversationCauses,
  ...newChannelCauses,
  ...reactionAndPinCauses,
  ...scheduleAndUploadCauses,
  ...viewCauses,
  ...identityCauses,
  ...commonCauses,
];
