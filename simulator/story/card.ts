import { optionsOf } from "../block-kit/controls.ts";
import type { Option } from "../block-kit/schema/composition.ts";
import type { MessageView } from "../control/message-view.ts";
import { type Context, expectedKey, Refused } from "./context.ts";
import { controlsOf, findByName, pickByName, pickedName, takesSeveral } from "./controls.ts";
import { type Dialog, dialogOf, fillComment } from "./dialog.ts";
import { eventually, type Patience } from "./eventually.ts";
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
  /** Types into a select whose options the app knows, and gives what it offers; `choose` may pick one of them. */
  search: (select: string, text: string, by: By) => Promise<string[]>;
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

type At = { channel: string; ts: string };

const allBlocks = ({ blocks, attachments }: MessageView) => [
  ...blocks,
  ...attachments.flatMap((attached) => attached.blocks),
];

/** What can be read of a card at any moment. */
function reading({ ask, people, name }: Context, { channel, ts }: At) {
  const now = async (by?: By): Promise<MessageView> => {
    const [view] = await ask("messages", { channel, thread: ts, as: by?.as });
    if (view?.ts !== ts) throw new Error(`The message ${ts} is gone`);
    return view;
  };
  return {
    now,
    text: async () => visibleText(await now(), name),
    answers: async () => (await ask("messages", { channel, thread: ts })).filter((reply) => reply.ts !== ts),
    async shown(select: string, by: By) {
      const view = await now(by);
      const { blockId, actionId, element } = findByName(allBlocks(view), select);
      return pickedName(element, view.shown[blockId]?.[actionId], people);
    },
  };
}

type Reading = ReturnType<typeof reading>;

/** What people do with a card. */
function acts(context: Context, { channel, ts }: At, { now }: Reading) {
  const { ask, people } = context;
  const found: Option[] = [];
  const reach = async (control: string, option: string | null, { as }: By) => {
    const { blockId, actionId, element } = findByName(allBlocks(await now({ as })), control);
    const one = option === null ? null : pickByName(element, option, { people, found });
    const picked = one !== null && takesSeveral(element) ? [one] : one;
    await ask("use", { as, channel, ts, use: { blockId, actionId, picked } });
  };
  /** As a person does: when the card is drawn anew under their hand, they look again. */
  const use = async (control: string, option: string | null, by: By) => {
    for (let looks = 1; ; looks++) {
      try {
        return await reach(control, option, by);
      } catch (fault) {
        if (!(fault instanceof Refused && fault.status === 409 && looks < 5)) throw fault;
      }
    }
  };
  return {
    async choose(select: string, option: string, { as, comment }: By & { comment?: string }) {
      const open = (await ask("dialogs", { as })).map(({ id }) => id);
      await use(select, option, { as });
      if (comment === undefined) return;
      const dialog = await dialogOf(context, as, { not: open });
      await fillComment(context, dialog, { as, comment });
      await dialog.submit();
    },
    async search(select: string, text: string, { as }: By) {
      const { blockId, actionId } = findByName(allBlocks(await now({ as })), select);
      const search = { blockId, actionId, value: text };
      const { groups, says } = await ask("suggest", { as, channel, ts, search });
      const options = groups.flatMap((group) => group.options);
      found.push(...options);
      return says ? [says] : options.map((option) => option.text.text);
    },
    clear: (select: string, by: By) => use(select, null, by),
    press: (button: string, by: By) => use(button, null, by),
    async menu(entry: string, by: By) {
      const menus = controlsOf(allBlocks(await now(by))).filter(({ element }) => element.type === "overflow");
      const holder = menus.find(({ element }) => optionsOf(element).some(({ text }) => text.text === entry));
      if (!holder) throw new Error(`No menu of the message has the entry "${entry}"`);
      await use(holder.actionId, entry, by);
    },
    dialog: ({ as }: By) => dialogOf(context, as),
  };
}

/** What a story waits for in a card. */
function expectations(context: Context, { text, shown, answers }: Reading) {
  const { name, expected } = context;
  const texts = async () => (await answers()).map((reply) => visibleText(reply, name));
  return {
    async expectShown(select: string, option: string | null, { as, ...patience }: By & Patience) {
      const look = async () => ((await shown(select, { as })) === option ? true : undefined);
      const complain = async () => `${as} sees ${await shown(select, { as })} in ${select}, not ${option}`;
      await eventually(context, look, { ...patience, complain });
    },
    async expectText(wanted: string, patience?: Patience) {
      const look = async () => ((await text()).includes(wanted) ? true : undefined);
      const complain = async () => `The card doesn't say "${wanted}" but:\n${await text()}`;
      await eventually(context, look, { ...patience, complain });
    },
    async expectReply(wanted: string, patience?: Patience) {
      const look = async () => (await answers()).find((reply) => visibleText(reply, name).includes(wanted));
      const complain = async () => `No reply says "${wanted}". There are:\n${(await texts()).join("\n")}`;
      expected.add(expectedKey(await eventually(context, look, { ...patience, complain })));
    },
    replies: texts,
  };
}

/** A message of the app, and what people do with it. */
export function makeCard(context: Context, at: At): Card {
  const read = reading(context, at);
  const { now, text, shown } = read;
  return {
    channel: at.channel,
    ts: at.ts,
    now,
    text,
    shown,
    ...acts(context, at, read),
    ...expectations(context, read),
  };
}
