import type { MessageView } from "../../control/message-view.ts";
import { ask } from "../ask.ts";
import { failing } from "../banners.ts";
import { confirmed } from "../blocks/confirm.ts";
import { element } from "../dom/element.ts";
import { icon } from "../dom/icon.ts";
import { popover } from "../dom/popover.ts";
import type { Entry } from "../dom/popover-entries.ts";
import { go } from "../place.ts";
import type { Scene } from "../scene.ts";
import { startEditing } from "./edit-box.ts";

const plain = (text: string) => ({ type: "plain_text" as const, text, emoji: true });

async function erase(scene: Scene, { channel, ts }: MessageView): Promise<void> {
  const sure = {
    title: plain("Delete message"),
    text: plain("Are you sure you want to delete this message? This cannot be undone."),
    confirm: plain("Delete"),
    deny: plain("Cancel"),
    style: "danger" as const,
  };
  if (await confirmed(sure, scene.around)) await ask("deleteMessage", { channel, ts });
}

function shortcuts({ place, overview }: Scene, { channel, ts }: MessageView): Entry[] {
  return overview.apps.flatMap((app) =>
    app.shortcuts
      .filter(({ type }) => type === "message")
      .map(({ name, callbackId }) => ({
        label: name,
        detail: app.name,
        group: "Apps",
        choose: () => failing(ask("useShortcut", { as: place.as, channel, ts, callbackId })),
      })),
  );
}

function entries(scene: Scene, message: MessageView, inThread: boolean): Entry[] {
  const isMine = message.author.id === scene.around.me && message.subtype === undefined;
  const isOpen = !scene.channel?.isArchived;
  const reply = { label: "Reply in thread", choose: () => go({ thread: message.ts }) };
  const copy = {
    label: "Copy text",
    choose: () => failing(navigator.clipboard.writeText(message.text)),
  };
  const own: Entry[] = [
    { label: "Edit message", choose: () => startEditing(message.ts) },
    { label: "Delete message…", isDanger: true, choose: () => failing(erase(scene, message)) },
  ];
  return [
    ...(inThread ? [] : [reply]),
    copy,
    ...(isMine && isOpen ? own : []),
    ...(message.subtype ? [] : shortcuts(scene, message)),
  ];
}

/** What one can do with a message: above its right edge, while one points at it or has the focus in it. */
export function messageTools(scene: Scene, message: MessageView, inThread: boolean): HTMLElement | null {
  // Of what only one person sees Slack keeps nothing that could be replied to or acted upon.
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
        popover(more, { label: "Message", kind: "menu", entries: entries(scene, message, inThread) }),
    },
    icon("more"),
  );
  const reply = element(
    "button",
    {
      "data-key": `${key}/reply`,
      "aria-label": "Reply in thread",
      title: "Reply in thread",
      click: () => go({ thread: message.ts }),
    },
    icon("thread"),
  );
  return element("div", { class: "tools" }, inThread ? null : reply, more);
}
