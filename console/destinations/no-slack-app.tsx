import { Link } from "@tanstack/react-router";
import css from "./destinations.module.css";

/** Without the app there is nobody who could post; the form can be filled afterwards. */
export function NoSlackApp() {
  return (
    <p className={css.hint}>
      Tocsin has no Slack app yet, so it can't find the channel.{" "}
      <Link to="/configure/slack-app">Set up the Slack app</Link> first; every destination then uses it.
    </p>
  );
}
