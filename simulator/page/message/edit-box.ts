import { decodeEntities } from "../../block-kit/mrkdwn.ts";
import type { MessageView } from "../../control/message-view.ts";
import { ask } from "../ask.ts";
import { failing } from "../banners.ts";
import { element } from "../dom/element.ts";
import { focusOn } from "../dom/focus.ts";
import { redraw } from "../place.ts";
import type { Scene } from "../scene.ts";

let editing: string | undefined;

/** Whether somebody is changing this message. */
export const isEditing = ({ ts }: Pick<MessageView, "ts">): boolean => ts === editing;

/** Lets a message be changed where it stands. */
export function startEditing(ts: string): void {
  editing = ts;
  redraw();
}

/** As one would type it: names in place of mentions. */
const typed = (text: string, { around, overview }: Scene) => {
  const channels = new Set(overview.channels.map(({ id }) => id));
  return decodeEntities(
    text
      .replace(/<@(\w+)>/g, (_all, id) => `@${around.names(id)}`)
      .replace(/<#(\w+)>/g, (all, id) => (channels.has(id) ? `#${around.names(id)}` : all))
      .replace(/<!(channel|here|everyone)>/g, "@$1"),
  );
};

/** The box in which a message is changed: Enter saves, Escape leaves it as it was. */
export function editBox(scene: Scene, message: MessageView): HTMLElement {
  const { channel, ts } = message;
  const box = element("textarea", { "aria-label": "Edit message", rows: "1" });
  box.value = typed(message.text, scene);
  const stop = () => {
    editing = undefined;
    redraw();
    setTimeout(() => focusOn(`message/${ts}`));
  };
  const save = () => {
    const text = box.value.trim();
    if (text) failing(ask("editMessage", { as: scene.place.as, channel, ts, text }).finally(stop));
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
