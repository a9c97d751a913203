import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { readRequest } from "./read-request.ts";
import type { SlackRequest } from "./slack-request.ts";

const oracles = process.env.TOCSIN_ORACLES;
const folder = join(oracles ?? "", "slack/payloads");
const files = oracles ? readdirSync(folder) : [];

/** The recorded events that Tocsin handles; all others are read as `other`. */
const handled: Record<string, string> = {
  app_home_opened: "app_home_opened",
  app_uninstalled: "app_uninstalled",
  tokens_revoked: "tokens_revoked",
  member_joined_channel: "member_joined_channel",
  member_left_channel: "member_left_channel",
  team_access_granted: "team_access",
  team_access_revoked: "team_access",
  app_mention: "bot_mentioned",
};

/** Apps' posts, and changes of a message without `edited`, are read as `other`. */
function expectedType(file: string): string {
  if (file.includes("message_deleted")) return "message_deleted";
  const byApp = /ignore_self|bot--(classic_)?bot_message|message_changed/.test(file);
  return byApp ? "other" : "message_written";
}

function send(file: string): SlackRequest {
  const json = readFileSync(join(folder, file), "utf8");
  const isEvent = /^(event_callback|url_verification)/.test(file);
  if (isEvent) return readRequest(json, "application/json");
  return readRequest(new URLSearchParams({ payload: json }).toString(), "application/x-www-form-urlencoded");
}

describe.skipIf(!oracles)("recorded payloads of Slack's SDK (needs TOCSIN_ORACLES)", () => {
  test("there are more than 40", () => {
    expect(files.length).toBeGreaterThan(40);
  });

  test.each(files)("%s is read as the type in its name", (file) => {
    const request = send(file);
    const [type, name] = file.split("--")[0]?.split(".") ?? [];
    // Tocsin has no global shortcuts.
    expect(request.type).toBe(type === "shortcut" ? "unknown" : type);
    if (request.type === "event_callback" && name === "message")
      expect(request.event.type).toBe(expectedType(file));
    else if (request.type === "event_callback")
      expect(request.event.type).toBe(handled[name ?? ""] ?? "other");
    if ("userId" in request) expect(request.userId).toMatch(/^[UW]\d/);
    if ("dedupeId" in request) expect(request.dedupeId).not.toBe("");
  });

  test("a dialog in a shared channel belongs to the workspace where the app is installed", () => {
    const request = send("view_submission--test_view_submission--connect_channel_payload-L142.json");
    expect(request).toMatchObject({ teamId: "T-installed-workspace", userTeamId: "T-other-side" });
  });
});
