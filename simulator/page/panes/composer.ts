import { ask } from "../basics/ask.ts";
import { element } from "../basics/element.ts";
import { failing } from "./banners.ts";

type Target = { as: string; channel: string; name: string; thread?: string };

const kept = new Map<string, HTMLFormElement>();

function build({ as, channel, name, thread }: Target): HTMLFormElement {
  const words = thread ? "Reply…" : `Message ${name}`;
  const box = element("textarea", { rows: "1", placeholder: words, "aria-label": words });
  const form = element(
    "form",
    { class: "composer" },
    box,
    element("button", { class: "send", type: "submit", "aria-label": "Send", title: "Send" }, "➤"),
  );
  const send = () => {
    const text = box.value.trim();
    box.value = "";
    if (text) failing(ask("say", { as, channel, text, thread }));
  };
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    send();
  });
  box.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey) return;
    event.preventDefault();
    send();
  });
  return form;
}

/** Where one writes. What was begun in a conversation is there when one comes back. */
export function composer(target: Target): HTMLFormElement {
  const key = JSON.stringify(target);
  const form = kept.get(key) ?? build(target);
  kept.set(key, form);
  return form;
}
