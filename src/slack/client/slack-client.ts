import type { SlackMessage } from "../message/slack-message.ts";
import { channels } from "./channels.ts";
import { installation } from "./workspace.ts";
import { messages } from "./messages.ts";
import { people } from "./people.ts";
import { type ClientOptions, callWith } from "./call.ts";
import { respond } from "./transport/respond.ts";
import { views } from "./views.ts";

export type SlackClient = ReturnType<typeof slackClient>;

/**
 * The calls that Tocsin makes to Slack as one installation. Each is tried once, waits 10 s at most unless
 * told otherwise, and throws a `SlackFault` that says what its failure asks for.
 */
export function slackClient(options: ClientOptions) {
  const call = callWith(options);
  return {
    ...messages(call),
    ...views(call),
    ...people(call),
    ...channels(call),
    ...installation(call),
    respond: (responseUrl: string, message: SlackMessage) =>
      respond(responseUrl, { message, how: "privately" }, options.timeoutMs ?? 10_000),
    /** Puts another message in the place of the one that was clicked; costs nothing of `chat.update`'s rate. */
    replaceClicked: (responseUrl: string, message: SlackMessage) =>
      respond(responseUrl, { message, how: "in-its-place" }, options.timeoutMs ?? 10_000),
  };
}
