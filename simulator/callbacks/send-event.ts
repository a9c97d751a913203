import type { Scene, Simulator } from "../simulator.ts";
import type { Happening } from "../web-api/caller.ts";
import type { App } from "../workspace/app.ts";
import type { Channel } from "../workspace/channel.ts";
import type { Installation } from "../workspace/installation.ts";
import { callApp } from "./call-app.ts";
import { eventBody } from "./event-body.ts";
import type { Reason } from "./request.ts";

/**
 * Sends an event to an app: once, and up to three times more while the app doesn't take it. Resolves when Slack
 * has no more tries left or needs none. Whether the app listens to it is for `announce` to know.
 */
export async function sendEvent(
  scene: Scene,
  bot: Installation,
  { event, channel }: { event: Happening; channel?: Channel | undefined },
): Promise<void> {
  const { settings, stopping, sleep } = scene;
  const { app } = bot;
  if (!app.settings.socketMode && (!app.settings.requestUrl || !app.isVerified)) return;
  const payload = eventBody(scene.workspace, bot, { event, channel });
  let reason: Reason = "http_error";
  for (const [tries, wait] of [0, ...settings.eventRetriesMs].entries()) {
    if (wait > 0) await sleep(wait);
    if (stopping.aborted) return;
    const what = `event:${event.type}`;
    const retry = tries > 0 ? { retry: { tries, reason } } : {};
    const reply = await callApp(scene, app, { kind: "event", what, payload, ...retry });
    if (reply.ok || reply.noRetry) return;
    reason = reply.reason;
  }
}

/** What Slack does when *Verify* is pressed beside a request URL: whether the app gives the challenge back. */
export async function verifyUrl(simulator: Simulator, app: App): Promise<boolean> {
  const challenge = simulator.world.makeId("challenge");
  const reply = await callApp(simulator, app, {
    kind: "event",
    what: "url_verification",
    payload: { token: app.verificationToken, challenge, type: "url_verification" },
  });
  app.isVerified = reply.ok && reply.body.includes(challenge);
  return app.isVerified;
}

/** Whether the addresses of an app's commands answer when Slack looks at their certificates. */
export async function checkSsl(simulator: Simulator, app: App): Promise<boolean> {
  const payload = { ssl_check: "1", token: app.verificationToken };
  const urls = new Set(app.settings.commands.flatMap(({ url }) => url ?? []));
  const replies = [...urls].map((url) =>
    callApp(simulator, app, { kind: "command", what: "ssl_check", payload, url }),
  );
  return (await Promise.all(replies)).every(({ ok }) => ok);
}
