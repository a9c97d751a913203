import type { Picked } from "../block-kit/controls.ts";
import type { Option } from "../block-kit/schema/composition.ts";
import type { OutputOf } from "../control/serve.ts";
import type { Context } from "./context.ts";
import { findByName, pickByName, takesSeveral } from "./controls.ts";
import { eventually, type Patience } from "./eventually.ts";
import { visibleText } from "./visible-text.ts";

type Opened = OutputOf<"dialogs">[number];

export type Dialog = {
  id: string;
  title: string;
  /** Everything that can be read in it now. */
  text: () => Promise<string>;
  /** What stands under its inputs in red, by the label of each. */
  errors: () => Promise<Record<string, string>>;
  fill: (label: string, value: string | string[]) => Promise<void>;
  /** Types into a select whose options the app knows, and gives what it offers; `fill` and `choose` may pick from it. */
  search: (select: string, text: string) => Promise<string[]>;
  press: (button: string) => Promise<void>;
  /** Picks in a select that the app hears of at once. */
  choose: (select: string, option: string) => Promise<void>;
  submit: () => Promise<"closed" | "errors" | "updated" | "pushed">;
  cancel: () => Promise<void>;
  /** Closes it by its ×, with all that lie below it. */
  close: () => Promise<void>;
};

/** The dialog that a person sees, on top of others; waits for it, with `not` for another than that. */
export async function dialogOf(
  context: Context,
  as: string,
  { not = [], titled, ...patience }: Patience & { not?: readonly string[]; titled?: string } = {},
): Promise<Dialog> {
  // An app may open a dialog in the middle of its work, and change it when that is done.
  const top = await eventually(
    { ask: context.ask },
    async () => {
      const found = (await context.ask("dialogs", { as })).at(-1);
      const fits = !titled || found?.modal.title.text.includes(titled);
      return found && fits && !not.includes(found.id) ? found : undefined;
    },
    {
      ...patience,
      complain: () => `No dialog opened for ${as}${titled ? ` with the title "${titled}"` : ""}`,
    },
  );
  return makeDialog(context, as, top);
}

function makeDialog({ ask, people, name }: Context, as: string, opened: Opened): Dialog {
  const filled: Record<string, Record<string, Picked>> = {};
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
      return Object.fromEntries(Object.entries(errors).map(([id, says]) => [label(id), says]));
    },
    async fill(wanted, value) {
      const { blockId, actionId, element } = findByName((await now()).modal.blocks, wanted);
      const pick = (one: string) => pickByName(element, one, { people, found });
      const all = typeof value === "string" && takesSeveral(element) ? [value] : value;
      const picked = typeof all === "string" ? pick(all) : all.map(pick);
      filled[blockId] = { ...filled[blockId], [actionId]: picked };
    },
    async search(select, text) {
      const { blockId, actionId } = findByName((await now()).modal.blocks, select);
      const search = { blockId, actionId, value: text };
      const { groups, says } = await ask("suggest", { as, view, search, filled });
      const options = groups.flatMap((group) => group.options);
      found.push(...options);
      return says ? [says] : options.map((option) => option.text.text);
    },
    async press(button) {
      const { blockId, actionId } = findByName((await now()).modal.blocks, button);
      await ask("useInDialog", { as, view, use: { blockId, actionId, picked: null }, filled });
    },
    async choose(select, option) {
      const { blockId, actionId, element } = findByName((await now()).modal.blocks, select);
      const picked = pickByName(element, option, { people, found });
      await ask("useInDialog", { as, view, use: { blockId, actionId, picked }, filled });
    },
    async submit() {
      const { result, why } = await ask("submit", { as, view, filled });
      if (result === "failed") throw new Error(`The dialog was not taken: ${why}`);
      return result;
    },
    cancel: async () => void (await ask("cancel", { as, view })),
    close: async () => void (await ask("cancel", { as, view, all: true })),
  };
}

/** Fills the input that a comment goes into: the only one of the dialog, or the one called so. */
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
