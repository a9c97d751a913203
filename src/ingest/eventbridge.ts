import { type Fields, fieldsOf } from "./fields/any-case.ts";
import { isObject } from "./fields/read-fields.ts";

/** What Amazon EventBridge passes on; a finding without its envelope counts as `detail`. */
export interface PassedOn {
  detail: unknown;
  /** Such as "GuardDuty Finding"; null without an envelope. */
  detailType: string | null;
  event: Fields;
}

/** Takes the envelope of EventBridge off. */
export function readPassedOn(given: unknown): PassedOn {
  const event = fieldsOf(given);
  const detailType = event.text("detail-type");
  if (isObject(given) && detailType && isObject(given.detail))
    return { detail: given.detail, detailType, event };
  return { detail: given, detailType: null, event: fieldsOf(null) };
}

/** EventBridge's id of an event, which all tries of a delivery share. */
export function eventBridgeId(body: unknown): string | null {
  const event = fieldsOf(body);
  return event.text("detail-type") ? event.text("id") : null;
}

/** For the table of kinds. */
export const eventBridgeRetries =
  "EventBridge waits 5 s for an answer and tries again for 24 hours, up to 185 times; SNS waits 15 s and tries three more times, 20 s apart. Repeats of an event count once";
