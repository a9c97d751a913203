/** Tocsin as the source of alerts about its own set-up: a row of `sources` that the migrations wrote. */
export const ownSource = {
  id: "00000000-0000-7000-8000-000000000001",
  name: "Tocsin",
  resolves: "always",
} as const;
