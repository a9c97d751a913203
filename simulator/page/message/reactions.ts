import type { MessageView } from "../../control/message-view.ts";
import { ask } from "../ask.ts";
import { reportErrors } from "../banners.ts";
import { element } from "../dom/element.ts";
import { icon } from "../dom/icon.ts";
import { popover } from "../dom/popover.ts";
import type { Entry } from "../dom/popover-entries.ts";
import type { PageState } from "../page-state.ts";
import { withEmoji } from "../text/emoji.ts";

/** The emoji that the list offers, by their names in Slack. Any other name can be typed. */
const offered: Record<string, string> = {
  eyes: "👀",
  white_check_mark: "✅",
  "+1": "👍",
  "-1": "👎",
  x: "❌",
  question: "❓",
  warning: "⚠️",
  heart: "❤️",
  tada: "🎉",
  fire: "🔥",
  rotating_light: "🚨",
  thinking_face: "🤔",
};

/** The emoji with this name, or the name itself for those that the page doesn't know. */
const emojiText = (name: string) => offered[name] ?? `:${name}:`;

const isMine = ({ workspace }: PageState, message: MessageView, name: string) =>
  message.reactions.some((one) => one.name === name && one.users.includes(workspace.me));

function toggle(state: PageState, message: MessageView, name: string): void {
  const { channel, ts } = message;
  const on = { as: state.route.as, channel, ts, name };
  reportErrors(ask(isMine(state, message, name) ? "removeReaction" : "addReaction", on));
}

/** Opens the list of emoji at a button. A name that is not in it can be typed. */
function pickReaction(state: PageState, message: MessageView, anchor: HTMLElement): void {
  const entry = (name: string): Entry => ({
    label: emojiText(name),
    detail: name,
    isOn: isMine(state, message, name),
    choose: () => toggle(state, message, name),
  });
  const names = Object.keys(offered);
  popover(anchor, {
    label: "emoji",
    kind: "listbox",
    entries: names.map(entry),
    search: async (typed) => {
      const wanted = typed.trim().toLowerCase().replaceAll(":", "");
      const found = names.filter((name) => name.includes(wanted));
      const isName = /^[\w+'-]+$/.test(wanted) && !names.includes(wanted);
      return [...found, ...(isName ? [wanted] : [])].map(entry);
    },
  });
}

/** A button that opens the list of emoji. */
export function reactButton(state: PageState, message: MessageView, key: string): HTMLElement {
  const button: HTMLElement = element(
    "button",
    {
      class: "react",
      "data-key": `${key}/react`,
      "aria-label": "Add reaction",
      "aria-haspopup": "listbox",
      "aria-expanded": "false",
      title: "Add reaction",
      click: () => pickReaction(state, message, button),
    },
    icon("smile"),
  );
  return button;
}

/** The reactions to a message as buttons that add or remove one's own; null without any. */
export function reactionNodes(state: PageState, message: MessageView, key: string): HTMLElement | null {
  if (message.reactions.length === 0) return null;
  const isClosed = state.channel?.isArchived === true;
  const chips = message.reactions.map(({ name, users }) => {
    const who = users.map((id) => state.workspace.names(id)).join(", ");
    return element(
      "button",
      {
        class: "reaction",
        "data-key": `${key}/reaction/${name}`,
        "aria-pressed": String(isMine(state, message, name)),
        "aria-label": `${name}, ${users.length}: ${who}`,
        title: `${who} reacted with :${name}:`,
        disabled: isClosed,
        click: () => toggle(state, message, name),
      },
      ...withEmoji(emojiText(name)),
      element("span", { class: "count" }, String(users.length)),
    );
  });
  return element(
    "div",
    { class: "reactions", role: "group", "aria-label": "Reactions" },
    ...chips,
    isClosed ? null : reactButton(state, message, `${key}/more`),
  );
}
