/** How the window at the identity provider tells the Console's other pages that it has confirmed the session. */
const name = "tocsin-confirmed";

export const providerConfirmation = {
  announce(): void {
    const channel = new BroadcastChannel(name);
    channel.postMessage(null);
    channel.close();
  },
  /** Calls back once a window has confirmed the session. Returns what ends the listening. */
  listen(onConfirmed: () => void): () => void {
    const channel = new BroadcastChannel(name);
    channel.addEventListener("message", onConfirmed);
    return () => channel.close();
  },
};
