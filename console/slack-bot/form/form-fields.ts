import type { useFields } from "../../forms/use-fields.ts";

/** What `useFields` gives a form of these values. */
export type FormFields<V extends object> = ReturnType<typeof useFields<V>>;
