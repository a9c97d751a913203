import { createHash, generateKeyPairSync, randomBytes, sign } from "node:crypto";

/** What an authenticator of a test does otherwise than a right one. */
interface Odd {
  /** The page that asks; the one of the relying party by default. */
  origin?: string;
  rpId?: string;
  /** Whether it has checked who its user is. */
  userVerified?: boolean;
  /** The signature counter that it reports. */
  counter?: number;
}

interface Options {
  challenge: string;
}

/** A passkey without a device: makes the answers of WebAuthn that browsers send, with a P-256 key. */
export function openAuthenticator(origin: string) {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const id = randomBytes(16);
  const { x = "", y = "" } = publicKey.export({ format: "jwk" });
  // COSE_Key of ES256: kty 2, alg -7, crv 1, and the coordinates.
  const key = [Buffer.from("a5010203262001215820", "hex"), Buffer.from(x, "base64url")];
  const coseKey = Buffer.concat([...key, Buffer.from("225820", "hex"), Buffer.from(y, "base64url")]);
  let uses = 0;

  const clientData = (type: string, { challenge }: Options, odd: Odd) =>
    Buffer.from(JSON.stringify({ type, challenge, origin: odd.origin ?? origin, crossOrigin: false }));
  const authData = (flags: number, odd: Odd, counter: number) => {
    const host = createHash("sha256").update(odd.rpId ?? new URL(origin).hostname);
    const count = Buffer.alloc(4);
    count.writeUInt32BE(odd.counter ?? counter);
    const verified = odd.userVerified === false ? 0 : 0x04;
    return Buffer.concat([host.digest(), Buffer.of(flags | 0x01 | verified), count]);
  };
  const credential = { id: id.toString("base64url"), rawId: id.toString("base64url"), type: "public-key" };

  return {
    /** Answers `navigator.credentials.create`. */
    create(options: Options, odd: Odd = {}) {
      const idLength = Buffer.of(0, id.length);
      const data = Buffer.concat([authData(0x40, odd, 0), Buffer.alloc(16), idLength, id, coseKey]);
      // {"fmt": "none", "attStmt": {}, "authData": bytes of a length below 256}
      const head = Buffer.from("a363666d74646e6f6e656761747453746d74a068617574684461746158", "hex");
      const attestationObject = Buffer.concat([head, Buffer.of(data.length), data]).toString("base64url");
      const clientDataJSON = clientData("webauthn.create", options, odd).toString("base64url");
      const response = { clientDataJSON, attestationObject, transports: ["internal"] };
      return { ...credential, response, clientExtensionResults: {} };
    },
    /** Answers `navigator.credentials.get`. */
    get(options: Options, odd: Odd = {}) {
      uses += 1;
      const authenticatorData = authData(0, odd, uses);
      const client = clientData("webauthn.get", options, odd);
      const signed = Buffer.concat([authenticatorData, createHash("sha256").update(client).digest()]);
      const response = {
        clientDataJSON: client.toString("base64url"),
        authenticatorData: authenticatorData.toString("base64url"),
        signature: sign("sha256", signed, privateKey).toString("base64url"),
      };
      return { ...credential, response, clientExtensionResults: {} };
    },
  };
}
