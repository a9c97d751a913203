import { SlackFault } from "../../slack/client/slack-fault.ts";
import { problem } from "../problem.ts";

/** Does what needs Slack; while Slack can't be asked the answer says so, and when to try again. */
export async function reachingSlack<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (fault) {
    if (!(fault instanceof SlackFault)) throw fault;
    const seconds = fault.retryAfterSeconds ?? 10;
    const detail = `Slack couldn't be asked (${fault.code}), so nothing was changed. Try again in ${seconds} s.`;
    throw problem(503, detail, { retryAfter: seconds });
  }
}
