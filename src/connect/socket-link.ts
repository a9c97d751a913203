import type { Agent } from "node:http";
import { openSocket, type Socket, type SocketMessage } from "../slack/open-socket.ts";
import type { SlackRequest } from "../slack/request/slack-request.ts";

/** Handles a request and returns the answer for Slack. Throws if Slack should send it again. */
export type Serve = (request: SlackRequest) => Promise<unknown>;

interface LinkHandlers {
  /** Makes the connection; undefined for a direct one. */
  agent: Agent | undefined;
  serve: Serve;
  /** Slack is about to end the connection, or it is broken. */
  leaving: () => void;
  /** A request was not acknowledged. Slack sends it again or shows an error to the person who clicked. */
  failed: (fault: unknown, type: SlackRequest["type"]) => void;
}

/** One connection and its requests that are not answered yet. */
export class SocketLink {
  /** True once Slack sends nothing more over it, or is about to stop. */
  leaving = false;
  /** Why Slack ends it; null while it is open, or if it broke without a reason. */
  reason: string | null = null;
  readonly openedAt = performance.now();
  readonly #answering = new Set<Promise<void>>();
  readonly #handlers: LinkHandlers;
  #socket: Socket | null = null;

  private constructor(handlers: LinkHandlers) {
    this.#handlers = handlers;
  }

  static async open(address: string, handlers: LinkHandlers): Promise<SocketLink> {
    const link = new SocketLink(handlers);
    link.#socket = await openSocket(address, {
      agent: handlers.agent,
      message: (message) => link.#receive(message),
      ended: () => link.#leave(),
    });
    return link;
  }

  /** How many connections the app had when this one was opened, as Slack counts them. */
  get connections(): number {
    return this.#socket?.connections ?? 1;
  }

  /** Answers the requests received so far, then closes the connection. */
  async retire(): Promise<void> {
    await Promise.all(this.#answering);
    this.#socket?.close();
  }

  #leave(): void {
    this.leaving = true;
    this.#handlers.leaving();
  }

  #receive(message: SocketMessage): void {
    if (message.kind === "disconnect") {
      this.reason = message.reason;
      this.#leave();
    }
    if (message.kind !== "request") return;
    const answering = this.#answer(message).finally(() => this.#answering.delete(answering));
    this.#answering.add(answering);
  }

  async #answer({
    request,
    envelopeId,
    acceptsAnswer,
  }: Extract<SocketMessage, { kind: "request" }>): Promise<void> {
    try {
      const body = await this.#handlers.serve(request);
      this.#socket?.acknowledge(envelopeId, acceptsAnswer && body !== "" ? body : undefined);
    } catch (fault) {
      this.#handlers.failed(fault, request.type);
    }
  }
}
