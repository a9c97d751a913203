import type { Confirm } from "../../block-kit/schema/composition.ts";
import { element } from "../dom/element.ts";
import { textNodes } from "../text/text.ts";
import type { Surroundings } from "./control-props.ts";

/** Asks what Slack asks before a control with `confirm` acts; resolves to whether the person agreed. */
export function confirmed(confirm: Confirm | undefined, around: Surroundings): Promise<boolean> {
  if (!confirm) return Promise.resolve(true);
  return new Promise((resolve) => {
    const style = confirm.style === "danger" ? "danger" : "primary";
    const box = element(
      "dialog",
      {
        class: "modal small",
        "aria-label": confirm.title.text,
        close: () => box.remove(),
        cancel: () => resolve(false),
      },
      element("header", {}, element("h2", {}, confirm.title.text)),
      element("div", { class: "modal-body" }, ...textNodes(confirm.text, around)),
    );
    const answer = (agreed: boolean) => () => {
      resolve(agreed);
      box.close();
    };
    box.append(
      element(
        "footer",
        {},
        element("button", { class: "button", click: answer(false) }, confirm.deny.text),
        element("button", { class: `button ${style}`, click: answer(true) }, confirm.confirm.text),
      ),
    );
    document.body.append(box);
    box.showModal();
  });
}
