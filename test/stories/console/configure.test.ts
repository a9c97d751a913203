import { describe } from "vitest";
import { whyNoConsole } from "../../browser/console-browser.ts";
import { startDesk } from "../../browser/console-desk.ts";
import { created } from "../../tocsin/story.ts";
import { destinationTests } from "./destination.ts";
import { destinationTypeTests } from "./destination-types.ts";
import { expressionTests } from "./expressions.ts";
import { peopleTests } from "./people.ts";

const title = `destinations, sources and people in the Console${whyNoConsole ? ` (skipped: ${whyNoConsole})` : ""}`;
const env = { WEBHOOK_ALLOW_PRIVATE: "127.0.0.1", SMTP_URL: "smtp://127.0.0.1:9" };
const owner = { email: "owner@acme.example", name: "Grace Owner", role: "Admin" };

describe.skipIf(whyNoConsole)(title, { timeout: 120_000 }, () => {
  const desk = startDesk({ env }, ({ api }) => created(api("POST", "/users", owner)));
  describe("the pages of a destination and of a source", () => destinationTests(desk));
  describe("the expressions of a source", () => expressionTests(desk));
  describe("users and roles", () => peopleTests(desk));
  describe("destinations of other types", () => destinationTypeTests(desk));
});
