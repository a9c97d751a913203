import { parseArgs } from "node:util";
import { startSimulator } from "./start.ts";

const help = `A pretend Slack workspace.

  node simulator/main.ts [--port 4001] [--host 127.0.0.1] [--request-url URL] [--no-rate-limits]
                         [--kept-messages N] [--kept-calls N]

  --request-url     where the app takes events and interactions, as http://localhost:4000/slack/events
  --kept-messages   what each channel remembers, 50000 unless told; older messages are forgotten
  --kept-calls      what the log of the traffic remembers, 50000 unless told
`;

const { values } = parseArgs({
  options: {
    port: { type: "string", default: "4001" },
    host: { type: "string", default: "127.0.0.1" },
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
    rateLimits: !values["no-rate-limits"],
    keptMessages: Number(values["kept-messages"]),
    keptCalls: Number(values["kept-calls"]),
  });
  const { app } = slack;
  process.stdout.write(
    `Slack, pretended, at ${slack.pageUrl}
  SLACK_API_URL    ${slack.apiUrl}
  bot token        ${app.botToken}
  signing secret   ${app.signingSecret}
  requests go to   ${values["request-url"] ?? "nowhere yet: give --request-url"}
`,
  );
  for (const signal of ["SIGTERM", "SIGINT"] as const)
    process.once(signal, () => void slack.close().then(() => process.exit(0)));
}
