import type { SlackRequest } from "../../../slack/request/slack-request.ts";
import type { Deps } from "../../../api/deps.ts";
import { threadToldOf } from "./thread-told-of.ts";

/**
 * With the thread mirror Slack sends every message of every channel that the bot is in. Those that are none of
 * Tocsin's business end here, before anything of them is stored: null. A call for the bot goes on without its
 * words, so that whoever called can be told where to.
 */
export async function dropForeign<Request extends SlackRequest>(
  deps: Pick<Deps, "db">,
  request: Request,
): Promise<Request | null> {
  if (request.type !== "event_callback") return request;
  const { event } = request;
  switch (event.type) {
    case "message_written":
    case "message_edited":
    case "message_deleted":
      return (await threadToldOf(deps, event))?.mirrored ? request : null;
    case "bot_mentioned": {
      if (await threadToldOf(deps, event)) return request;
      return { ...request, event: { ...event, message: { ...event.message, text: "", files: [] } } };
    }
    case "other":
      return null;
    default:
      return request;
  }
}
