import { readFileSync } from "node:fs";
import type { App } from "../../src/api/deps.ts";
import type { DemoFacts } from "./demo-facts.ts";
import { render } from "./page/render.ts";

/** The page that says what to try, at `/demo`. */
export interface TryPage {
  addTo(app: App): void;
  /** Until this, whoever asks for the page waits. */
  show(facts: DemoFacts): void;
}

const style = readFileSync(new URL("try.css", import.meta.url), "utf8");
const hide = { schema: { hide: true } };

/** A page of the demo alone, so that no real Tocsin can show its keys and passwords. */
export function tryPage(): TryPage {
  const { promise, resolve } = Promise.withResolvers<DemoFacts>();
  return {
    addTo(app) {
      app.get("/demo", hide, async (_request, reply) => reply.type("text/html").send(render(await promise)));
      app.get("/demo/try.css", hide, async (_request, reply) => reply.type("text/css").send(style));
    },
    show: resolve,
  };
}
