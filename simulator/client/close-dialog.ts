import type { Scene } from "../simulator.ts";
import { sendInteraction } from "../to-app/calling/call-app.ts";
import { envelope } from "../to-app/envelope.ts";
import { viewWire } from "../web-api/wire/view-wire.ts";
import type { User } from "../workspace/user.ts";
import type { View } from "../workspace/view.ts";
import { dialogValues } from "./dialog-values.ts";

/** A person cancels a dialog. The app hears of it only where it asked to, and then nobody waits for it. */
export async function closeDialog(scene: Scene, user: User, view: View): Promise<void> {
  const { workspace, changes } = scene;
  const stack = workspace.views.get(user.id) ?? [];
  workspace.views.set(user.id, view.modal.clear_on_close ? [] : stack.filter((other) => other !== view));
  changes.bump();
  if (!view.modal.notify_on_close) return;
  await sendInteraction(scene, view.installation, {
    payload: {
      type: "view_closed",
      ...envelope(workspace, view.installation, user),
      view: viewWire(workspace, view, dialogValues(workspace, { view, filled: {} })),
      is_cleared: false,
      response_urls: [],
    },
  });
}
