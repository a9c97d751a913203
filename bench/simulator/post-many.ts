import { connect } from "node:net";
import { parseArgs } from "node:util";

/**
 * `node bench/simulator/post-many.ts --port 4001 --posts 10000 --kind card`: posts messages into #security over open
 * connections and prints how many per second were accepted. It reuses sockets and one prepared request, because a
 * client that costs more than the server would measure itself.
 */
const { values } = parseArgs({
  options: { port: { type: "string" }, posts: { type: "string" }, kind: { type: "string" } },
});
const connections = 16;
const title = "HIGH: Impossible travel for eve@acme.example (#1042, open)";
let left = Number(values.posts);

const plain = (text: string) => ({ type: "plain_text", text });
const statuses = ["Open", "Triaged", "Resolved", "Invalid"].map((text) => ({
  text: plain(text),
  value: text,
}));
const card = [
  { type: "header", text: plain(title) },
  { type: "context", elements: [plain("#1042 · Rule · Okta.SystemLog · 14:02 CET · 3 events")] },
  { type: "section", text: { type: "mrkdwn", text: "Seen in two countries within ten minutes. ".repeat(6) } },
  {
    type: "actions",
    elements: [
      { type: "button", action_id: "view", text: plain("View"), url: "https://tocsin.acme.example/1042" },
      { type: "users_select", action_id: "assign", placeholder: plain("Assign to…") },
      { type: "static_select", action_id: "status", placeholder: plain("Status"), options: statuses },
    ],
  },
];

const body = new URLSearchParams({
  channel: "C0SECURITY1",
  text: title,
  ...(values.kind === "card" && { blocks: JSON.stringify(card) }),
}).toString();
const request = [
  "POST /api/chat.postMessage HTTP/1.1",
  "Host: 127.0.0.1",
  "Authorization: Bearer xoxb-simulated-acme-tocsin",
  "Content-Type: application/x-www-form-urlencoded",
  `Content-Length: ${Buffer.byteLength(body)}`,
  "",
  body,
].join("\r\n");

const since = performance.now();
await Promise.all(Array.from({ length: connections }, postInTurn));
const perSecond = Number(values.posts) / ((performance.now() - since) / 1000);
console.log(JSON.stringify({ perSecond }));

/** Posts over one connection, each after the response to the one before, until none is left. */
function postInTurn(): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect(Number(values.port), "127.0.0.1").setNoDelay(true).setEncoding("latin1");
    let answer = "";
    const next = () => {
      left -= 1;
      if (left >= 0) return socket.write(request);
      resolve();
      return socket.end();
    };
    socket.on("connect", next);
    socket.on("error", reject);
    socket.on("data", (part) => {
      answer += part;
      if (!isWhole(answer)) return;
      if (!answer.includes('{"ok":true')) reject(new Error(answer));
      answer = "";
      next();
    });
  });
}

function isWhole(answer: string): boolean {
  const head = answer.indexOf("\r\n\r\n");
  const length = /content-length: (\d+)/i.exec(answer)?.[1];
  return head > 0 && answer.length >= head + 4 + Number(length);
}
