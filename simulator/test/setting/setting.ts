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
  /** Lets time pass in Slack, in milliseconds. */
  pass: (ms: number) => void;
  end: () => Promise<void>;
};

export type Answer = { status: number; headers: Headers; [key: string]: unknown };

/** A simulator with an app beside it. */
export async function setting(options: SimulatorOptions = {}): Promise<Setting> {
  const app = await littleApp();
  let passed = 0;
  const now = () => Date.now() + passed;
  const slack = await startSimulator({ requestUrl: app.url, rateLimits: false, now, ...options });
  const { botToken } = slack.app;
  return {
    slack,
    app,
    client: new WebClient(botToken, { slackApiUrl: slack.apiUrl, retryConfig: { retries: 0 } }),
    async call(method, args = {}, token = botToken) {
      const response = await fetch(slack.apiUrl + method, {
        method: "POST",
        headers: { "content-type": "application/json; charset=utf-8", authorization: `Bearer ${token}` },
        body: JSON.stringify(args),
      });
      return { status: response.status, headers: response.headers, ...(await response.json()) };
    },
    pass(ms) {
      passed += ms;
    },
    async end() {
      await slack.close();
      app.close();
    },
  };
}
