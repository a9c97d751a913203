/** A button that a destination adds to its cards. Its address names fields of the alert in braces. */
export interface LinkButton {
  label: string;
  url: string;
}
