import { optionalScopes, requiredScopes, type Scope } from "../scopes.ts";

/** What somebody who may not install apps sends along with *Request to Install*. */
export function requestText({ publicUrl, mirror }: { publicUrl: string; mirror: boolean }): string {
  const required = requiredScopes(mirror ? "with-mirror" : "without-mirror");
  return [
    "Please approve Tocsin, our own alert desk: it posts security alerts to the channels that it is invited to, and lets the team assign and resolve them there.",
    `It runs on our own server (${publicUrl}); no other company gets any data.`,
    "It asks for these scopes:",
    ...required.map(bullet),
    "And, if you like:",
    ...optionalScopes.map((scope) => `${bullet(scope)} (optional: without it ${scope.cost})`),
    "Please approve it, but do not install it yet: I need to install it to complete the set-up.",
  ].join("\n");
}

function bullet({ name, reason }: Scope): string {
  return `• ${name}: ${reason}`;
}
