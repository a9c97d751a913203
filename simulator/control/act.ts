import { z } from "zod";
import { closeDialog } from "../client/close-dialog.ts";
import { say as sayIt } from "../client/say.ts";
import { submitDialog } from "../client/submit-dialog.ts";
import { useControl } from "../client/use-control.ts";
import { useDialogControl } from "../client/use-dialog-control.ts";
import { channel, message, person, view } from "./find.ts";
import { verb } from "./verb.ts";

const picked = z.union([z.string(), z.array(z.string()).readonly(), z.null()]);
const filled = z.record(z.string(), z.record(z.string(), picked)).default({});
const control = z.object({ blockId: z.string(), actionId: z.string(), picked });

/** A person uses a control of a message: presses, picks, or clears it with `null`. */
export const use = verb(
  z.object({ as: z.string(), channel: z.string(), ts: z.string(), use: control }),
  async (scene, input) => {
    const { workspace } = scene;
    const where = channel(workspace, input.channel);
    const what = { channel: where, message: message(where, input.ts), use: input.use };
    return { acknowledged: await useControl(scene, person(workspace, input.as), what) };
  },
);

/** A person uses a control of a dialog that acts at once. */
export const useInDialog = verb(
  z.object({ as: z.string(), view: z.string(), use: control, filled }),
  async (scene, input) => {
    const user = person(scene.workspace, input.as);
    const open = view(scene.workspace, user, input.view);
    const what = { view: open, use: input.use, filled: input.filled };
    return { acknowledged: await useDialogControl(scene, user, what) };
  },
);

/** A person submits a dialog, with what they filled in by block_id and action_id. */
export const submit = verb(z.object({ as: z.string(), view: z.string(), filled }), (scene, input) => {
  const user = person(scene.workspace, input.as);
  const open = view(scene.workspace, user, input.view);
  return submitDialog(scene, user, { view: open, filled: input.filled });
});

/** A person cancels a dialog. */
export const cancel = verb(z.object({ as: z.string(), view: z.string() }), async (scene, input) => {
  const user = person(scene.workspace, input.as);
  await closeDialog(scene, user, view(scene.workspace, user, input.view));
  return {};
});

/** A person writes into a channel or a thread; `/invite @Tocsin` and `/remove @Tocsin` work as in Slack. */
export const say = verb(
  z.object({ as: z.string(), channel: z.string(), text: z.string().min(1), thread: z.string().optional() }),
  (scene, input) => {
    const { workspace } = scene;
    const where = channel(workspace, input.channel);
    const what = { channel: where, text: input.text, threadTs: input.thread };
    sayIt(scene, person(workspace, input.as), what);
    return {};
  },
);
