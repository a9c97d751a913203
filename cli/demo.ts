import { join } from "node:path";
import type { Command } from "commander";
import { readConfig } from "../src/config.ts";
import type { DemoFacts } from "./demo/demo-facts.ts";
import { openLog, untilStopped } from "./process.ts";

/** `tocsin demo`: runs Tocsin and the simulator with a week of alerts, until SIGTERM or SIGINT. */
export function demo(program: Command): void {
  program
    .command("demo")
    .description("start Tocsin and a simulated Slack with a week of alerts, to try it out")
    .option("--host <address>", "the address to listen on; the demo's passwords are not secret", "127.0.0.1")
    .option("--json", "print addresses and credentials as one line of JSON when everything is ready", false)
    .action(run);
}

async function run({ host, json }: { host: string; json: boolean }): Promise<void> {
  const { env } = process;
  if (env.DATABASE_URL) console.error("DATABASE_URL is ignored: a demo uses its own database.");
  const config = readConfig({
    DATA_DIR: join("data", "demo"),
    ...withoutEmpty(env),
    DATABASE_URL: undefined,
  });
  const { startDemo } = await import("./demo/start-demo.ts");
  const onProgress = (text: string) => console.error(text);
  const demo = await startDemo(config, { host, log: openLog("warn"), onProgress });
  const stopped = untilStopped(demo.died);
  const facts = await Promise.race([demo.fill(), stopped]);
  if (facts) console.log(json ? JSON.stringify(facts) : welcome(facts));
  await stopped;
  await demo.close();
}

/** Empty variables count as unset. */
function withoutEmpty(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([, value]) => value?.trim()));
}

function welcome({ consoleUrl, slackUrl, sources: { native }, users }: DemoFacts): string {
  return `
Tocsin is running with a week of alerts. Things to try:

  ${consoleUrl}/demo

Console   ${consoleUrl}
          ${users.map(({ email, password }) => `${email}, password "${password}"`).join("\n          ")}
Slack     ${slackUrl}   (the simulator; choose who you are there)

Send a report and see it in #security:

curl ${native.url} \\
  -H 'X-API-Key: ${native.key}' \\
  -d '{"title": "Root shell on db-1", "severity": "CRITICAL", "description": "Opened from outside the change window."}'

Press Ctrl-C to stop. The next demo starts with new data.
`;
}
