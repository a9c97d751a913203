import { z } from "zod";
import { parseJson } from "../../../slack/parse-json.ts";

const named = z.object({ api_app_id: z.string() });

/** The app that a request of Slack's says it is for, whichever form it has; null where it says none. */
export function sendingApp(rawBody: string): string | null {
  if (rawBody.startsWith("{")) return read(parseJson(rawBody));
  const form = new URLSearchParams(rawBody);
  const payload = form.get("payload");
  return payload === null ? form.get("api_app_id") : read(parseJson(payload));
}

function read(body: unknown): string | null {
  return named.safeParse(body).data?.api_app_id ?? null;
}
