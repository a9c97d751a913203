import { z } from "zod";
import { initialValue } from "../block-kit/controls.ts";
import { sendInteraction } from "../callbacks/call-app.ts";
import { envelope } from "../callbacks/interaction-payload.ts";
import type { Reply } from "../callbacks/request.ts";
import { makeResponseUrl } from "../callbacks/response-url.ts";
import type { WorkspaceContext } from "../simulator.ts";
import { pushView, readModal, replaceView } from "../web-api/modal.ts";
import { issueTrigger } from "../web-api/trigger.ts";
import { maxStackedViews } from "../web-api/views.ts";
import { viewWire } from "../web-api/wire/view-wire.ts";
import type { User } from "../workspace/user.ts";
import type { View } from "../workspace/view.ts";
import { dialogValues, type FilledValues } from "./control-values.ts";
import { clientErrors } from "./input-errors.ts";

export type SubmitResult = {
  result: "closed" | "errors" | "updated" | "pushed" | "failed";
  /** Set if it failed: what the person reads, which is always the same. */
  message?: string;
  /** Set if it failed: the reason, for the app's developer. */
  reason?: string;
};

const answer = z.discriminatedUnion("response_action", [
  z.object({ response_action: z.literal("errors"), errors: z.record(z.string(), z.string()) }),
  z.object({ response_action: z.literal("update"), view: z.unknown() }),
  z.object({ response_action: z.literal("push"), view: z.unknown() }),
  z.object({ response_action: z.literal("clear") }),
]);

const failed = (reason: string): SubmitResult => ({
  result: "failed",
  message: "We had some trouble connecting. Try again?",
  reason,
});

function readAnswer(reply: Reply) {
  if (!reply.ok) return { ok: false as const, reason: `The app did not answer: ${reply.reason}` };
  if (reply.body.trim() === "" || reply.body.trim() === "{}") return { ok: true as const, answer: undefined };
  try {
    const parsed = answer.safeParse(JSON.parse(reply.body));
    if (parsed.success) return { ok: true as const, answer: parsed.data };
  } catch {
    // Falls through: invalid JSON gets the same error as an invalid answer.
  }
  return { ok: false as const, reason: "The app's answer is invalid." };
}

function showErrors(view: View, errors: Record<string, string>): SubmitResult {
  const inputs = new Set(view.modal.blocks.filter((b) => b.type === "input").map((b) => b.block_id));
  const unknown = Object.keys(errors).filter((blockId) => !inputs.has(blockId));
  if (unknown.length > 0)
    return failed(`The app sent errors for blocks that are not inputs: ${unknown.join(", ")}.`);
  view.errors = errors;
  return { result: "errors" };
}

function showNext(
  context: WorkspaceContext,
  view: View,
  given: { how: "update" | "push"; modal: unknown },
): SubmitResult {
  const { workspace } = context;
  const { how, modal } = given;
  const read = readModal(workspace, modal, view);
  if (!read.ok) return failed(`Slack refused the app's dialog: ${read.error}`);
  if (how === "update") {
    replaceView(workspace, view, read.modal);
    return { result: "updated" };
  }
  if ((workspace.views.get(view.openedBy)?.length ?? 0) >= maxStackedViews)
    return failed("push_limit_reached");
  pushView(workspace, { installation: view.installation, user: view.openedBy, modal: read.modal });
  return { result: "pushed" };
}

function applyAnswer(
  context: WorkspaceContext,
  view: View,
  given: z.output<typeof answer> | undefined,
): SubmitResult {
  const { views } = context.workspace;
  const stack = views.get(view.openedBy) ?? [];
  switch (given?.response_action) {
    case undefined:
      views.set(
        view.openedBy,
        stack.filter((other) => other !== view),
      );
      return { result: "closed" };
    case "clear":
      views.set(view.openedBy, []);
      return { result: "closed" };
    case "errors":
      return showErrors(view, given.errors);
    case "update":
    case "push":
      return showNext(context, view, { how: given.response_action, modal: given.view });
    default:
      throw new Error("Unknown response_action", { cause: given satisfies never });
  }
}

/** A response URL for each conversation that was chosen in a select with `response_url_enabled`. */
const responseUrls = (context: WorkspaceContext, { view, filled }: { view: View; filled: FilledValues }) =>
  view.modal.blocks.flatMap((block) => {
    if (block.type !== "input" || !("response_url_enabled" in block.element)) return [];
    const { block_id = "", element } = block;
    const { action_id = "", response_url_enabled: isEnabled } = element;
    const channel = filled[block_id]?.[action_id] ?? initialValue(element);
    if (!isEnabled || typeof channel !== "string") return [];
    const urlContext = {
      installation: view.installation,
      user: view.openedBy,
      channel,
      messageTs: undefined,
    };
    return [{ block_id, action_id, channel_id: channel, response_url: makeResponseUrl(context, urlContext) }];
  });

/** Submits a dialog as a person. The dialog stays open unless the app's answer closes it. */
export async function submitDialog(
  context: WorkspaceContext,
  user: User,
  { view, filled }: { view: View; filled: FilledValues },
): Promise<SubmitResult> {
  const { workspace, changeFeed } = context;
  view.errors = clientErrors(view.modal.blocks, filled);
  if (Object.keys(view.errors).length > 0) {
    changeFeed.bump();
    return { result: "errors" };
  }
  const reply = await sendInteraction(context, view.installation, {
    payload: {
      type: "view_submission",
      ...envelope(workspace, view.installation, user),
      trigger_id: issueTrigger(workspace, {
        installation: view.installation,
        user: user.id,
        viewId: view.id,
      }),
      view: viewWire(workspace, view, dialogValues(workspace, { view, filled })),
      response_urls: responseUrls(context, { view, filled }),
    },
  });
  const read = readAnswer(reply);
  const result = read.ok ? applyAnswer(context, view, read.answer) : failed(read.reason);
  changeFeed.bump();
  return result;
}
