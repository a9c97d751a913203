type Sent = { status: number; to: URL | null; text: string };

/** A person presses a button of the page at which an app is allowed. Gives where they are sent, or what they read. */
export async function press(url: string, form: Record<string, string>, as = "ada"): Promise<Sent> {
  const response = await fetch(url, {
    method: "POST",
    redirect: "manual",
    headers: { cookie: `simulator_as=${as}` },
    body: new URLSearchParams(form),
  });
  return {
    status: response.status,
    to: URL.parse(response.headers.get("location") ?? ""),
    text: await response.text(),
  };
}
