import type { LiveEvent } from "../../src/http/live-route.ts";
import { basePath } from "./base-path.ts";

interface LiveListener {
  onEvent: (event: LiveEvent) => void;
  onConnected: (connected: boolean) => void;
}

/** Browsers reconnect after a lost connection, but not after an HTTP error such as a proxy's 503. */
const reopenAfterMs = 5000;

/**
 * Opens the stream of server-sent events and returns a function that closes it. A stream that is opened again
 * after an HTTP error has no memory of past events, so listeners must refetch their data on `connected`.
 */
export function openLive(listener: LiveListener): () => void {
  const stream = new EventSource(`${basePath}/api/v1/live`);
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
