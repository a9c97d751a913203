import type { MessageView } from "../../control/message-view.ts";
import { element } from "../dom/element.ts";
import { messageNode } from "../message/message.ts";
import type { Scene } from "../scene.ts";
import { dayOf } from "../text/time.ts";

const lines = new Map<string, HTMLElement>();

function line(text: string, kind: "day" | "new"): HTMLElement {
  const known = lines.get(`${kind}/${text}`);
  const made = known ?? element("div", { class: `day ${kind}` }, element("span", {}, text));
  lines.set(`${kind}/${text}`, made);
  return made;
}

const together = 300;

/** Whether a message goes without a byline, since the one above it has the same. */
const follows = (before: MessageView | undefined, message: MessageView) =>
  before !== undefined &&
  before.author.id === message.author.id &&
  Number(message.ts) - Number(before.ts) < together &&
  [before, message].every(({ subtype, visibleTo }) => !subtype && !visibleTo) &&
  before.replies === 0;

/** Messages with a line above each day's first, and one above the first that is new. */
export function messageList(scene: Scene, messages: readonly MessageView[], newSince: string): HTMLElement[] {
  let before: MessageView | undefined;
  let hasNewLine = false;
  return messages.flatMap((message) => {
    const day = dayOf(message.ts);
    const startsDay = !before || dayOf(before.ts) !== day;
    const isFirstNew =
      !hasNewLine && newSince !== "" && message.ts > newSince && message.author.id !== scene.around.me;
    hasNewLine ||= isFirstNew;
    const node = messageNode(scene, message, {
      follows: !startsDay && !isFirstNew && follows(before, message),
    });
    before = message;
    return [...(startsDay ? [line(day, "day")] : []), ...(isFirstNew ? [line("New", "new")] : []), node];
  });
}

const nearly = 80;

/** Keeps a list at its end as it grows or its room shrinks, unless somebody has scrolled up. */
export function stayAtEnd(list: HTMLElement): { drawn: (how: { fromStart: boolean }) => void } {
  let isAtEnd = true;
  const toEnd = () => {
    if (isAtEnd) list.scrollTop = list.scrollHeight;
  };
  list.addEventListener("scroll", () => {
    isAtEnd = list.scrollHeight - list.scrollTop - list.clientHeight < nearly;
  });
  new ResizeObserver(toEnd).observe(list);
  return {
    drawn({ fromStart }) {
      if (fromStart) isAtEnd = true;
      toEnd();
    },
  };
}
