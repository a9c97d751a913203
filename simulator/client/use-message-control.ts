import type { ControlValue } from "../block-kit/controls.ts";
import { sendInteraction } from "../callbacks/call-app.ts";
import { aboutMessage, action, envelope } from "../callbacks/interaction-payload.ts";
import { makeResponseUrl } from "../callbacks/response-url.ts";
import { stateValues } from "../callbacks/state-values.ts";
import type { WorkspaceContext } from "../simulator.ts";
import { issueTrigger } from "../web-api/trigger.ts";
import type { Channel } from "../workspace/channel.ts";
import type { Installation } from "../workspace/installation.ts";
import { allBlocksOf, type Message, rememberChoice } from "../workspace/message.ts";
import type { User } from "../workspace/user.ts";
import type { Workspace } from "../workspace/workspace.ts";
import { installationOfBot } from "../workspace/world.ts";
import { ControlGone, findControl, shownValue } from "./control-values.ts";
import { noResponseText, showNotice } from "./notice.ts";
import { type SearchResult, suggest, suggestionsOf } from "./suggestions.ts";

export type ControlUse = { blockId: string; actionId: string; picked: ControlValue };
type MessageInChannel = { channel: Channel; message: Message };

/** The fields of `block_actions` about the message. */
function messageFields(
  context: WorkspaceContext,
  user: User,
  { channel, message, installation, use }: MessageInChannel & { installation: Installation; use: ControlUse },
) {
  const { workspace } = context;
  const searchedControl = (at: { blockId: string; actionId: string }) => ({
    user: user.id,
    container: message.ts,
    ...at,
  });
  return {
    ...aboutMessage(workspace, { channel, message, blockId: use.blockId }),
    state: {
      values: stateValues(
        allBlocksOf(message),
        (element, blockId) =>
          shownValue(message, { user: user.id, blockId, actionId: element.action_id ?? "" }),
        (at) => suggestionsOf(workspace, searchedControl(at)),
      ),
    },
    response_url: makeResponseUrl(context, {
      installation,
      user: user.id,
      channel: channel.id,
      messageTs: message.ts,
    }),
  };
}

/** Searches in an external select of a message as a person. */
export function suggestInMessage(
  context: WorkspaceContext,
  user: User,
  {
    channel,
    message,
    search,
  }: MessageInChannel & { search: { blockId: string; actionId: string; value: string } },
): Promise<SearchResult> {
  const { workspace } = context;
  return suggest(context, user, {
    ...search,
    installation: authorOf(workspace, message),
    container: message.ts,
    element: findControl(allBlocksOf(message), search),
    about: aboutMessage(workspace, { channel, message, blockId: search.blockId }),
    entry: { channel: channel.id, ts: message.ts },
  });
}

function authorOf(workspace: Workspace, message: Message): Installation {
  const installation = installationOfBot(workspace, message.botId ?? "");
  if (!installation) throw new Error("The message was not posted by an app");
  return installation;
}

/** Uses a control of a message as a person. Resolves to whether the app acknowledged it in time. */
export async function useControl(
  context: WorkspaceContext,
  user: User,
  { channel, message, use }: MessageInChannel & { use: ControlUse },
): Promise<boolean> {
  const { workspace, changeFeed } = context;
  const element = findControl(allBlocksOf(message), use);
  if (!element) throw new ControlGone(`The message has no control ${use.blockId}/${use.actionId}`);
  if (element.type !== "button" && element.type !== "overflow")
    rememberChoice(message, { user: user.id, ...use }, use.picked);
  changeFeed.bump();
  const installation = authorOf(workspace, message);
  const payload = {
    type: "block_actions",
    ...envelope(workspace, installation, user),
    ...messageFields(context, user, { channel, message, installation, use }),
    trigger_id: issueTrigger(workspace, { installation, user: user.id }),
    actions: [
      action(element, {
        ...use,
        at: workspace.makeTs(),
        suggested: suggestionsOf(workspace, { ...use, container: message.ts, user: user.id }),
      }),
    ],
  };
  const reply = await sendInteraction(context, installation, {
    payload,
    about: { channel: channel.id, ts: message.ts },
  });
  if (!reply.ok) showNotice(context, user, { text: noResponseText(installation), channel: channel.id });
  return reply.ok;
}
