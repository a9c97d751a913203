import { setTimeout as sleep } from "node:timers/promises";
import type { Simulator } from "../simulator.ts";
import { callApp, type Reason } from "./call-app.ts";

const eventBody = ({ app, team, now, makeId }: Simulator["workspace"], event: { type: string }) => ({
  token: app.verificationToken,
  team_id: team.id,
  api_app_id: app.id,
  event,
  type: "event_callback",
  event_id: makeId("Ev"),
  event_time: Math.floor(now() / 1000),
  authorizations: [
    {
      enterprise_id: null,
      team_id: team.id,
      user_id: app.botUserId,
      is_bot: true,
      is_enterprise_install: false,
    },
  ],
  is_ext_shared_channel: false,
  context_team_id: team.id,
  context_enterprise_id: null,
});

const retryHeaders = (tries: number, reason: Reason): Record<string, string> =>
  tries === 0 ? {} : { "x-slack-retry-num": String(tries), "x-slack-retry-reason": reason };

/**
 * Sends an event to the app if it subscribed to it: once, and up to three times more while the app doesn't
 * take it. Resolves when Slack has no more tries left or needs none.
 */
export async function sendEvent(
  simulator: Simulator,
  event: { type: string; [key: string]: unknown },
): Promise<void> {
  const { workspace, settings, stopping } = simulator;
  if (!workspace.app.events.has(event.type) || !workspace.app.requestUrl) return;
  const body = JSON.stringify(eventBody(workspace, event));
  let reason: Reason = "http_error";
  for (const [tries, wait] of [0, ...settings.eventRetriesMs].entries()) {
    await sleep(wait, undefined, { ref: false, signal: stopping }).catch(() => undefined);
    if (stopping.aborted) return;
    const headers = retryHeaders(tries, reason);
    const what = `event:${event.type}`;
    const reply = await callApp(simulator, { what, body, headers, contentType: "application/json" });
    if (reply.ok || reply.noRetry) return;
    reason = reply.reason;
  }
}

/** What Slack does when *Verify* is pressed beside a request URL: whether the app gives the challenge back. */
export async function verifyUrl(simulator: Simulator): Promise<boolean> {
  const { app, makeId } = simulator.workspace;
  const challenge = makeId("challenge");
  const reply = await callApp(simulator, {
    what: "url_verification",
    body: JSON.stringify({ token: app.verificationToken, challenge, type: "url_verification" }),
    contentType: "application/json",
  });
  return reply.ok && reply.body.includes(challenge);
}
