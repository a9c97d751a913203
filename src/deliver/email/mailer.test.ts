import { expect, test } from "vitest";
import { startSmtp } from "../../../test/doubles/smtp.ts";
import { mailServer, openMailer } from "./mailer.ts";

test.each([
  ["smtp://mail.acme.example", 587],
  ["smtps://mail.acme.example", 465],
  ["smtps://mail.acme.example:2465", 2465],
])("%s is reached at port %i", (url, port) => {
  expect(mailServer(url)).toEqual({ host: "mail.acme.example", port });
});

test("a mail server that greets after two seconds gets its email", async () => {
  const smtp = await startSmtp({ greetAfterMs: 2100 });
  const mailer = openMailer(
    { url: `smtp://127.0.0.1:${smtp.port}`, from: "tocsin@acme.example" },
    () => null,
  );
  const mail = { id: "1", to: "eve@acme.example", subject: "Was this you?", text: "Answer in Slack." };
  expect(await mailer(mail)).toEqual({ refused: [] });
  expect(smtp.mails.map(({ to }) => to)).toEqual([["eve@acme.example"]]);
  await smtp.close();
});
