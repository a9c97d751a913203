/** The question "Is it you?", which at most one dialog asks at a time, on behalf of all requests that wait for it. */
interface Question {
  answered: Promise<boolean>;
  answer: (confirmed: boolean) => void;
}

/** By which the identity provider's window tells the Console's other pages that it has confirmed the session. */
const channelName = "tocsin-confirmed";

let question: Question | null = null;
const listeners = new Set<() => void>();

function publish(next: Question | null): void {
  question = next;
  for (const listener of listeners) listener();
}

export const confirmation = {
  isAsked: () => question !== null,
  subscribe(listener: () => void) {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
  /** Resolves to true once the person has confirmed the session, to false if they don't. */
  ask(): Promise<boolean> {
    if (question) return question.answered;
    const { promise: answered, resolve: answer } = Promise.withResolvers<boolean>();
    publish({ answered, answer });
    return answered;
  },
  announce(): void {
    const channel = new BroadcastChannel(channelName);
    channel.postMessage(null);
    channel.close();
  },
  /** Takes what another window announces for the answer. Returns what ends the listening. */
  listen(): () => void {
    const channel = new BroadcastChannel(channelName);
    channel.addEventListener("message", () => confirmation.answer(true));
    return () => channel.close();
  },
  answer(confirmed: boolean): void {
    question?.answer(confirmed);
    publish(null);
  },
};
