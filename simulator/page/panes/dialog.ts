import { initialPick, type Picked } from "../../block-kit/picked.ts";
import { ask } from "../basics/ask.ts";
import { element } from "../basics/element.ts";
import type { Scene } from "../basics/scene.ts";
import { blockNodes, type Surface } from "../blocks/blocks.ts";
import { withEmoji } from "../text/emoji.ts";
import { failing } from "./banners.ts";

type Opened = Scene["dialogs"][number];
type Filled = Record<string, Record<string, Picked>>;

// What stands in the inputs outlives an update of the dialog as long as block_id and action_id stay.
const filledIn = new Map<string, Filled>();
let shown: { id: string; of: string; node: HTMLDialogElement } | undefined;

function surface(scene: Scene, opened: Opened, redraw: () => void): Surface {
  const { as } = scene.place;
  const filled = filledIn.get(opened.id) ?? {};
  filledIn.set(opened.id, filled);
  const isInput = (blockId: string) =>
    opened.modal.blocks.some((block) => block.block_id === blockId && block.type === "input");
  return {
    around: scene.around,
    errors: opened.errors,
    held: ({ blockId, actionId }, control) => filled[blockId]?.[actionId] ?? initialPick(control),
    act({ blockId, actionId }, picked) {
      filled[blockId] = { ...filled[blockId], [actionId]: picked };
      const focused = document.activeElement;
      const isTyping = focused instanceof HTMLTextAreaElement || focused instanceof HTMLInputElement;
      if (!isTyping) redraw();
      if (isInput(blockId)) return;
      failing(ask("useInDialog", { as, view: opened.id, use: { blockId, actionId, picked }, filled }));
    },
  };
}

function submit(scene: Scene, opened: Opened): void {
  const filled = filledIn.get(opened.id) ?? {};
  const sent = ask("submit", { as: scene.place.as, view: opened.id, filled });
  failing(
    sent.then(({ result, says, why }) => {
      // The first is what people read in Slack, the second what the app's maker wants to know.
      if (result === "failed") throw new Error(`${says} (${why})`);
    }),
  );
}

function parts(scene: Scene, opened: Opened, body: HTMLElement): HTMLElement[] {
  const { modal, id } = opened;
  const cancel = () => failing(ask("cancel", { as: scene.place.as, view: id }));
  const close = () => failing(ask("cancel", { as: scene.place.as, view: id, all: true }));
  const send = () => submit(scene, opened);
  return [
    element(
      "header",
      {},
      element("h2", {}, modal.title.text),
      element("button", { class: "close", "aria-label": "Close", click: close }, "×"),
    ),
    body,
    element(
      "footer",
      {},
      element("button", { class: "button", click: cancel }, modal.close?.text ?? "Cancel"),
      modal.submit
        ? element("button", { class: "button primary", click: send }, ...withEmoji(modal.submit.text))
        : null,
    ),
  ];
}

function build(scene: Scene, opened: Opened): HTMLDialogElement {
  const body = element("div", { class: "modal-body" });
  const draw = () => body.replaceChildren(...blockNodes(opened.modal.blocks, surface(scene, opened, draw)));
  draw();
  const node = element(
    "dialog",
    { class: "modal", "aria-label": opened.modal.title.text },
    ...parts(scene, opened, body),
  );
  node.addEventListener("cancel", (event) => {
    event.preventDefault();
    failing(ask("cancel", { as: scene.place.as, view: opened.id }));
  });
  return node;
}

/** The dialog that this person has open, if any. */
export function drawDialog(scene: Scene): void {
  const opened = scene.dialogs.at(-1);
  const of = JSON.stringify([scene.place.as, opened]);
  if (shown?.of === of) return;
  shown?.node.remove();
  shown = undefined;
  if (!opened) return;
  const node = build(scene, opened);
  shown = { id: opened.id, of, node };
  document.body.append(node);
  node.showModal();
  const first = node.querySelector<HTMLElement>(
    "[aria-invalid], [autofocus], .modal-body input, .modal-body textarea",
  );
  first?.focus();
}
