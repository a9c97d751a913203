import type { ControlValue } from "../block-kit/controls.ts";
import type { Option } from "../block-kit/schema/composition.ts";
import type { OutputOf } from "../control/serve.ts";
import { type Context, privateTexts } from "./context.ts";
import { findByName, isMulti, valueByName } from "./controls.ts";
import { eventually, type WaitOptions } from "./eventually.ts";
import { visibleText } from "./visible-text.ts";

type OpenDialog = OutputOf<"dialogs">[number];

export type Dialog = {
  id: string;
  title: string;
  /** All text that is currently visible in the dialog. */
  text: () => Promise<string>;
  /** The error messages under its inputs, by label. */
  errors: () => Promise<Record<string, string>>;
  fill: (label: string, value: string | string[]) => Promise<void>;
  /** Searches in an external select. Returns the offered options, of which `fill` and `choose` may pick. */
  search: (select: string, text: string) => Promise<string[]>;
  press: (button: string) => Promise<void>;
  /** Chooses in a select that sends `block_actions`. */
  choose: (select: string, option: string) => Promise<void>;
  submit: () => Promise<"closed" | "errors" | "updated" | "pushed">;
  cancel: () => Promise<void>;
  /** Closes the dialog with ×, together with those below it. */
  close: () => Promise<void>;
};

export type DialogOptions = WaitOptions & {
  /** IDs of other dialogs. */
  not?: readonly string[];
  titled?: string;
  /** Takes the dialog as it opens: an app that is slow opens one that says so, and changes it when its work is done. */
  early?: boolean;
};

/** Waits for a person's top dialog, and until the app has settled. */
export async function dialogOf(
  context: Context,
  as: string,
  { not = [], titled, early = false, ...waitOptions }: DialogOptions = {},
): Promise<Dialog> {
  const open = () => context.ask("dialogs", { as });
  const opened = await eventually(
    early ? { ask: context.ask } : context,
    async () => {
      const found = (await open()).at(-1);
      const matches = !titled || found?.modal.title.text.includes(titled);
      return found && matches && !not.includes(found.id) ? found : undefined;
    },
    {
      ...waitOptions,
      failure: async () => {
        const titles = (await open()).map(({ modal }) => modal.title.text);
        const wanted = titled ? ` with the title "${titled}"` : "";
        return `No dialog opened for ${as}${wanted}. Open: ${titles.join(", ") || "none"}. Said to ${as} alone: ${await privateTexts(context, as)}`;
      },
    },
  );
  return makeDialog(context, as, (await open()).find(({ id }) => id === opened.id) ?? opened);
}

function makeDialog({ ask, people, name }: Context, as: string, opened: OpenDialog): Dialog {
  const filled: Record<string, Record<string, ControlValue>> = {};
  const view = opened.id;
  const found: Option[] = [];
  const now = async () => {
    const found = (await ask("dialogs", { as })).find(({ id }) => id === view);
    if (!found) throw new Error(`The dialog "${opened.modal.title.text}" is closed`);
    return found;
  };
  return {
    id: view,
    title: opened.modal.title.text,
    text: async () => visibleText({ text: "", blocks: (await now()).modal.blocks }, name),
    async errors() {
      const { modal, errors } = await now();
      const label = (id: string) => {
        const block = modal.blocks.find((b) => b.block_id === id);
        return block?.type === "input" ? block.label.text : id;
      };
      return Object.fromEntries(Object.entries(errors).map(([id, message]) => [label(id), message]));
    },
    async fill(wanted, value) {
      const { blockId, actionId, element } = findByName((await now()).modal.blocks, wanted);
      const pick = (one: string) => valueByName(element, one, { people, found });
      const all = typeof value === "string" && isMulti(element) ? [value] : value;
      const picked = typeof all === "string" ? pick(all) : all.map(pick);
      filled[blockId] = { ...filled[blockId], [actionId]: picked };
    },
    async search(select, text) {
      const { blockId, actionId } = findByName((await now()).modal.blocks, select);
      const search = { blockId, actionId, value: text };
      const { groups, message } = await ask("suggest", { as, view, search, filled });
      const options = groups.flatMap((group) => group.options);
      found.push(...options);
      return message ? [message] : options.map((option) => option.text.text);
    },
    async press(button) {
      const { blockId, actionId } = findByName((await now()).modal.blocks, button);
      await ask("useInDialog", { as, view, use: { blockId, actionId, picked: null }, filled });
    },
    async choose(select, option) {
      const { blockId, actionId, element } = findByName((await now()).modal.blocks, select);
      const picked = valueByName(element, option, { people, found });
      await ask("useInDialog", { as, view, use: { blockId, actionId, picked }, filled });
    },
    async submit() {
      const { result, reason } = await ask("submit", { as, view, filled });
      if (result === "failed") throw new Error(`Submitting the dialog failed: ${reason}`);
      return result;
    },
    cancel: async () => void (await ask("cancel", { as, view })),
    close: async () => void (await ask("cancel", { as, view, all: true })),
  };
}

/** Fills in a comment: into the only text input of the dialog, or the one named "comment". */
export async function fillComment(
  { ask }: Context,
  dialog: Dialog,
  { as, comment }: { as: string; comment: string },
): Promise<void> {
  const opened = (await ask("dialogs", { as })).find(({ id }) => id === dialog.id);
  const inputs = (opened?.modal.blocks ?? []).flatMap((block) =>
    block.type === "input" && block.element.type === "plain_text_input" ? [block.label.text] : [],
  );
  const [only] = inputs;
  await dialog.fill(inputs.length === 1 && only ? only : "comment", comment);
}
