import type { MessageView } from "../../control/message-view.ts";
import { element } from "../dom/element.ts";
import { messageNode } from "../message/message.ts";
import type { PageState } from "../page-state.ts";
import { dayOf } from "../text/time.ts";

const separators = new Map<string, HTMLElement>();

function separator(text: string, kind: "day" | "new"): HTMLElement {
  const known = separators.get(`${kind}/${text}`);
  const node = known ?? element("div", { class: `day ${kind}` }, element("span", {}, text));
  separators.set(`${kind}/${text}`, node);
  return node;
}

const maxGapSeconds = 300;

/** Whether a message follows one by the same author so closely that it needs no byline. */
const follows = (before: MessageView | undefined, message: MessageView) =>
  before !== undefined &&
  before.author.id === message.author.id &&
  Number(message.ts) - Number(before.ts) < maxGapSeconds &&
  [before, message].every(({ subtype, visibleTo }) => !subtype && !visibleTo) &&
  before.replies === 0;

/** The messages with separators above the first of each day and above the first unread one. */
export function messageList(
  state: PageState,
  messages: readonly MessageView[],
  newSince: string,
): HTMLElement[] {
  let before: MessageView | undefined;
  let hasNewLine = false;
  return messages.flatMap((message) => {
    const day = dayOf(message.ts);
    const startsDay = !before || dayOf(before.ts) !== day;
    const isFirstNew =
      !hasNewLine && newSince !== "" && message.ts > newSince && message.author.id !== state.workspace.me;
    hasNewLine ||= isFirstNew;
    const node = messageNode(state, message, {
      follows: !startsDay && !isFirstNew && follows(before, message),
    });
    before = message;
    return [
      ...(startsDay ? [separator(day, "day")] : []),
      ...(isFirstNew ? [separator("New", "new")] : []),
      node,
    ];
  });
}

const endTolerancePx = 80;

/** Keeps a list scrolled to its end as its content or size changes, unless someone scrolled up. */
export function stayAtEnd(list: HTMLElement): { drawn: (how: { fromStart: boolean }) => void } {
  let isAtEnd = true;
  const scrollToEnd = () => {
    if (isAtEnd) list.scrollTop = list.scrollHeight;
  };
  list.addEventListener("scroll", () => {
    isAtEnd = list.scrollHeight - list.scrollTop - list.clientHeight < endTolerancePx;
  });
  new ResizeObserver(scrollToEnd).observe(list);
  return {
    drawn({ fromStart }) {
      if (fromStart) isAtEnd = true;
      scrollToEnd();
    },
  };
}
