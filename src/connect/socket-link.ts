import { openSocket, type Socket, type SocketMessage } from "../slack/open-socket.ts";
import type { SlackRequest } from "../slack/request/slack-request.ts";

/** What answers Slack, whichever way it came. Throws where Slack is to try again. */
export type Serve = (request: SlackRequest) => Promise<unknown>;

interface LinkEars {
  serve: Serve;
  /** Slack is about to end it, or it has broken. */
  leaving: () => void;
  /** A request was not acknowledged: Slack sends it again, or tells whoever clicked. */
  failed: (fault: unknown, type: SlackRequest["type"]) => void;
}

/** One connection, and what came in over it that isn't answered yet. */
export class SocketLink {
  /** Slack sends nothing more over it, or soon won't. */
  leaving = false;
  readonly #answering = new Set<Promise<void>>();
  readonly #ears: LinkEars;
  #socket: Socket | null = null;

  private constructor(ears: LinkEars) {
    this.#ears = ears;
  }

  static async open(address: string, ears: LinkEars): Promise<SocketLink> {
    const link = new SocketLink(ears);
    link.#socket = await openSocket(address, {
      message: (message) => link.#hear(message),
      ended: () => link.#leave(),
    });
    return link;
  }

  /** Answers what came in, then ends it. */
  async retire(): Promise<void> {
    await Promise.all(this.#answering);
    this.#socket?.close();
  }

  #leave(): void {
    this.leaving = true;
    this.#ears.leaving();
  }

  #hear(message: SocketMessage): void {
    if (message.kind === "disconnect") this.#leave();
    if (message.kind !== "request") return;
    const answering = this.#answer(message).finally(() => this.#answering.delete(answering));
    this.#answering.add(answering);
  }

  async #answer({
    request,
    envelopeId,
    takesAnswer,
  }: Extract<SocketMessage, { kind: "request" }>): Promise<void> {
    try {
      const body = await this.#ears.serve(request);
      this.#socket?.acknowledge(envelopeId, takesAnswer && body !== "" ? body : undefined);
    } catch (fault) {
      this.#ears.failed(fault, request.type);
    }
  }
}
