export interface Notice {
  id: number;
  tone: "good" | "bad";
  text: string;
}

/** Bad news stays until it is dismissed. */
const goodStaysMs = 5000;
const atMost = 4;

let shown: Notice[] = [];
let lastId = 0;
const listeners = new Set<() => void>();

function show(next: Notice[]): void {
  shown = next;
  for (const listener of listeners) listener();
}

export const notices = {
  read: () => shown,
  subscribe(listener: () => void) {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
  say(text: string, tone: Notice["tone"] = "good"): void {
    lastId += 1;
    const id = lastId;
    show([...shown, { id, tone, text }].slice(-atMost));
    if (tone === "good") setTimeout(() => notices.dismiss(id), goodStaysMs);
  },
  dismiss(id: number): void {
    show(shown.filter((notice) => notice.id !== id));
  },
};
