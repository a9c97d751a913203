import type { Confirm } from "../../block-kit/schema/composition.ts";
import { element } from "../dom/element.ts";
import { textNodes } from "../text/text.ts";
import type { WorkspaceInfo } from "./control-props.ts";

/** Shows the confirmation dialog of a control, if it has one. Resolves to whether the person agreed. */
export function askConfirm(confirm: Confirm | undefined, workspace: WorkspaceInfo): Promise<boolean> {
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
      element("div", { class: "modal-body" }, ...textNodes(confirm.text, workspace)),
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
