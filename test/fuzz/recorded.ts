import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const oracles = process.env.TOCSIN_ORACLES;

/** What Slack sends: a click, an event, a command. */
export const click = {
  type: "block_actions",
  user: { id: "U1", team_id: "T1" },
  team: { id: "T1" },
  api_app_id: "A1",
  trigger_id: "1.2.3",
  response_url: "http://127.0.0.1:9/",
  channel: { id: "C1" },
  message: { ts: "1.2", text: "x" },
  actions: [{ action_id: "status", block_id: "controls:x:1.0", selected_option: { value: "RESOLVED" } }],
};
export const event = {
  type: "event_callback",
  event_id: "Ev1",
  team_id: "T1",
  event: { type: "message", user: "U1", channel: "C1", text: "x", ts: "1.2" },
};
export const command = {
  command: "/tocsin",
  text: "list",
  user_id: "U1",
  team_id: "T1",
  channel_id: "C1",
  trigger_id: "1.2",
};

/** The files of a folder of recorded data that is not in this repository; none without TOCSIN_ORACLES. */
export function filesBelow(folder: string): Buffer[] {
  if (!oracles) return [];
  const entries = readdirSync(join(oracles, folder), { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  return files.map((file) => readFileSync(join(file.parentPath, file.name)));
}

/** Its JSON, or its text. */
export function parsed(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString());
  } catch {
    return bytes.toString();
  }
}
