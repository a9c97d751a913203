import { parseArgs } from "node:util";
import { readConfig } from "./config/read-config.ts";
import { startSimulator, whereItIs } from "./start.ts";

const help = `A pretend Slack workspace.

  node simulator/main.ts [--port 4001] [--host 127.0.0.1] [--config FILE] [--request-url URL] [--no-rate-limits]
                         [--kept-messages N] [--kept-calls N]

  --config          workspaces, people, channels and apps, as YAML or JSON; ACME with Tocsin unless given
  --request-url     where the app takes events and interactions, as http://localhost:4000/slack/events
  --kept-messages   what each channel remembers, 50000 unless told; older messages are forgotten
  --kept-calls      what the log of the traffic remembers, 50000 unless told
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
  process.stdout.write(`${(await whereItIs(slack)).join("\n")}\n`);
  for (const signal of ["SIGTERM", "SIGINT"] as const)
    process.once(signal, () => void slack.close().then(() => process.exit(0)));
}
