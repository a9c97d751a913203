import { Stack } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { auditStreamApi } from "../../api/audit-streams.ts";
import { ConfigurePage } from "../../components/configure-page.tsx";
import { Loaded } from "../../components/lists/loaded.tsx";
import { usePermission } from "../../session/use-session.ts";
import { StreamPanel } from "./stream-panel.tsx";
import { SyslogForm } from "./syslog-form.tsx";
import { WebhookForm } from "./webhook-form.tsx";

/** States are read again, since a receiver may fail or recover at any time. */
const pollMs = 5000;

export function AuditStreamsPage() {
  const query = useQuery({
    queryKey: ["audit-streams"],
    queryFn: auditStreamApi.list,
    refetchInterval: pollMs,
  });
  const canChange = usePermission("Manage Settings");
  return (
    <ConfigurePage
      title="Streaming of the audit log"
      intro="Sends each new entry elsewhere, in order and at least once. Entries wait in the log while a receiver is down."
      action={<Link to="/configure/audit-log">Back to the audit log</Link>}
    >
      <Loaded query={query} label="receivers">
        {({ results }) => {
          const webhook = results.find(({ kind }) => kind === "webhook") ?? null;
          const syslog = results.find(({ kind }) => kind === "syslog") ?? null;
          return (
            <Stack gap="lg">
              <StreamPanel kind="webhook" title="Webhook" stream={webhook} canChange={canChange}>
                {canChange ? <WebhookForm stream={webhook} /> : null}
              </StreamPanel>
              <StreamPanel kind="syslog" title="Syslog" stream={syslog} canChange={canChange}>
                {canChange ? <SyslogForm key={syslog?.place} stream={syslog} /> : null}
              </StreamPanel>
            </Stack>
          );
        }}
      </Loaded>
    </ConfigurePage>
  );
}
