/** A menu does something, a list picks something. */
export type Kind = "menu" | "listbox";

/** One line of a menu or a list. */
export type Entry = {
  label: string;
  detail?: string | undefined;
  /** The heading that it stands under. */
  group?: string | undefined;
  isOn?: boolean;
  isDanger?: boolean;
  choose: () => void;
};
