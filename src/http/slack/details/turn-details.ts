import { isRefusal } from "../../../alert/refusal.ts";
import { infoDialog } from "../../../slack/dialogs/info-dialog.ts";
import type { DetailsAt } from "../../../interact/memory.ts";
import type { BlockActions, SlackAction } from "../../../slack/request/slack-request.ts";
import type { Acting } from "../../../interact/acting.ts";
import { drawDetails } from "../../../triage/details/on-details.ts";

type Turn = Extract<SlackAction, { kind: "details-part" | "details-page" | "details-value" }>;

/** Shows another part or page in the details dialog that somebody has open, or puts one value on top of it. */
export async function turnDetails(by: Acting, request: BlockActions, turn: Turn): Promise<void> {
  const { view: open } = request;
  if (open?.memory?.dialog !== "details") return;
  const drawn = await drawDetails(by, open.memory, turned(open.memory.at, turn));
  const view = isRefusal(drawn) ? infoDialog("Nothing to show", drawn.why) : drawn;
  if (turn.kind === "details-value") await by.client.pushView(request.triggerId, view);
  else await by.client.updateView({ id: open.id }, view);
}

function turned(from: DetailsAt, turn: Turn): DetailsAt {
  switch (turn.kind) {
    case "details-part":
      return { show: "part", part: turn.part, page: 0 };
    case "details-page":
      return { ...from, page: turn.page };
    case "details-value":
      return { show: "value", part: turn.part, n: turn.n, page: 0 };
    default:
      return turn satisfies never;
  }
}
