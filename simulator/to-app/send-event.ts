import { setTimeout as sleep } from "node:timers/promises";
import type { Scene, Simulator } from "../simulator.ts";
import type { Happening } from "../web-api/caller.ts";
import type { App } from "../workspace/app.ts";
import type { Installation } from "../workspace/installation.ts";
import type { Workspace } from "../workspace/workspace.ts";
import { callApp } from "./calling/call-app.ts";
import type { Reason } from "./calling/request.ts";

function eventBody({ team, enterprise, now, makeId }: Workspace, bot: Installation, event: Happening) {
  const isOrgWide = bot.place.kind === "organisation";
  const enterpriseId = enterprise?.id ?? null;
  return {
    token: bot.app.verificationToken,
    team_id: team.id,
    ...(enterprise && { enterprise_id: enterprise.id }),
    api_app_id: bot.app.id,
    event,
    type: "event_callback",
    event_id: makeId("Ev"),
    event_time: Math.floor(now() / 1000),
    authorizations: [
      {
        enterprise_id: enterpriseId,
        team_id: isOrgWide ? null : team.id,
        user_id: bot.botUserId,
        is_bot: true,
        is_enterprise_install: isOrgWide,
      },
    ],
    is_ext_shared_channel: false,
    context_team_id: team.id,
    context_enterprise_id: enterpriseId,
  };
}

/**
 * Sends an event to an app: once, and up to three times more while the app doesn't take it. Resolves when Slack
 * has no more tries left or needs none. Whether the app listens to it is for `announce` to know.
 */
export async function sendEvent(scene: Scene, bot: Installation, event: Happening): Promise<void> {
  const { settings, stopping } = scene;
  const { app } = bot;
  if (!app.settings.socketMode && (!app.settings.requestUrl || !app.isVerified)) return;
  const payload = eventBody(scene.workspace, bot, event);
  let reason: Reason = "http_error";
  for (const [tries, wait] of [0, ...settings.eventRetriesMs].entries()) {
    await sleep(wait, undefined, { ref: false, signal: stopping }).catch(() => undefined);
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
