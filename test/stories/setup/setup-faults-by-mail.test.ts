import { createServer, type Socket } from "node:net";
import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { created, type Story, startStory } from "../../tocsin/story.ts";

const patient = { timeout: 20_000 };
/** Whole mails, as they came in. */
const received: string[] = [];
let refusals = 0;
const server = createServer(serveMail);
let story: Story;

/** As much of RFC 5321 as one mail needs; refuses as many as it was told to. */
function serveMail(socket: Socket): void {
  let body: string | null = null;
  const answer = (line: string) => void socket.write(`${line}\r\n`);
  const hear = (line: string) => {
    if (body !== null && line !== ".") body += `${line}\n`;
    else if (body !== null) {
      const refused = refusals > 0;
      if (refused) refusals -= 1;
      // Long lines come in parts, as quoted-printable has it.
      else received.push(body.replaceAll("=\n", ""));
      answer(refused ? "451 try again later" : "250 kept");
      body = null;
    } else if (line === "DATA") {
      body = "";
      answer("354 go on");
    } else if (line === "QUIT") socket.end("221 bye\r\n");
    else answer("250 ok");
  };
  let heard = "";
  socket.on("error", () => undefined);
  socket.on("data", (chunk) => {
    const lines = `${heard}${chunk}`.split("\r\n");
    heard = lines.pop() ?? "";
    for (const line of lines) hear(line);
  });
  answer("220 mail.acme.example");
}

beforeAll(async () => {
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  const address = server.address();
  const port = typeof address === "object" ? address?.port : 0;
  story = await startStory({ env: { SMTP_URL: `smtp://127.0.0.1:${port}?from=soc@acme.example` } });
  await created(story.api("POST", "/users", { email: "boss@acme.example", name: "Boss", role: "Admin" }));
});
afterAll(async () => {
  await story.close();
  server.close();
});

const mails = async (subject: string) => received.filter((mail) => mail.includes(`Subject: ${subject}`));
const archive = (archived: boolean) => story.slack.ask("setChannel", { channel: "#security", archived });
const broken = "Tocsin: Alerts can't go out to #security";
const over = "Tocsin: The problem with #security is resolved";

test("whoever can put it right is mailed once that it broke, and once that it is over", async () => {
  await story.send({ title: "Secret title", severity: "HIGH", description: "Secret body" });
  await story.slack.channel("#security").expectCard("Secret title");
  await archive(true);
  await expect.poll(() => mails(broken), patient).toHaveLength(1);
  await archive(false);
  await expect.poll(() => mails(over), patient).toHaveLength(1);
  expect(received).toHaveLength(2);
  const [mail] = received;
  expect(mail).toMatch(/^From: Tocsin <soc@acme\.example>$/m);
  expect(mail).toMatch(/^To: boss@acme\.example$/m);
  expect(mail).toContain("https://tocsin.acme.example/configure/destinations");
  for (const secret of ["Secret", story.slack.app.botToken, story.slack.app.signingSecret])
    expect(received.join()).not.toContain(secret);
});

test("a mail server that refuses for a while gets it later; what is over by then is not mailed at all", async () => {
  received.length = 0;
  refusals = 1;
  await archive(true);
  const error = () =>
    sql<{ error: string }>`select error from fault_mails where due_at is not null and error is not null`
      .execute(story.tocsin.db.kysely)
      .then(({ rows }) => rows);
  await expect.poll(error, patient).toHaveLength(1);
  await story.pass("15 minutes");
  await expect.poll(() => mails(broken), patient).toHaveLength(1);
  await archive(false);
  await expect.poll(() => mails(over), patient).toHaveLength(1);

  received.length = 0;
  refusals = 1;
  await archive(true);
  await expect.poll(error, patient).toHaveLength(1);
  await archive(false);
  await expect.poll(async () => (await story.api("GET", "/setup-faults")).body.results, patient).toEqual([]);
  await expect.poll(error, patient).toEqual([]);
  expect(received).toEqual([]);
});
