// A certified provider of sign-in, for the test of signing in through one. Its development pages
// ask for any name and any password. Reads its settings as JSON from the first argument, and prints
// the address that it listens on.
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const settings = JSON.parse(process.argv[2]);
const require = createRequire(pathToFileURL(`${process.env.MUNIMENT_TEST_OIDC}/package.json`));
const { Provider } = await import(pathToFileURL(require.resolve("oidc-provider")));

const issuer = `http://localhost:${settings.port}`;
const provider = new Provider(issuer, {
  clients: [{
    client_id: "muniment",
    client_secret: "a secret of the test",
    redirect_uris: [settings.back],
    post_logout_redirect_uris: [settings.home],
  }],
  claims: {
    email: ["email", "email_verified"],
    groups: ["groups"],
    openid: ["sub"],
    profile: ["name"],
  },
  scopes: ["openid", "email", "profile", "groups"],
  pkce: { required: () => true },
  features: { devInteractions: { enabled: true }, rpInitiatedLogout: { enabled: true } },
  findAccount: (_, id) => ({
    accountId: id,
    claims: () => ({
      sub: id,
      email: `${id}@example.org`,
      email_verified: true,
      name: settings.people[id]?.name ?? id,
      groups: settings.people[id]?.groups ?? [],
    }),
  }),
  cookies: { keys: ["a key of the test"] },
  conformIdTokenClaims: settings.conform,
});
provider.listen(settings.port, "127.0.0.1", () => console.log(issuer));
