/** Who did something. `id` is null for the system itself. */
export interface Actor {
  type: "user" | "token" | "source" | "system";
  id: string | null;
  name: string;
}

export const vias = ["slack", "console", "api", "source", "system"] as const;
/** Through which door it was done. */
export type Via = (typeof vias)[number];

export const systemActor: Actor = { type: "system", id: null, name: "Tocsin" };
