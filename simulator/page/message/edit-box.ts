import { decodeEntities } from "../../block-kit/mrkdwn.ts";
import type { MessageView } from "../../control/message-view.ts";
import { ask } from "../ask.ts";
import { reportErrors } from "../banners.ts";
import { element } from "../dom/element.ts";
import { focusOn } from "../dom/focus.ts";
import type { PageState } from "../page-state.ts";
import { redraw } from "../route.ts";

let editing: string | undefined;

/** Whether this message is being edited. */
export const isEditing = ({ ts }: Pick<MessageView, "ts">): boolean => ts === editing;

/** Opens the edit box of a message. */
export function startEditing(ts: string): void {
  editing = ts;
  redraw();
}

/** Converts mentions back to names, as one would type them. */
const toTypedText = (text: string, { workspace, overview }: PageState) => {
  const channels = new Set(overview.channels.map(({ id }) => id));
  return decodeEntities(
    text
      .replace(/<@(\w+)>/g, (_all, id) => `@${workspace.names(id)}`)
      .replace(/<#(\w+)>/g, (all, id) => (channels.has(id) ? `#${workspace.names(id)}` : all))
      .replace(/<!(channel|here|everyone)>/g, "@$1"),
  );
};

/** The box for editing a message: Enter saves, Escape cancels. */
export function editBox(state: PageState, message: MessageView): HTMLElement {
  const { channel, ts } = message;
  const box = element("textarea", { "aria-label": "Edit message", rows: "1" });
  box.value = toTypedText(message.text, state);
  const stop = () => {
    editing = undefined;
    redraw();
    setTimeout(() => focusOn(`message/${ts}`));
  };
  const save = () => {
    const text = box.value.trim();
    if (text) reportErrors(ask("editMessage", { as: state.route.as, channel, ts, text }).finally(stop));
  };
  const onKey = (event: KeyboardEvent) => {
    if (event.key !== "Escape" && !(event.key === "Enter" && !event.shiftKey)) return;
    event.preventDefault();
    event.stopPropagation();
    if (event.key === "Escape") stop();
    else save();
  };
  box.addEventListener("keydown", onKey);
  setTimeout(() => box.focus());
  return element(
    "div",
    { class: "edit-box" },
    box,
    element(
      "div",
      { class: "edit-tools" },
      element("button", { class: "button", type: "button", click: stop }, "Cancel"),
      element("button", { class: "button primary", type: "button", click: save }, "Save"),
    ),
  );
}
