import { parseArgs } from "node:util";
import { readConfig } from "./config/read-config.ts";
import { connectionDetails, startSimulator } from "./start.ts";

const help = `Runs a simulated Slack.

  node simulator/main.ts [--port 4001] [--host 127.0.0.1] [--config FILE] [--request-url URL] [--no-rate-limits]
                         [--kept-messages N] [--kept-calls N]

    --config          a YAML or JSON file with workspaces, people, channels and apps; by default ACME with Tocsin
    --request-url     where the app receives events and interactions, e.g. http://localhost:4000/slack/events
    --no-rate-limits  switches Slack's rate limits off
    --kept-messages   messages kept per channel, by default 50000; older ones are dropped
    --kept-calls      calls kept in the traffic log, by default 50000
`;

const { values } = parseArgs({
  options: {
    port: { type: "string", default: "4001" },
    host: { type: "string", default: "127.0.0.1" },
    config: { type: "string" },
    "request-url": { type: "string" },
    "no-rate-limits": { type: "boolean", default: false },
    "kept-messages": { type: "string", default: "50000" },
    "kept-calls": { type: "string", default: "50000" },
    help: { type: "boolean", default: false },
  },
});

if (values.help) {
  process.stdout.write(help);
} else {
  const slack = await startSimulator({
    port: Number(values.port),
    host: values.host,
    requestUrl: values["request-url"],
    config: values.config === undefined ? undefined : await readConfig(values.config),
    rateLimits: !values["no-rate-limits"],
    keptMessages: Number(values["kept-messages"]),
    keptCalls: Number(values["kept-calls"]),
  });
  process.stdout.write(`${(await connectionDetails(slack)).join("\n")}\n`);
  for (const signal of ["SIGTERM", "SIGINT"] as const)
    process.once(signal, () => void slack.close().then(() => process.exit(0)));
}
