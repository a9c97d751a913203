import type { Simulator, WorkspaceContext } from "../simulator.ts";
import type { SlackEvent } from "../web-api/caller.ts";
import type { App } from "../workspace/app.ts";
import type { Channel } from "../workspace/channel.ts";
import type { Installation } from "../workspace/installation.ts";
import { callApp } from "./call-app.ts";
import { eventBody } from "./event-body.ts";
import type { Reason } from "./request.ts";

/**
 * Sends an event to an app, with up to three retries. Resolves after the app accepted it or the last attempt failed;
 * the caller checks the subscription.
 */
export async function sendEvent(
  context: WorkspaceContext,
  bot: Installation,
  { event, channel }: { event: SlackEvent; channel?: Channel | undefined },
): Promise<void> {
  const { settings, stopping, sleep } = context;
  const { app } = bot;
  if (!app.settings.socketMode && (!app.settings.requestUrl || !app.isVerified)) return;
  const payload = eventBody(context.workspace, bot, { event, channel });
  let reason: Reason = "http_error";
  for (const [tries, wait] of [0, ...settings.eventRetriesMs].entries()) {
    if (wait > 0) await sleep(wait);
    if (stopping.aborted) return;
    const what = `event:${event.type}`;
    const retry = tries > 0 ? { retry: { tries, reason } } : {};
    const reply = await callApp(context, app, { kind: "event", what, payload, ...retry });
    if (reply.ok || reply.noRetry) return;
    reason = reply.reason;
  }
}

/** Sends a challenge to the request URL, as *Verify* does. Resolves to whether the app returned it. */
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

/** Sends `ssl_check` to the URLs of an app's commands. Resolves to whether all of them answered. */
export async function checkSsl(simulator: Simulator, app: App): Promise<boolean> {
  const payload = { ssl_check: "1", token: app.verificationToken };
  const urls = new Set(app.settings.commands.flatMap(({ url }) => url ?? []));
  const replies = [...urls].map((url) =>
    callApp(simulator, app, { kind: "command", what: "ssl_check", payload, url }),
  );
  return (await Promise.all(replies)).every(({ ok }) => ok);
}
