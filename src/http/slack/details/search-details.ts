import { isRefusal } from "../../../alert/refusal.ts";
import { longestQuery, searchAction } from "../../../slack/details/parts/search-input.ts";
import { infoDialog } from "../../../slack/dialogs/info-dialog.ts";
import type { DetailsAt, Memory } from "../../../interact/memory.ts";
import type { ViewSubmission } from "../../../slack/request/slack-request.ts";
import type { Acting } from "../../../interact/acting.ts";
import type { SubmissionAnswer } from "../submission-answer.ts";
import { drawDetails } from "../../../triage/details/on-details.ts";

/** Somebody pressed Search in the details dialog: it shows what was found, or with nothing typed all again. */
export async function searchDetails(
  by: Acting,
  request: ViewSubmission,
  memory: Extract<Memory, { dialog: "details" }>,
): Promise<SubmissionAnswer> {
  const typed = Object.values(request.values).map((block) => block[searchAction]);
  const query = (typed.find((text) => text?.trim()) ?? "").trim().slice(0, longestQuery);
  const at: DetailsAt = query
    ? { show: "found", query, page: 0 }
    : { show: "part", part: "context", page: 0 };
  const drawn = await drawDetails(by, memory, at);
  const view = isRefusal(drawn) ? infoDialog("Nothing to show", drawn.why) : drawn;
  return { response_action: "update", view };
}
