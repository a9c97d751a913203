import { ask } from "../ask.ts";
import { failing } from "../banners.ts";
import { blockNodes } from "../blocks/blocks.ts";
import { element } from "../dom/element.ts";
import { keepFocus } from "../dom/focus.ts";
import { icon } from "../dom/icon.ts";
import type { Scene } from "../scene.ts";
import { withEmoji } from "../text/emoji.ts";
import { dialogSurface, filledOf, type Opened } from "./dialog-surface.ts";

let shown: { id: string; of: string; node: HTMLDialogElement } | undefined;

/** Closes a dialog and shows the one below, or with the cross all of them. */
async function close({ place }: Scene, opened: Opened, all: boolean): Promise<void> {
  await ask("cancel", { as: place.as, view: opened.id, all });
}

/** Sends what was filled in. While the app is waited for nothing can be pressed; what went wrong stands in the dialog. */
function submit(scene: Scene, opened: Opened, node: HTMLDialogElement): void {
  const fault = node.querySelector<HTMLElement>(".dialog-fault");
  const buttons = [...node.querySelectorAll<HTMLButtonElement>("footer button")];
  for (const button of buttons) button.disabled = true;
  node.classList.add("waiting");
  const sent = ask("submit", { as: scene.place.as, view: opened.id, filled: filledOf(opened) });
  const told = sent.then(({ result, says, why }) => {
    // The first is what people read in Slack, the second what the app's maker wants to know.
    if (fault) fault.textContent = result === "failed" ? `${says} (${why})` : "";
  });
  const again = () => {
    for (const button of buttons) button.disabled = false;
    node.classList.remove("waiting");
  };
  failing(told.finally(again));
}

function head(scene: Scene, opened: Opened): HTMLElement {
  const back = scene.dialogs.length > 1;
  return element(
    "header",
    {},
    back
      ? element(
          "button",
          { class: "back", "aria-label": "Back", click: () => failing(close(scene, opened, false)) },
          icon("back"),
        )
      : null,
    element("h2", {}, ...withEmoji(opened.modal.title.text)),
    element(
      "button",
      { class: "close", "aria-label": "Close", click: () => failing(close(scene, opened, true)) },
      "×",
    ),
  );
}

function foot(scene: Scene, opened: Opened, send: () => void): HTMLElement {
  const { modal } = opened;
  return element(
    "footer",
    {},
    element("p", { class: "dialog-fault", role: "alert" }),
    element(
      "button",
      {
        class: "button",
        "data-key": `${opened.id}/cancel`,
        click: () => failing(close(scene, opened, false)),
      },
      ...withEmoji(modal.close?.text ?? (modal.submit ? "Cancel" : "Close")),
    ),
    modal.submit
      ? element(
          "button",
          { class: "button primary", "data-key": `${opened.id}/submit`, click: send },
          ...withEmoji(modal.submit.text),
        )
      : null,
  );
}

function build(scene: Scene, opened: Opened): HTMLDialogElement {
  const body = element("div", {
    class: "modal-body",
    tabindex: "0",
    role: "region",
    "aria-label": "Content",
  });
  const node = element("dialog", { class: "modal", "aria-label": opened.modal.title.text });
  const send = () => submit(scene, opened, node);
  const draw = () =>
    keepFocus(() =>
      body.replaceChildren(...blockNodes(opened.modal.blocks, dialogSurface(scene, opened, draw))),
    );
  draw();
  node.append(head(scene, opened), body, foot(scene, opened, send));
  node.addEventListener("cancel", (event) => {
    event.preventDefault();
    failing(close(scene, opened, false));
  });
  // Enter submits from a line of text, Ctrl+Enter from anywhere, as in Slack.
  node.addEventListener("keydown", (event) => {
    const isLine = event.target instanceof HTMLInputElement && event.target.classList.contains("input");
    const isSending = event.key === "Enter" && (isLine || event.ctrlKey || event.metaKey);
    if (!isSending || event.defaultPrevented || !opened.modal.submit) return;
    event.preventDefault();
    send();
  });
  return node;
}

/** The dialog that this person has open, if any. */
export function drawDialog(scene: Scene): void {
  const opened = scene.dialogs.at(-1);
  const of = JSON.stringify([scene.place.as, scene.dialogs.length, opened]);
  if (shown?.of === of) return;
  const isSame = shown?.id === opened?.id;
  const scroll = isSame ? shown?.node.querySelector(".modal-body")?.scrollTop : 0;
  const focused =
    document.activeElement instanceof HTMLElement ? document.activeElement.dataset.key : undefined;
  shown?.node.remove();
  shown = undefined;
  if (!opened) return;
  const node = build(scene, opened);
  shown = { id: opened.id, of, node };
  document.body.append(node);
  node.showModal();
  if (scroll) node.querySelector(".modal-body")?.scrollTo(0, scroll);
  const wanted = [
    "[aria-invalid]",
    isSame && focused ? `[data-key="${CSS.escape(focused)}"]` : "[autofocus]",
  ];
  const usual = ".modal-body input, .modal-body textarea, .modal-body button, footer button";
  const first = [...wanted, usual].map((one) => node.querySelector<HTMLElement>(one)).find(Boolean);
  first?.focus();
}
