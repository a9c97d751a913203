import type { Condition } from "../../workspace/workspace.ts";
import type { DoorError } from "../answer.ts";

/** What every call about a workspace is answered with while Slack doesn't fare well with it. */
export const conditionError = {
  joining_organisation: "team_added_to_org",
  moved_to_organisation: "org_login_required",
  out_of_service: "service_unavailable",
  failing: "internal_error",
  failing_late: "fatal_error",
} as const satisfies Record<Exclude<Condition, "well">, DoorError>;
