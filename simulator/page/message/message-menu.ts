import type { MessageView } from "../../control/message-view.ts";
import { ask } from "../ask.ts";
import { reportErrors } from "../banners.ts";
import { askConfirm } from "../blocks/confirm.ts";
import { element } from "../dom/element.ts";
import { icon } from "../dom/icon.ts";
import { popover } from "../dom/popover.ts";
import type { Entry } from "../dom/popover-entries.ts";
import type { PageState } from "../page-state.ts";
import { navigate } from "../route.ts";
import { startEditing } from "./edit-box.ts";
import { reactButton } from "./reactions.ts";

const plain = (text: string) => ({ type: "plain_text" as const, text, emoji: true });

async function confirmAndDelete(state: PageState, { channel, ts }: MessageView): Promise<void> {
  const confirmation = {
    title: plain("Delete message"),
    text: plain("Are you sure you want to delete this message? This cannot be undone."),
    confirm: plain("Delete"),
    deny: plain("Cancel"),
    style: "danger" as const,
  };
  if (await askConfirm(confirmation, state.workspace)) await ask("deleteMessage", { channel, ts });
}

function shortcuts({ route, overview }: PageState, { channel, ts }: MessageView): Entry[] {
  return overview.apps.flatMap((app) =>
    app.shortcuts
      .filter(({ type }) => type === "message")
      .map(({ name, callbackId }) => ({
        label: name,
        detail: app.name,
        group: "Apps",
        choose: () => reportErrors(ask("useShortcut", { as: route.as, channel, ts, callbackId })),
      })),
  );
}

function entries(state: PageState, message: MessageView, inThread: boolean): Entry[] {
  const isMine = message.author.id === state.workspace.me && message.subtype === undefined;
  const isOpen = !state.channel?.isArchived;
  const reply = { label: "Reply in thread", choose: () => navigate({ thread: message.ts }) };
  const copy = {
    label: "Copy text",
    choose: () => reportErrors(navigator.clipboard.writeText(message.text)),
  };
  const own: Entry[] = [
    { label: "Edit message", choose: () => startEditing(message.ts) },
    {
      label: "Delete message…",
      isDanger: true,
      choose: () => reportErrors(confirmAndDelete(state, message)),
    },
  ];
  const { channel, ts, pinnedBy } = message;
  const pin = {
    label: pinnedBy ? "Unpin from channel" : "Pin to channel",
    choose: () =>
      reportErrors(ask(pinnedBy ? "unpinMessage" : "pinMessage", { as: state.route.as, channel, ts })),
  };
  return [
    ...(inThread ? [] : [reply]),
    copy,
    ...(isOpen && !message.subtype ? [pin] : []),
    ...(isMine && isOpen ? own : []),
    ...(message.subtype ? [] : shortcuts(state, message)),
  ];
}

/** The actions of a message, shown on hover and focus. */
export function messageTools(state: PageState, message: MessageView, inThread: boolean): HTMLElement | null {
  // Slack doesn't store ephemeral messages, so they have no replies or actions.
  if (message.visibleTo) return null;
  const key = `message/${message.ts}/${inThread}`;
  const more: HTMLElement = element(
    "button",
    {
      "data-key": `${key}/more`,
      "aria-label": "More actions for this message",
      "aria-haspopup": "menu",
      "aria-expanded": "false",
      title: "More actions",
      click: () =>
        popover(more, { label: "Message", kind: "menu", entries: entries(state, message, inThread) }),
    },
    icon("more"),
  );
  const reply = element(
    "button",
    {
      "data-key": `${key}/reply`,
      "aria-label": "Reply in thread",
      title: "Reply in thread",
      click: () => navigate({ thread: message.ts }),
    },
    icon("thread"),
  );
  const react = state.channel?.isArchived ? null : reactButton(state, message, key);
  return element("div", { class: "tools" }, react, inThread ? null : reply, more);
}
