import type { LiveEvent } from "../../src/http/live-route.ts";

interface LiveListener {
  onEvent: (event: LiveEvent) => void;
  onConnected: (connected: boolean) => void;
}

/** A server that starts, or a proxy that says 503, ends the stream for good: browsers retry only lost ones. */
const reopenAfterMs = 5000;

/**
 * Opens the stream of server-sent events and returns what closes it. A lost stream resumes after the event
 * seen last; one that was refused starts anew, so whoever listens reads again what it shows on `connected`.
 */
export function openLive(listener: LiveListener): () => void {
  const stream = new EventSource("/api/v1/live");
  let stop = () => stream.close();
  const listen = (event: LiveEvent["event"]) =>
    stream.addEventListener(event, ({ data }) => listener.onEvent({ event, data: JSON.parse(data) }));
  listen("alert");
  listen("settings");
  stream.addEventListener("open", () => listener.onConnected(true));
  stream.addEventListener("error", () => {
    listener.onConnected(false);
    if (stream.readyState !== EventSource.CLOSED) return;
    const timer = setTimeout(() => {
      stop = openLive(listener);
    }, reopenAfterMs);
    stop = () => clearTimeout(timer);
  });
  return () => stop();
}
