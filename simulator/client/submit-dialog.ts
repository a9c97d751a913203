import { z } from "zod";
import { initialPick } from "../block-kit/controls.ts";
import { sendInteraction } from "../callbacks/call-app.ts";
import { envelope } from "../callbacks/interaction-payload.ts";
import type { Reply } from "../callbacks/request.ts";
import { makeResponseUrl } from "../callbacks/response-url.ts";
import type { Scene } from "../simulator.ts";
import { pushView, readModal, replaceView } from "../web-api/modal.ts";
import { issueTrigger } from "../web-api/trigger.ts";
import { deepest } from "../web-api/views.ts";
import { viewWire } from "../web-api/wire/view-wire.ts";
import type { User } from "../workspace/user.ts";
import type { View } from "../workspace/view.ts";
import { dialogValues, type Filled } from "./control-values.ts";
import { clientErrors } from "./input-errors.ts";

export type Submitted = {
  result: "closed" | "errors" | "updated" | "pushed" | "failed";
  /** What the person reads when it failed, which is always the same, and what it was, for the app's maker. */
  says?: string;
  why?: string;
};

const answer = z.discriminatedUnion("response_action", [
  z.object({ response_action: z.literal("errors"), errors: z.record(z.string(), z.string()) }),
  z.object({ response_action: z.literal("update"), view: z.unknown() }),
  z.object({ response_action: z.literal("push"), view: z.unknown() }),
  z.object({ response_action: z.literal("clear") }),
]);

const failed = (why: string): Submitted => ({
  result: "failed",
  says: "We had some trouble connecting. Try again?",
  why,
});

function readAnswer(reply: Reply) {
  if (!reply.ok) return { ok: false as const, why: `The app did not answer: ${reply.reason}` };
  if (reply.body.trim() === "" || reply.body.trim() === "{}") return { ok: true as const, answer: undefined };
  try {
    const parsed = answer.safeParse(JSON.parse(reply.body));
    if (parsed.success) return { ok: true as const, answer: parsed.data };
  } catch {
    // Falls through: for the person both kinds of nonsense are one.
  }
  return { ok: false as const, why: "The app's answer can't be understood." };
}

function showErrors(view: View, errors: Record<string, string>): Submitted {
  const inputs = new Set(view.modal.blocks.filter((b) => b.type === "input").map((b) => b.block_id));
  const stray = Object.keys(errors).filter((blockId) => !inputs.has(blockId));
  if (stray.length > 0) return failed(`The app sent errors for ${stray.join(", ")}, which is no input.`);
  view.errors = errors;
  return { result: "errors" };
}

function showNext(scene: Scene, view: View, given: { how: "update" | "push"; modal: unknown }): Submitted {
  const { workspace } = scene;
  const { how, modal } = given;
  const read = readModal(workspace, modal, view);
  if (!read.ok) return failed(`Slack refused the app's dialog: ${read.error}`);
  if (how === "update") {
    replaceView(workspace, view, read.modal);
    return { result: "updated" };
  }
  if ((workspace.views.get(view.openedBy)?.length ?? 0) >= deepest) return failed("push_limit_reached");
  pushView(workspace, { installation: view.installation, user: view.openedBy, modal: read.modal });
  return { result: "pushed" };
}

function apply(scene: Scene, view: View, given: z.output<typeof answer> | undefined): Submitted {
  const { views } = scene.workspace;
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
      return showNext(scene, view, { how: given.response_action, modal: given.view });
    default:
      throw new Error("An answer of no known kind", { cause: given satisfies never });
  }
}

/** One address for each conversation that was picked in a select which asks for that. */
const responseUrls = (scene: Scene, { view, filled }: { view: View; filled: Filled }) =>
  view.modal.blocks.flatMap((block) => {
    if (block.type !== "input" || !("response_url_enabled" in block.element)) return [];
    const { block_id = "", element } = block;
    const { action_id = "", response_url_enabled: isWanted } = element;
    const channel = filled[block_id]?.[action_id] ?? initialPick(element);
    if (!isWanted || typeof channel !== "string") return [];
    const about = { installation: view.installation, user: view.openedBy, channel, messageTs: undefined };
    return [{ block_id, action_id, channel_id: channel, response_url: makeResponseUrl(scene, about) }];
  });

/** A person presses the submit button of a dialog. The dialog stays open unless the app lets it close. */
export async function submitDialog(
  scene: Scene,
  user: User,
  { view, filled }: { view: View; filled: Filled },
): Promise<Submitted> {
  const { workspace, changes } = scene;
  view.errors = clientErrors(view.modal.blocks, filled);
  if (Object.keys(view.errors).length > 0) {
    changes.bump();
    return { result: "errors" };
  }
  const reply = await sendInteraction(scene, view.installation, {
    payload: {
      type: "view_submission",
      ...envelope(workspace, view.installation, user),
      trigger_id: issueTrigger(workspace, {
        installation: view.installation,
        user: user.id,
        viewId: view.id,
      }),
      view: viewWire(workspace, view, dialogValues(workspace, { view, filled })),
      response_urls: responseUrls(scene, { view, filled }),
    },
  });
  const read = readAnswer(reply);
  const submitted = read.ok ? apply(scene, view, read.answer) : failed(read.why);
  changes.bump();
  return submitted;
}
