import { join } from "node:path";
import type { Command } from "commander";
import { readConfig } from "../src/config.ts";
import type { DemoFacts } from "./demo/demo-facts.ts";
import { openLog, untilStopped } from "./process.ts";

/** `tocsin demo`: Tocsin and a pretend Slack with a week of alerts, until SIGTERM or SIGINT. */
export function demo(program: Command): void {
  program
    .command("demo")
    .description("start Tocsin and a pretend Slack with a week of alerts, to try it")
    .option("--host <address>", "the address to listen on; its passwords are no secret", "127.0.0.1")
    .option("--json", "print one line of JSON that says where everything is, once all is ready", false)
    .action(run);
}

async function run({ host, json }: { host: string; json: boolean }): Promise<void> {
  const { env } = process;
  if (env.DATABASE_URL) console.error("DATABASE_URL is left alone: a demo has a database of its own.");
  const config = readConfig({ DATA_DIR: join("data", "demo"), ...filled(env), DATABASE_URL: undefined });
  const { startDemo } = await import("./demo/start-demo.ts");
  const say = (line: string) => console.error(line);
  const demo = await startDemo(config, { host, log: openLog("warn"), say });
  const stopped = untilStopped(demo.died);
  const facts = await Promise.race([demo.fill(), stopped]);
  if (facts) console.log(json ? JSON.stringify(facts) : welcome(facts));
  await stopped;
  await demo.close();
}

/** Variables that are set to nothing count as unset. */
function filled(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([, value]) => value?.trim()));
}

function welcome({ consoleUrl, slackUrl, sources: { native }, users }: DemoFacts): string {
  return `
Tocsin is up, with a week of alerts. What to try:

  ${consoleUrl}/demo

Console   ${consoleUrl}
          ${users.map(({ email, password }) => `${email}, password "${password}"`).join("\n          ")}
Slack     ${slackUrl}   pretended; choose there who you are

Report something, and see it in #security:

curl ${native.url} \\
  -H 'X-API-Key: ${native.key}' \\
  -d '{"title": "Root shell on db-1", "severity": "CRITICAL", "description": "Opened from outside the change window."}'

Ctrl-C stops it. The next demo starts from the beginning.
`;
}
