import { optionsOf } from "../block-kit/controls.ts";
import type { Option } from "../block-kit/schema/composition.ts";
import type { MessageView } from "../control/message-view.ts";
import { type Context, ControlError, expectedKey } from "./context.ts";
import { controlsOf, displayValue, findByName, isMulti, valueByName } from "./controls.ts";
import { type Dialog, type DialogOptions, dialogOf, fillComment } from "./dialog.ts";
import { eventually, type WaitOptions } from "./eventually.ts";
import { visibleText } from "./visible-text.ts";

type By = { as: string };

export type Card = {
  channel: string;
  ts: string;
  /** The current message, as `as` sees it. */
  now: (by?: By) => Promise<MessageView>;
  text: () => Promise<string>;
  /** Chooses in a select. With `comment`, waits for the app's dialog, fills it in and submits it. */
  choose: (select: string, option: string, by: By & { comment?: string }) => Promise<void>;
  /** Searches in an external select. Returns the offered options, of which `choose` may pick one. */
  search: (select: string, text: string, by: By) => Promise<string[]>;
  /** Clears a select. */
  clear: (select: string, by: By) => Promise<void>;
  press: (button: string, by: By) => Promise<void>;
  /** Chooses an entry of the overflow menu. */
  menu: (entry: string, by: By) => Promise<void>;
  /** Waits for the dialog that the app opens for a person. */
  dialog: (by: By & DialogOptions) => Promise<Dialog>;
  /** The value that this person's client shows in a select: an option's text, a short name, or null. */
  shown: (select: string, by: By) => Promise<string | null>;
  expectShown: (select: string, option: string | null, by: By & WaitOptions) => Promise<void>;
  expectText: (text: string, waitOptions?: WaitOptions) => Promise<void>;
  expectReply: (text: string, waitOptions?: WaitOptions) => Promise<void>;
  replies: () => Promise<string[]>;
};

type MessageRef = { channel: string; ts: string };

const allBlocks = ({ blocks, attachments }: MessageView) => [
  ...blocks,
  ...attachments.flatMap((attachment) => attachment.blocks),
];

/** The methods that read the current state of a card. */
function cardReader({ ask, people, name }: Context, { channel, ts }: MessageRef) {
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
      return displayValue(element, view.shown[blockId]?.[actionId], people);
    },
  };
}

type CardReader = ReturnType<typeof cardReader>;

/** The methods that act on a card as a person. */
function cardActions(context: Context, { channel, ts }: MessageRef, { now }: CardReader) {
  const { ask, people } = context;
  const searchedOptions: Option[] = [];
  const tryUse = async (control: string, option: string | null, { as }: By) => {
    const { blockId, actionId, element } = findByName(allBlocks(await now({ as })), control);
    const one = option === null ? null : valueByName(element, option, { people, found: searchedOptions });
    const picked = one !== null && isMulti(element) ? [one] : one;
    await ask("use", { as, channel, ts, use: { blockId, actionId, picked } });
  };
  /** Retries if the app updates the card meanwhile, as a person would. */
  const use = async (control: string, option: string | null, by: By) => {
    for (let tries = 1; ; tries++) {
      try {
        return await tryUse(control, option, by);
      } catch (fault) {
        if (!(fault instanceof ControlError && fault.status === 409 && tries < 5)) throw fault;
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
      const { groups, message } = await ask("suggest", { as, channel, ts, search });
      const options = groups.flatMap((group) => group.options);
      searchedOptions.push(...options);
      return message ? [message] : options.map((option) => option.text.text);
    },
    clear: (select: string, by: By) => use(select, null, by),
    press: (button: string, by: By) => use(button, null, by),
    async menu(entry: string, by: By) {
      const menus = controlsOf(allBlocks(await now(by))).filter(({ element }) => element.type === "overflow");
      const menu = menus.find(({ element }) => optionsOf(element).some(({ text }) => text.text === entry));
      if (!menu) throw new Error(`No overflow menu of the message has the entry "${entry}"`);
      await use(menu.actionId, entry, by);
    },
    dialog: ({ as, ...options }: By & DialogOptions) => dialogOf(context, as, options),
  };
}

/** The methods that wait for something in a card. */
function cardExpectations(context: Context, { text, shown, answers }: CardReader) {
  const { name, expected } = context;
  const texts = async () => (await answers()).map((reply) => visibleText(reply, name));
  return {
    async expectShown(select: string, option: string | null, { as, ...waitOptions }: By & WaitOptions) {
      const check = async () => ((await shown(select, { as })) === option ? true : undefined);
      const failure = async () =>
        `${as} sees ${await shown(select, { as })} in ${select}, expected ${option}`;
      await eventually(context, check, { ...waitOptions, failure });
    },
    async expectText(wanted: string, waitOptions?: WaitOptions) {
      const check = async () => ((await text()).includes(wanted) ? true : undefined);
      const failure = async () => `The card doesn't contain "${wanted}". Its text is:\n${await text()}`;
      await eventually(context, check, { ...waitOptions, failure });
    },
    async expectReply(wanted: string, waitOptions?: WaitOptions) {
      const check = async () => (await answers()).find((reply) => visibleText(reply, name).includes(wanted));
      const failure = async () =>
        `No reply contains "${wanted}". The replies are:\n${(await texts()).join("\n")}`;
      expected.add(expectedKey(await eventually(context, check, { ...waitOptions, failure })));
    },
    replies: texts,
  };
}

/** Creates the story's object for a message of the app. */
export function makeCard(context: Context, at: MessageRef): Card {
  const read = cardReader(context, at);
  const { now, text, shown } = read;
  return {
    channel: at.channel,
    ts: at.ts,
    now,
    text,
    shown,
    ...cardActions(context, at, read),
    ...cardExpectations(context, read),
  };
}
