import { createServer, type Socket } from "node:net";
import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { created, type Story, startStory } from "../../tocsin/story.ts";

const longTimeout = { timeout: 20_000 };
/** Emails as they were received. */
const received: string[] = [];
let refusals = 0;
const server = createServer(serveMail);
let story: Story;

/** The part of RFC 5321 that one email needs. Refuses the next `refusals` emails. */
function serveMail(socket: Socket): void {
  let body: string | null = null;
  const answer = (line: string) => void socket.write(`${line}\r\n`);
  const handleLine = (line: string) => {
    if (body !== null && line !== ".") body += `${line}\n`;
    else if (body !== null) {
      const refused = refusals > 0;
      if (refused) refusals -= 1;
      // Quoted-printable splits long lines.
      else received.push(body.replaceAll("=\n", ""));
      answer(refused ? "451 try again later" : "250 kept");
      body = null;
    } else if (line === "DATA") {
      body = "";
      answer("354 go on");
    } else if (line === "QUIT") socket.end("221 bye\r\n");
    else answer("250 ok");
  };
  let incomplete = "";
  socket.on("error", () => undefined);
  socket.on("data", (chunk) => {
    const lines = `${incomplete}${chunk}`.split("\r\n");
    incomplete = lines.pop() ?? "";
    for (const line of lines) handleLine(line);
  });
  answer("220 mail.acme.example");
}

beforeAll(async () => {
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  const address = server.address();
  const port = typeof address === "object" ? address?.port : 0;
  story = await startStory({ env: { SMTP_URL: `smtp://127.0.0.1:${port}?from=soc@acme.example` } });
  await created(story.api("POST", "/users", { email: "boss@acme.example", name: "Boss", role: "Admin" }));
  // The invitations of the users.
  received.length = 0;
});
afterAll(async () => {
  await story.close();
  server.close();
});

const emailsAbout = async (subject: string) =>
  received.filter((email) => email.includes(`Subject: ${subject}`));
const archive = (archived: boolean) => story.slack.ask("setChannel", { channel: "#security", archived });
const broken = "Tocsin: Alerts can't go out to #security";
const recovered = "Tocsin: The problem with #security is resolved";

test("admins get one email when a channel breaks and one when it recovers", async () => {
  await story.send({ title: "Secret title", severity: "HIGH", description: "Secret body" });
  await story.slack.channel("#security").expectCard("Secret title");
  await archive(true);
  await expect.poll(() => emailsAbout(broken), longTimeout).toHaveLength(1);
  await archive(false);
  await expect.poll(() => emailsAbout(recovered), longTimeout).toHaveLength(1);
  expect(received).toHaveLength(2);
  const [email] = received;
  expect(email).toMatch(/^From: Tocsin <soc@acme\.example>$/m);
  expect(email).toMatch(/^To: boss@acme\.example$/m);
  expect(email).toContain("https://tocsin.acme.example/configure/destinations");
  for (const secret of ["Secret", story.slack.app.botToken, story.slack.app.signingSecret])
    expect(received.join()).not.toContain(secret);
});

test("a refused email is sent again later, but not if the fault is over by then", async () => {
  received.length = 0;
  refusals = 1;
  await archive(true);
  const error = () =>
    sql<{ error: string }>`select error from fault_mails where due_at is not null and error is not null`
      .execute(story.tocsin.db.kysely)
      .then(({ rows }) => rows);
  await expect.poll(error, longTimeout).toHaveLength(1);
  await story.pass("15 minutes");
  await expect.poll(() => emailsAbout(broken), longTimeout).toHaveLength(1);
  await archive(false);
  await expect.poll(() => emailsAbout(recovered), longTimeout).toHaveLength(1);

  received.length = 0;
  refusals = 1;
  await archive(true);
  await expect.poll(error, longTimeout).toHaveLength(1);
  await archive(false);
  await expect
    .poll(async () => (await story.api("GET", "/setup-faults")).body.results, longTimeout)
    .toEqual([]);
  await expect.poll(error, longTimeout).toEqual([]);
  expect(received).toEqual([]);
});
