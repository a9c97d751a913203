import { WebClient } from "@slack/web-api";
import { type SimulatorOptions, startSimulator } from "../../start.ts";
import type { Slack } from "../../story/story.ts";
import { type LittleApp, littleApp } from "./little-app.ts";

export const security = "C0SECURITY1";

export type Setting = {
  slack: Slack;
  app: LittleApp;
  client: WebClient;
  /** Calls a method and gives Slack's answer, refusals too. */
  call: (method: string, args?: Record<string, unknown>, token?: string) => Promise<Answer>;
  end: () => Promise<void>;
};

export type Answer = { status: number; headers: Headers; [key: string]: unknown };

/** A simulator with an app beside it. */
export async function setting(options: SimulatorOptions = {}): Promise<Setting> {
  const app = await littleApp();
  const slack = await startSimulator({ requestUrl: app.url, rateLimits: false, ...options });
  const { botToken } = slack.app;
  return {
    slack,
    app,
    client: new WebClient(botToken, { slackApiUrl: slack.apiUrl, retryConfig: { retries: 0 } }),
    async call(method, args = {}, token = botToken) {
      const response = await fetch(slack.apiUrl + method, {
        method: "POST",
        headers: { "content-type": "application/json", authorization: `Bearer ${token}` },
        body: JSON.stringify(args),
      });
      return { status: response.status, headers: response.headers, ...(await response.json()) };
    },
    async end() {
      await slack.close();
      app.close();
    },
  };
}
