import { z } from "zod";
import { openHome as open, useHomeControl } from "../client/home-tab.ts";
import { sendMessage } from "../client/send-message.ts";
import { submitDialog } from "../client/submit-dialog.ts";
import { closeDialog, suggestInDialog, useDialogControl } from "../client/use-dialog.ts";
import { suggestInMessage, useControl } from "../client/use-message-control.ts";
import { useShortcut as runShortcut } from "../client/use-shortcut.ts";
import type { WorkspaceContext } from "../simulator.ts";
import { directMessage } from "../workspace/conversations.ts";
import type { Installation } from "../workspace/installation.ts";
import { installationsIn } from "../workspace/world.ts";
import { findChannel, findDialog, findInstallation, findMessage, findPerson, NotFound } from "./find.ts";
import { verb } from "./verb.ts";

const picked = z.union([z.string(), z.array(z.string()).readonly(), z.null()]);
const filled = z.record(z.string(), z.record(z.string(), picked)).default({});
const control = z.object({ blockId: z.string(), actionId: z.string(), picked });

/** Uses a control of a message: presses it, picks a value, or clears it with `null`. */
export const use = verb(
  z.object({ as: z.string(), channel: z.string(), ts: z.string(), use: control }),
  async (context, input) => {
    const { workspace } = context;
    const channel = findChannel(workspace, input.channel);
    const params = { channel, message: findMessage(channel, input.ts), use: input.use };
    return { acknowledged: await useControl(context, findPerson(workspace, input.as), params) };
  },
);

/** Uses a control of a dialog that sends `block_actions`. */
export const useInDialog = verb(
  z.object({ as: z.string(), view: z.string(), use: control, filled }),
  async (context, input) => {
    const user = findPerson(context.workspace, input.as);
    const open = findDialog(context.workspace, user, input.view);
    const params = { view: open, use: input.use, filled: input.filled };
    return { acknowledged: await useDialogControl(context, user, params) };
  },
);

const search = z.object({ blockId: z.string(), actionId: z.string(), value: z.string() });

/** Searches in an external select of a message or, with `view`, of a dialog. */
export const suggest = verb(
  z.union([
    z.object({ as: z.string(), channel: z.string(), ts: z.string(), search }),
    z.object({ as: z.string(), view: z.string(), search, filled }),
  ]),
  (context, input) => {
    const user = findPerson(context.workspace, input.as);
    if ("view" in input) {
      const open = findDialog(context.workspace, user, input.view);
      return suggestInDialog(context, user, { view: open, search: input.search, filled: input.filled });
    }
    const channel = findChannel(context.workspace, input.channel);
    const on = { channel, message: findMessage(channel, input.ts) };
    return suggestInMessage(context, user, { ...on, search: input.search });
  },
);

/** Submits a dialog with the filled in values, by `block_id` and `action_id`. */
export const submit = verb(z.object({ as: z.string(), view: z.string(), filled }), (context, input) => {
  const user = findPerson(context.workspace, input.as);
  const open = findDialog(context.workspace, user, input.view);
  return submitDialog(context, user, { view: open, filled: input.filled });
});

/** Cancels a dialog; `all` closes it with × together with those below it. */
export const cancel = verb(
  z.object({ as: z.string(), view: z.string(), all: z.boolean().default(false) }),
  async (context, { as, view: id, all }) => {
    const user = findPerson(context.workspace, as);
    await closeDialog(context, user, { view: findDialog(context.workspace, user, id), all });
    return {};
  },
);

/** Posts in a channel or a thread. Slash commands, `/invite @Tocsin` and `/remove @Tocsin` work too. */
export const say = verb(
  z.object({
    as: z.string(),
    channel: z.string(),
    text: z.string().min(1),
    thread: z.string().optional(),
    /** Also sends the reply to the channel. */
    broadcast: z.boolean().optional(),
  }),
  async (context, input) => {
    const { workspace } = context;
    const channel = findChannel(workspace, input.channel);
    const params = { channel, text: input.text, threadTs: input.thread, broadcast: input.broadcast };
    await sendMessage(context, findPerson(workspace, input.as), params);
    return {};
  },
);

const findByShortcut = (
  context: WorkspaceContext,
  type: "message" | "global",
  callbackId: string,
): Installation => {
  const found = installationsIn(context.workspace).find(({ app }) =>
    app.settings.shortcuts.some((one) => one.type === type && one.callbackId === callbackId),
  );
  if (!found) throw new NotFound(`No app here has the ${type} shortcut ${callbackId}`);
  return found;
};

/** Uses an app's message shortcut. */
export const useShortcut = verb(
  z.object({ as: z.string(), channel: z.string(), ts: z.string(), callbackId: z.string() }),
  async (context, { as, callbackId, ...at }) => {
    const channel = findChannel(context.workspace, at.channel);
    const installation = findByShortcut(context, "message", callbackId);
    const on = { channel, message: findMessage(channel, at.ts) };
    const user = findPerson(context.workspace, as);
    return { acknowledged: await runShortcut(context, user, { installation, callbackId, on }) };
  },
);

/** Uses an app's global shortcut. */
export const useGlobalShortcut = verb(
  z.object({ as: z.string(), callbackId: z.string() }),
  async (context, { as, callbackId }) => {
    const installation = findByShortcut(context, "global", callbackId);
    const user = findPerson(context.workspace, as);
    return { acknowledged: await runShortcut(context, user, { installation, callbackId }) };
  },
);

/** Opens an app's home tab or messages tab, by default of the first app. */
export const openHome = verb(
  z.object({ as: z.string(), app: z.string().optional(), tab: z.enum(["home", "messages"]).default("home") }),
  (context, { as, app, tab }) => ({
    channel: open(context, findPerson(context.workspace, as), {
      installation: findInstallation(context.workspace, app),
      tab,
    }),
  }),
);

/** Uses a control of an app's home tab. */
export const useInHome = verb(
  z.object({ as: z.string(), app: z.string().optional(), use: control, filled }),
  async (context, { as, app, use, filled: values }) => {
    const params = { installation: findInstallation(context.workspace, app), use, filled: values };
    return { acknowledged: await useHomeControl(context, findPerson(context.workspace, as), params) };
  },
);

/** Opens the direct message with another person. */
export const openDirect = verb(z.object({ as: z.string(), with: z.string() }), (context, given) => {
  const { workspace, changeFeed } = context;
  const [user, other] = [findPerson(workspace, given.as), findPerson(workspace, given.with)];
  const { channel: between } = directMessage(workspace, user.id, other.id);
  changeFeed.bump();
  return { channel: between.id };
});
