/** A file that stands in Slack: Tocsin keeps where, never what is in it. */
export interface FileLink {
  name: string;
  url: string;
}
