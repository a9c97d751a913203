import { generateKeyPairSync } from "node:crypto";
import { connect } from "node:net";
import tls from "node:tls";
import { selfSigned } from "./certificate.ts";

interface Options {
  /** The name in the certificate. */
  name: string;
  /** Where what arrives is passed on to, on 127.0.0.1. */
  to: number;
  /** Whether this process trusts the certificate; true unless given. */
  trusted?: boolean;
  /** When the certificate ends; in an hour unless given. */
  until?: Date;
}

const hour = 3_600_000;

/** TLS on loopback in front of a plain port, with a certificate of its own. */
export async function startTlsFront({ name, to, trusted = true, until }: Options) {
  const pair = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const now = Date.now();
  const cert = selfSigned(pair, { name, from: new Date(now - 48 * hour), to: until ?? new Date(now + hour) });
  const key = pair.privateKey.export({ type: "pkcs8", format: "pem" });
  const usual = tls.getCACertificates();
  if (trusted) tls.setDefaultCACertificates([...usual, cert]);
  const server = tls.createServer({ key, cert }, (client) => {
    const onward = connect(to, "127.0.0.1");
    client.pipe(onward).pipe(client);
    client.on("error", () => onward.destroy());
    onward.on("error", () => client.destroy());
    client.on("close", () => onward.destroy());
  });
  server.on("tlsClientError", () => {});
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (!address || typeof address === "string") throw new Error("The front has no port.");
  return {
    port: address.port,
    close() {
      if (trusted) tls.setDefaultCACertificates(usual);
      server.close();
    },
  };
}
