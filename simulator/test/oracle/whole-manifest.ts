const url = "https://app.example/slack/events";
const prompt = { title: "Who?", message: "Who is on call?" };

/** A manifest with every field that an app outside Slack's hosting can have. */
export const wholeManifest = {
  $schema: "https://app.example/manifest.schema.json",
  _metadata: { schema_version: 1, min_version: 1, major_version: 2, minor_version: 1 },
  app_directory: {
    app_directory_categories: ["security"],
    use_direct_install: false,
    direct_install_url: url,
    installation_landing_page: url,
    privacy_policy_url: url,
    support_url: url,
    support_email: "help@app.example",
    supported_languages: ["en"],
    pricing: "free",
  },
  display_information: {
    name: "Pager",
    description: "Pages people",
    background_color: "#5b3a1e",
    long_description: "Pages people. ".repeat(20),
  },
  features: {
    app_home: {
      home_tab_enabled: true,
      messages_tab_enabled: true,
      messages_tab_read_only_enabled: true,
    },
    bot_user: { display_name: "pager", always_online: true },
    functions: [],
    shortcuts: [{ name: "Page", type: "message", callback_id: "page", description: "Page someone" }],
    slash_commands: [
      { command: "/page", url, description: "Page someone", usage_hint: "@grace", should_escape: true },
    ],
    workflow_steps: [{ name: "Page", callback_id: "page" }],
    unfurl_domains: ["app.example"],
    assistant_view: { assistant_description: "Knows who is on call", suggested_prompts: [prompt] },
    agent_view: {
      agent_description: "Knows who is on call",
      suggested_prompts: [prompt],
      actions: [{ name: "page", description: "Page someone" }],
    },
  },
  oauth_config: {
    redirect_urls: ["https://app.example/slack/oauth_redirect"],
    scopes: {
      user: ["users:read"],
      bot: ["chat:write", "commands", "metadata.message:read"],
      user_optional: ["users:read"],
      bot_optional: ["metadata.message:read"],
    },
    token_management_enabled: true,
    pkce_enabled: false,
  },
  settings: {
    allowed_ip_address_ranges: ["192.0.2.0/24"],
    event_subscriptions: {
      request_url: url,
      user_events: ["user_change"],
      bot_events: ["message_metadata_posted"],
      metadata_subscriptions: [{ app_id: "*", event_type: "page" }],
    },
    incoming_webhooks: { incoming_webhooks_enabled: false },
    interactivity: { is_enabled: true, request_url: url, message_menu_options_url: url },
    org_deploy_enabled: true,
    socket_mode_enabled: false,
    is_hosted: false,
    token_rotation_enabled: false,
    siws_links: { initiate_uri: url },
    hermes_app_type: "remote",
    function_runtime: "remote",
    is_mcp_enabled: false,
  },
};
