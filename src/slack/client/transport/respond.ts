import type { SlackMessage } from "../../message/slack-message.ts";
import { type FaultFacts, SlackFault } from "../slack-fault.ts";
import { classify, classifyHttp } from "./classify.ts";

/**
 * Answers a click: privately to whoever clicked, or by another message in place of the one that was clicked.
 * Slack takes five answers within 30 minutes at a response URL, in channels too where the bot may not post.
 */
export async function respond(
  responseUrl: string,
  { message, how }: { message: SlackMessage; how: "privately" | "in-its-place" },
  timeoutMs: number,
): Promise<void> {
  const replace_original = how === "in-its-place";
  const body = JSON.stringify({ response_type: "ephemeral", replace_original, ...message });
  const response = await fetch(responseUrl, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body,
    redirect: "error",
    signal: AbortSignal.timeout(timeoutMs),
  }).catch((cause: unknown) => {
    throw new SlackFault("response_url", classify(cause), { cause });
  });
  await response.body?.cancel();
  if (!response.ok) throw new SlackFault("response_url", refused(response.status));
}

/** An address that was used up, or is too old, answers 4xx: there is nobody left to tell. */
function refused(status: number): FaultFacts {
  const facts = classifyHttp(status);
  return facts.kind === "set-up" ? { ...facts, kind: "gone" } : facts;
}
