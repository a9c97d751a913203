import { z } from "zod";
import { openHome as open, useHomeControl } from "../client/home-tab.ts";
import { say as sayIt } from "../client/send-message.ts";
import { submitDialog } from "../client/submit-dialog.ts";
import { closeDialog, suggestInDialog, useDialogControl } from "../client/use-dialog.ts";
import { suggestInMessage, useControl } from "../client/use-message-control.ts";
import { useShortcut as takeShortcut } from "../client/use-shortcut.ts";
import type { Scene } from "../simulator.ts";
import { directMessage } from "../workspace/conversations.ts";
import type { Installation } from "../workspace/installation.ts";
import { installationsIn } from "../workspace/world.ts";
import { appIn, channel, message, NotThere, person, view } from "./find.ts";
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

const search = z.object({ blockId: z.string(), actionId: z.string(), value: z.string() });

/** A person types into a select of a message or, with `view`, of a dialog, whose options the app knows. */
export const suggest = verb(
  z.union([
    z.object({ as: z.string(), channel: z.string(), ts: z.string(), search }),
    z.object({ as: z.string(), view: z.string(), search, filled }),
  ]),
  (scene, input) => {
    const user = person(scene.workspace, input.as);
    if ("view" in input) {
      const open = view(scene.workspace, user, input.view);
      return suggestInDialog(scene, user, { view: open, search: input.search, filled: input.filled });
    }
    const where = channel(scene.workspace, input.channel);
    const on = { channel: where, message: message(where, input.ts) };
    return suggestInMessage(scene, user, { ...on, search: input.search });
  },
);

/** A person submits a dialog, with what they filled in by block_id and action_id. */
export const submit = verb(z.object({ as: z.string(), view: z.string(), filled }), (scene, input) => {
  const user = person(scene.workspace, input.as);
  const open = view(scene.workspace, user, input.view);
  return submitDialog(scene, user, { view: open, filled: input.filled });
});

/** A person cancels a dialog, or with `all` closes it by its ×, with all that lie below it. */
export const cancel = verb(
  z.object({ as: z.string(), view: z.string(), all: z.boolean().default(false) }),
  async (scene, { as, view: id, all }) => {
    const user = person(scene.workspace, as);
    await closeDialog(scene, user, { view: view(scene.workspace, user, id), all });
    return {};
  },
);

/** A person writes into a channel or a thread; slash commands, `/invite @Tocsin` and `/remove @Tocsin` work too. */
export const say = verb(
  z.object({
    as: z.string(),
    channel: z.string(),
    text: z.string().min(1),
    thread: z.string().optional(),
    /** A reply that is shown in the channel too. */
    broadcast: z.boolean().optional(),
  }),
  async (scene, input) => {
    const { workspace } = scene;
    const where = channel(workspace, input.channel);
    const what = { channel: where, text: input.text, threadTs: input.thread, broadcast: input.broadcast };
    await sayIt(scene, person(workspace, input.as), what);
    return {};
  },
);

const offering = (scene: Scene, type: "message" | "global", callbackId: string): Installation => {
  const found = installationsIn(scene.workspace).find(({ app }) =>
    app.settings.shortcuts.some((one) => one.type === type && one.callbackId === callbackId),
  );
  if (!found) throw new NotThere(`No app here has the ${type} shortcut ${callbackId}`);
  return found;
};

/** A person takes an app's entry in a message's own menu. */
export const useShortcut = verb(
  z.object({ as: z.string(), channel: z.string(), ts: z.string(), callbackId: z.string() }),
  async (scene, { as, callbackId, ...at }) => {
    const where = channel(scene.workspace, at.channel);
    const installation = offering(scene, "message", callbackId);
    const on = { channel: where, message: message(where, at.ts) };
    const user = person(scene.workspace, as);
    return { acknowledged: await takeShortcut(scene, user, { installation, callbackId, on }) };
  },
);

/** A person takes an app's shortcut that belongs to no message. */
export const useGlobalShortcut = verb(
  z.object({ as: z.string(), callbackId: z.string() }),
  async (scene, { as, callbackId }) => {
    const installation = offering(scene, "global", callbackId);
    const user = person(scene.workspace, as);
    return { acknowledged: await takeShortcut(scene, user, { installation, callbackId }) };
  },
);

/** A person looks at an app, the first one unless told: at its home tab, or at their messages with it. */
export const openHome = verb(
  z.object({ as: z.string(), app: z.string().optional(), tab: z.enum(["home", "messages"]).default("home") }),
  (scene, { as, app, tab }) => ({
    channel: open(scene, person(scene.workspace, as), { installation: appIn(scene.workspace, app), tab }),
  }),
);

/** A person uses a control of an app's home tab. */
export const useInHome = verb(
  z.object({ as: z.string(), app: z.string().optional(), use: control, filled }),
  async (scene, { as, app, use, filled: standing }) => {
    const what = { installation: appIn(scene.workspace, app), use, filled: standing };
    return { acknowledged: await useHomeControl(scene, person(scene.workspace, as), what) };
  },
);

/** A person opens their direct messages with another. */
export const openDirect = verb(z.object({ as: z.string(), with: z.string() }), (scene, given) => {
  const { workspace, changes } = scene;
  const [user, other] = [person(workspace, given.as), person(workspace, given.with)];
  const { channel: between } = directMessage(workspace, user.id, other.id);
  changes.bump();
  return { channel: between.id };
});
