/** An Enterprise organisation: several workspaces whose people have one id in all of them. */
export type Organisation = {
  id: string;
  name: string;
  domain: string;
  teams: Set<string>;
};
