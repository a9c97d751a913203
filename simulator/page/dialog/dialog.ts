import { ask } from "../ask.ts";
import { reportErrors } from "../banners.ts";
import { blockNodes } from "../blocks/blocks.ts";
import { element } from "../dom/element.ts";
import { keepFocus } from "../dom/focus.ts";
import { icon } from "../dom/icon.ts";
import type { PageState } from "../page-state.ts";
import { withEmoji } from "../text/emoji.ts";
import { dialogSurface, filledOf, type OpenDialog } from "./dialog-surface.ts";

let shown: { id: string; fingerprint: string; node: HTMLDialogElement } | undefined;

/** Closes a dialog and shows the one below; `all` closes the whole stack. */
async function close({ route }: PageState, opened: OpenDialog, all: boolean): Promise<void> {
  await ask("cancel", { as: route.as, view: opened.id, all });
}

/** Submits a dialog. Its buttons are disabled until the app answers; a failure is shown in the dialog. */
function submit(state: PageState, opened: OpenDialog, node: HTMLDialogElement): void {
  const fault = node.querySelector<HTMLElement>(".dialog-fault");
  const buttons = [...node.querySelectorAll<HTMLButtonElement>("footer button")];
  for (const button of buttons) button.disabled = true;
  node.classList.add("waiting");
  const sent = ask("submit", { as: state.route.as, view: opened.id, filled: filledOf(opened) });
  const shownResult = sent.then(({ result, message, reason }) => {
    // `message` is Slack's own text; `reason` helps the app's developer.
    if (fault) fault.textContent = result === "failed" ? `${message} (${reason})` : "";
  });
  const enable = () => {
    for (const button of buttons) button.disabled = false;
    node.classList.remove("waiting");
  };
  reportErrors(shownResult.finally(enable));
}

function head(state: PageState, opened: OpenDialog): HTMLElement {
  const back = state.dialogs.length > 1;
  return element(
    "header",
    {},
    back
      ? element(
          "button",
          { class: "back", "aria-label": "Back", click: () => reportErrors(close(state, opened, false)) },
          icon("back"),
        )
      : null,
    element("h2", {}, ...withEmoji(opened.modal.title.text)),
    element(
      "button",
      { class: "close", "aria-label": "Close", click: () => reportErrors(close(state, opened, true)) },
      "×",
    ),
  );
}

function foot(state: PageState, opened: OpenDialog, send: () => void): HTMLElement {
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
        click: () => reportErrors(close(state, opened, false)),
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

function build(state: PageState, opened: OpenDialog): HTMLDialogElement {
  const body = element("div", {
    class: "modal-body",
    tabindex: "0",
    role: "region",
    "aria-label": "Content",
  });
  const node = element("dialog", { class: "modal", "aria-label": opened.modal.title.text });
  const send = () => submit(state, opened, node);
  const draw = () =>
    keepFocus(() =>
      body.replaceChildren(...blockNodes(opened.modal.blocks, dialogSurface(state, opened, draw))),
    );
  draw();
  node.append(head(state, opened), body, foot(state, opened, send));
  node.addEventListener("cancel", (event) => {
    event.preventDefault();
    reportErrors(close(state, opened, false));
  });
  // As in Slack, Enter submits from a one-line input and Ctrl+Enter from anywhere.
  node.addEventListener("keydown", (event) => {
    const isLine = event.target instanceof HTMLInputElement && event.target.classList.contains("input");
    const isSending = event.key === "Enter" && (isLine || event.ctrlKey || event.metaKey);
    if (!isSending || event.defaultPrevented || !opened.modal.submit) return;
    event.preventDefault();
    send();
  });
  return node;
}

/** Draws the person's open dialog, if any. */
export function drawDialog(state: PageState): void {
  const opened = state.dialogs.at(-1);
  const fingerprint = JSON.stringify([state.route.as, state.dialogs.length, opened]);
  if (shown?.fingerprint === fingerprint) return;
  const isSame = shown?.id === opened?.id;
  const scroll = isSame ? shown?.node.querySelector(".modal-body")?.scrollTop : 0;
  const focused =
    document.activeElement instanceof HTMLElement ? document.activeElement.dataset.key : undefined;
  shown?.node.remove();
  shown = undefined;
  if (!opened) return;
  const node = build(state, opened);
  shown = { id: opened.id, fingerprint, node };
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
