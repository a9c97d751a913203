import { createServer, type Server } from "node:net";

/**
 * The port to listen on: the wanted one if it is free, any free one for 0. It is known before anything starts,
 * because Tocsin and the pretend Slack must tell each other their addresses. `setting` is what names the port.
 */
export async function choosePort(wanted: number, host: string, setting: string): Promise<number> {
  const server = createServer();
  try {
    const port = await listen(server, wanted, host);
    await new Promise((closed) => server.close(closed));
    return port;
  } catch (cause) {
    const why = cause instanceof Error && "code" in cause ? cause.code : undefined;
    if (why !== "EADDRINUSE") throw cause;
    const remedy = `Stop what listens there, or choose another with ${setting}=…`;
    throw new Error(`Port ${wanted} is in use. ${remedy}`, { cause });
  }
}

function listen(server: Server, wanted: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(wanted, host, () => {
      const address = server.address();
      resolve(typeof address === "object" && address ? address.port : wanted);
    });
  });
}
