import { createServer, type Socket } from "node:net";

/** A received email, decoded. */
export interface ReceivedMail {
  to: string[];
  headers: Record<string, string>;
  text: string;
  html: string;
}

interface State {
  mails: ReceivedMail[];
  /** Answers to the next commands by their first word; after them it takes everything. */
  refusals: [command: string, answer: string][];
  /** Answers by address. */
  refused: Map<string, string>;
  password: string | null;
  greetAfterMs: number;
}

/** A mail server with the refusals of real ones. Many greet late, to find out who doesn't wait. */
export async function startSmtp({ greetAfterMs = 0 } = {}) {
  const state: State = { mails: [], refusals: [], refused: new Map(), password: null, greetAfterMs };
  const server = createServer((socket) => serve(socket, state));
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  const address = server.address();
  if (!address || typeof address === "string") throw new Error("The mail server has no port.");
  return {
    port: address.port,
    mails: state.mails,
    /** Refuses the next commands: `["RCPT", "451 4.7.1 Greylisted"]`. `END` is the end of an email's content. */
    refuse(...next: [command: string, answer: string][]) {
      state.refusals = next;
    },
    /** Refuses an address for good, or for now, by its answer; null takes it again. */
    refuseAddress(mailbox: string, why: string | null) {
      if (why) state.refused.set(mailbox, why);
      else state.refused.delete(mailbox);
    },
    /** The password that it takes. */
    usePassword(next: string) {
      state.password = next;
    },
    close: () => new Promise<void>((closed) => void server.close(() => closed())),
  };
}

/** One connection: the part of RFC 5321 that Tocsin needs. */
function serve(socket: Socket, state: State): void {
  let body: string[] | null = null;
  let to: string[] = [];
  const answer = (text: string) => void socket.write(`${text}\r\n`);
  const refusalOf = (command: string) => {
    const index = state.refusals.findIndex(([refusedCommand]) => refusedCommand === command);
    return index < 0 ? null : (state.refusals.splice(index, 1)[0]?.[1] ?? null);
  };
  const handle = (line: string) => {
    if (body !== null && line !== ".") return void body.push(line.startsWith("..") ? line.slice(1) : line);
    if (body !== null) {
      const refusal = refusalOf("END");
      if (!refusal) state.mails.push({ to, ...decode(body.join("\r\n")) });
      body = null;
      to = [];
      return answer(refusal ?? "250 2.0.0 Ok: queued");
    }
    const [command = ""] = line.toUpperCase().split(/[ :]/);
    const refusal = refusalOf(command);
    if (refusal) return answer(refusal);
    switch (command) {
      case "EHLO":
        return answer("250-mail.acme.example\r\n250-SIZE 10240000\r\n250 AUTH PLAIN");
      case "AUTH": {
        const given = Buffer.from(line.split(" ")[2] ?? "", "base64")
          .toString()
          .split("\0")[2];
        return answer(
          given === state.password ? "235 2.7.0 Accepted" : "535 5.7.8 Username and Password not accepted",
        );
      }
      case "RCPT": {
        const address = /<(.*?)>/.exec(line)?.[1] ?? "";
        const why = state.refused.get(address);
        if (!why) to.push(address);
        return answer(why ?? "250 2.1.5 Ok");
      }
      case "DATA":
        body = [];
        return answer("354 End data with <CR><LF>.<CR><LF>");
      case "QUIT":
        return void socket.end("221 2.0.0 Bye\r\n");
      case "RSET":
        to = [];
        return answer("250 2.0.0 Ok");
      default:
        return answer("250 2.0.0 Ok");
    }
  };
  let rest = "";
  socket.on("error", () => undefined);
  socket.on("data", (chunk) => {
    const lines = `${rest}${chunk}`.split("\r\n");
    rest = lines.pop() ?? "";
    for (const line of lines) handle(line);
  });
  setTimeout(() => answer("220 mail.acme.example ESMTP"), state.greetAfterMs);
}

function decode(raw: string): Omit<ReceivedMail, "to"> {
  const [head = ""] = raw.split("\r\n\r\n", 1);
  const headers = headersOf(head);
  const boundary = /boundary="([^"]+)"/.exec(headers["content-type"] ?? "")?.[1];
  const parts = boundary ? raw.split(`--${boundary}`).slice(1, -1) : [raw];
  const decoded = parts.map((part) => {
    const content = part.replace(/^\r\n/, "");
    const end = content.indexOf("\r\n\r\n");
    const own = headersOf(content.slice(0, end));
    return { type: own["content-type"] ?? "", text: decodeBody(content.slice(end + 4), own) };
  });
  const of = (type: string) => decoded.find((part) => part.type.startsWith(type))?.text ?? "";
  return { headers, text: of("text/plain"), html: of("text/html") };
}

function headersOf(head: string): Record<string, string> {
  const unfolded = head.replace(/\r\n[ \t]+/g, " ").split("\r\n");
  return Object.fromEntries(
    unfolded.map((line) => {
      const [name = "", ...rest] = line.split(":");
      return [name.toLowerCase(), decodeWords(rest.join(":").trim())];
    }),
  );
}

function decodeBody(body: string, headers: Record<string, string>): string {
  const encoding = headers["content-transfer-encoding"];
  if (encoding === "base64") return Buffer.from(body, "base64").toString("utf8");
  return encoding === "quoted-printable" ? quotedPrintable(body.replaceAll("=\r\n", "")) : body;
}

function quotedPrintable(text: string): string {
  const bytes = text.replace(/=([0-9A-F]{2})/g, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
  return Buffer.from(bytes, "latin1").toString("utf8");
}

/** Encoded words of RFC 2047. */
function decodeWords(value: string): string {
  return value
    .replace(/\?=\s+=\?/g, "?==?")
    .replace(/=\?utf-8\?([bq])\?(.*?)\?=/gi, (_, kind: string, text: string) =>
      kind.toLowerCase() === "b"
        ? Buffer.from(text, "base64").toString("utf8")
        : quotedPrintable(text.replaceAll("_", " ")),
    );
}
