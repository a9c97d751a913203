import type { SlackAppBody } from "../../src/connect/contract.ts";
import { Time } from "../components/time.tsx";
import css from "../pages/slack-app/slack-app.module.css";

/** Whether Slack reaches Tocsin over Socket Mode; nothing where it comes by HTTP. */
export function SocketLine({ socket }: { socket: SlackAppBody["socket"] }) {
  if (socket.kind === "off") return null;
  const since = socket.since ? (
    <>
      {" "}
      since <Time at={socket.since} />
    </>
  ) : null;
  return (
    <section className={css.panel} aria-labelledby="socket">
      <h2 id="socket">Socket Mode</h2>
      {socket.kind === "connected" ? (
        <p>Connected to Slack{since}. No public address is needed.</p>
      ) : (
        <p className={css.fault} role="alert">
          Not connected to Slack{since}. {socket.remedy ?? "Tocsin is connecting."}{" "}
          {socket.fault ? <code>{socket.fault}</code> : null}
        </p>
      )}
    </section>
  );
}
