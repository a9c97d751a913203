import type { ControlsId } from "../../../interact/card-ref.ts";
import type { BlockActions } from "../../../slack/request/slack-request.ts";
import type { Acting } from "../../../interact/acting.ts";
import { cardOf } from "../card-of.ts";
import { openDrawn } from "../open-drawn.ts";
import { drawDetails } from "../../../triage/details/on-details.ts";

/** Opens the details of an alert, beginning with its context. */
export async function openDetails(by: Acting, request: BlockActions, on: ControlsId): Promise<void> {
  const card = cardOf(on, request);
  await openDrawn(by, request, () => drawDetails(by, card, { show: "part", part: "context", page: 0 }));
}
