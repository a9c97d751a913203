import type { MessageView } from "../control/message-view.ts";
import { type Context, expectedKey } from "./context.ts";
import { type Dialog, dialogOf, fillComment } from "./dialog.ts";
import { eventually, type Patience } from "./eventually.ts";
import { findByName, pickByName, pickedName } from "./pick.ts";
import { visibleText } from "./visible-text.ts";

type By = { as: string };

export type Card = {
  channel: string;
  ts: string;
  /** The message as it stands now, on `as`'s screen. */
  now: (by?: By) => Promise<MessageView>;
  text: () => Promise<string>;
  /** Picks in a select. With `comment`: waits for the dialog that the app opens, fills it in and submits. */
  choose: (select: string, option: string, by: By & { comment?: string }) => Promise<void>;
  /** Empties a select. */
  clear: (select: string, by: By) => Promise<void>;
  press: (button: string, by: By) => Promise<void>;
  /** Takes an entry of the overflow menu. */
  menu: (entry: string, by: By) => Promise<void>;
  /** The dialog that opens for a person after one of the above. */
  dialog: (by: By) => Promise<Dialog>;
  /** What this person's client shows in a select: an option's text, a person's short name, or nothing. */
  shown: (select: string, by: By) => Promise<string | null>;
  expectShown: (select: string, option: string | null, by: By & Patience) => Promise<void>;
  expectText: (text: string, patience?: Patience) => Promise<void>;
  expectReply: (text: string, patience?: Patience) => Promise<void>;
  replies: () => Promise<string[]>;
};

/** A message of the app, and what people do with it. */
export function makeCard(context: Context, { channel, ts }: { channel: string; ts: string }): Card {
  const { ask, people, name } = context;
  const now = async (by?: By): Promise<MessageView> => {
    const [view] = await ask("messages", { channel, thread: ts, as: by?.as });
    if (!view || view.ts !== ts) throw new Error(`The message ${ts} is gone`);
    return view;
  };
  const text = async () => visibleText(await now(), name);
  const replies = async () =>
    (await ask("messages", { channel, thread: ts })).filter((reply) => reply.ts !== ts);
  const use = async (control: string, option: string | null, { as }: By) => {
    const { blockId, actionId, element } = findByName((await now({ as })).blocks, control);
    const picked = option === null ? null : pickByName(element, option, people);
    await ask("use", { as, channel, ts, use: { blockId, actionId, picked } });
  };
  const shown: Card["shown"] = async (select, by) => {
    const view = await now(by);
    const { blockId, actionId, element } = findByName(view.blocks, select);
    return pickedName(element, view.shown[blockId]?.[actionId], people);
  };
  return {
    channel,
    ts,
    now,
    text,
    shown,
    async choose(select, option, { as, comment }) {
      const open = (await ask("dialogs", { as })).map(({ id }) => id);
      await use(select, option, { as });
      if (comment === undefined) return;
      const dialog = await dialogOf(context, as, { not: open });
      await fillComment(context, dialog, as, comment);
      await dialog.submit();
    },
    clear: (select, by) => use(select, null, by),
    press: (button, by) => use(button, null, by),
    async menu(entry, by) {
      const menus = (await now(by)).blocks
        .flatMap((block) => (block.type === "actions" ? block.elements : []))
        .filter((element) => element.type === "overflow");
      const holder = menus.find(({ options }) => options.some((option) => option.text.text === entry));
      if (!holder?.action_id) throw new Error(`No menu of the message has the entry "${entry}"`);
      await use(holder.action_id, entry, by);
    },
    dialog: ({ as }) => dialogOf(context, as),
    async expectShown(select, option, { as, ...patience }) {
      const look = async () => ((await shown(select, { as })) === option ? true : undefined);
      const complain = async () => `${as} sees ${await shown(select, { as })} in ${select}, not ${option}`;
      await eventually(ask, look, { ...patience, complain });
    },
    async expectText(wanted, patience) {
      const look = async () => ((await text()).includes(wanted) ? true : undefined);
      const complain = async () => `The card doesn't say "${wanted}" but:\n${await text()}`;
      await eventually(ask, look, { ...patience, complain });
    },
    async expectReply(wanted, patience) {
      const look = async () => (await replies()).find((reply) => visibleText(reply, name).includes(wanted));
      const complain = async () =>
        `No reply says "${wanted}". There are:\n${(await replies()).map((r) => visibleText(r, name)).join("\n")}`;
      context.expected.add(expectedKey(await eventually(ask, look, { ...patience, complain })));
    },
    replies: async () => (await replies()).map((reply) => visibleText(reply, name)),
  };
}
