import { Button, PasswordInput, TextInput } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import type { LinkBody } from "../../../src/people/contract.ts";
import { peopleApi } from "../../api/people.ts";
import { FormFault } from "../../forms/form-fault.tsx";
import { useFields } from "../../forms/use-fields.ts";
import { DoorPage } from "./door-page.tsx";

/** Where one-time links lead; the token stands in the fragment, which browsers send to no server. */
export function LinkPage() {
  const [token] = useState(() => window.location.hash.slice(1));
  const link = useQuery({
    queryKey: ["link", token],
    queryFn: () => peopleApi.lookAtLink(token),
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (link.data) return <UseLinkForm token={token} link={link.data} />;
  return (
    <DoorPage title={link.error ? "This link can't be used" : "One moment…"} onSubmit={() => undefined}>
      <FormFault fault={link.error} />
      {link.error ? <Link to="/sign-in">Sign in instead</Link> : null}
    </DoorPage>
  );
}

function UseLinkForm({ token, link }: { token: string; link: LinkBody }) {
  const first = link.kind === "first_admin";
  const queries = useQueryClient();
  const navigate = useNavigate();
  const use = useMutation({
    mutationFn: peopleApi.useLink,
    onSuccess(session) {
      queries.clear();
      queries.setQueryData(["session"], session);
      return navigate({ to: "/alerts" });
    },
  });
  const fields = useFields({ email: "", name: "", password: "" }, use.error);
  const { email, name, password } = fields.values;
  const submit = () => use.mutate(first ? { token, password, email, name } : { token, password });
  const words = first ? welcome : setPassword(link);
  return (
    <DoorPage title={words.title} about={words.about} onSubmit={submit}>
      <FormFault fault={use.error} fields={Object.keys(fields.values)} />
      {first ? (
        <>
          <TextInput label="Name" autoComplete="name" required maxLength={100} {...fields.text("name")} />
          <TextInput
            label="E-mail"
            description="The one you have in Slack: that is how Tocsin knows you there."
            type="email"
            autoComplete="username"
            required
            {...fields.text("email")}
          />
        </>
      ) : (
        <input type="hidden" autoComplete="username" value={link.email ?? ""} readOnly />
      )}
      <PasswordInput
        label="Password"
        description="At least 12 characters."
        autoComplete="new-password"
        required
        minLength={12}
        {...fields.text("password")}
      />
      <Button type="submit" size="sm" fullWidth loading={use.isPending}>
        {words.action}
      </Button>
    </DoorPage>
  );
}

const welcome = {
  title: "Welcome to Tocsin",
  about: "Make yourself its first administrator. You can invite the others afterwards.",
  action: "Create administrator",
};

function setPassword(link: LinkBody) {
  const about = `${link.name ?? "You"}, you sign in as ${link.email ?? "the e-mail you were invited with"}.`;
  return { title: "Choose your password", about, action: "Set password and sign in" };
}
