import type { Scene } from "../simulator.ts";
import { sendInteraction } from "../callbacks/call-app.ts";
import { envelope } from "../callbacks/interaction-payload.ts";
import { viewWire } from "../web-api/wire/view-wire.ts";
import type { User } from "../workspace/user.ts";
import type { View } from "../workspace/view.ts";
import { dialogValues } from "./dialog-values.ts";

/**
 * A person cancels a dialog, or with `all` closes it and those below it by its ×. An app hears of each that asked
 * for that, the top one first, and nobody waits for it.
 */
export async function closeDialog(
  scene: Scene,
  user: User,
  { view, all }: { view: View; all: boolean },
): Promise<void> {
  const { workspace, changes } = scene;
  const stack = workspace.views.get(user.id) ?? [];
  const isCleared = all || view.modal.clear_on_close === true;
  workspace.views.set(user.id, isCleared ? [] : stack.filter((other) => other !== view));
  changes.bump();
  const closed = isCleared ? stack.toReversed() : [view];
  for (const one of closed.filter(({ modal }) => modal.notify_on_close))
    await sendInteraction(scene, one.installation, {
      payload: {
        type: "view_closed",
        ...envelope(workspace, one.installation, user),
        view: viewWire(workspace, one, dialogValues(workspace, { view: one, filled: {} })),
        is_cleared: isCleared,
        response_urls: [],
      },
    });
}
