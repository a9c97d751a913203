import { metadataScope, mirrorScopes, neededScopes } from "../../slack/scopes.ts";

export interface Authorization {
  clientId: string;
  state: string;
  redirectUri: string;
  threadMirror: boolean;
}

/** Slack's page on which somebody allows the app what it asks for; it stands beside the Web API. */
export function authorizeUrl(apiUrl: string, asked: Authorization): string {
  const scopes = [...neededScopes, metadataScope, ...(asked.threadMirror ? mirrorScopes : [])];
  const url = new URL("../oauth/v2/authorize", apiUrl);
  url.search = new URLSearchParams({
    client_id: asked.clientId,
    scope: scopes.map(({ name }) => name).join(","),
    redirect_uri: asked.redirectUri,
    state: asked.state,
  }).toString();
  return url.href;
}
