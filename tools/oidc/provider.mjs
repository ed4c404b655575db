// A real OpenID Connect provider for the tests: npm's oidc-provider, on this machine, with people and mistakes the tests choose.
//
//   node provider.mjs CONFIG.json      prints "ready ISSUER" once it listens
//
// CONFIG: { modules: folder, port, clients, userinfo: claims only there }
// POST /test/people { people: { login: claims }, lie? } says who is there, by the name they type, which is their `sub` too; and which lie it
// tells: nonce, audience, issuer, old, signature, unsigned, userinfo.

import { createServer } from "node:http";
import { createRequire } from "node:module";
import { generateKeyPairSync, createSign } from "node:crypto";
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const config = JSON.parse(readFileSync(process.argv[2], "utf8"));
const require = createRequire(`${config.modules}/`);
const { default: Provider } = await import(pathToFileURL(require.resolve("oidc-provider")));

const issuer = `http://localhost:${config.port}`;
const keyPair = () => generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey;
const ours = keyPair();
const another = keyPair();
let people = {};
let lie = "";

const provider = new Provider(issuer, {
  clients: config.clients,
  jwks: { keys: [{ ...ours.export({ format: "jwk" }), use: "sig", alg: "RS256", kid: "ours" }] },
  claims: { openid: ["sub"], email: ["email", "email_verified", "xms_edov"], profile: ["name"] },
  conformIdTokenClaims: config.userinfo === true,
  pkce: { required: () => true },
  features: {
    devInteractions: { enabled: false },
    userinfo: { enabled: true },
    rpInitiatedLogout: { enabled: false },
    claimsParameter: { enabled: false },
  },
  interactions: { url: (_ctx, interaction) => `/test/interaction/${interaction.uid}` },
  findAccount: async (_ctx, login) =>
    people[login] && { accountId: login, claims: async () => ({ sub: login, ...people[login] }) },
  cookies: { keys: ["only for tests"] },
  renderError: async (ctx, out) => {
    ctx.type = "json";
    ctx.body = out;
  },
});
provider.proxy = false;

const base64url = (value) => Buffer.from(JSON.stringify(value)).toString("base64url");
function signed(payload, key) {
  const text = `${base64url({ alg: "RS256", typ: "JWT", kid: "ours" })}.${base64url(payload)}`;
  return `${text}.${createSign("RSA-SHA256").update(text).sign(key, "base64url")}`;
}

// The lies a provider can tell, told at the last moment.
provider.use(async (ctx, next) => {
  await next();
  if (ctx.path === "/token" && ctx.body?.id_token && lie) {
    const claims = JSON.parse(Buffer.from(ctx.body.id_token.split(".")[1], "base64url"));
    delete claims.at_hash;
    const told = {
      nonce: { ...claims, nonce: "another" },
      audience: { ...claims, aud: "another-client" },
      issuer: { ...claims, iss: "https://login.example.org" },
      old: { ...claims, exp: claims.iat - 3600, iat: claims.iat - 7200 },
    }[lie];
    if (told) ctx.body.id_token = signed(told, ours);
    if (lie === "signature") ctx.body.id_token = signed(claims, another);
    if (lie === "unsigned")
      ctx.body.id_token = `${base64url({ alg: "none" })}.${base64url(claims)}.`;
  }
  if (ctx.path === "/me" && lie === "userinfo" && ctx.body?.sub) ctx.body.sub = "somebody-else";
});

async function body(request) {
  const parts = [];
  for await (const part of request) parts.push(part);
  return Buffer.concat(parts).toString();
}

const answer = provider.callback();
createServer(async (request, response) => {
  try {
    const url = new URL(request.url, issuer);
    if (url.pathname === "/test/people") {
      ({ people, lie = "" } = JSON.parse(await body(request)));
      response.end("ok");
    } else if (url.pathname.startsWith("/test/interaction/")) {
      const details = await provider.interactionDetails(request, response);
      const login = request.method === "POST" ? new URLSearchParams(await body(request)).get("login") : null;
      if (details.prompt.name === "login" && !login) {
        response.setHeader("Content-Type", "text/html");
        response.end(
          `<!doctype html><html lang="en"><title>Test sign-in</title><h1>Test sign-in</h1><form method="post">
           <label>Login <input name="login" value=""></label><button>Sign in</button></form></html>`,
        );
      } else if (details.prompt.name === "login") {
        const result = people[login]
          ? { login: { accountId: login } }
          : { error: "access_denied", error_description: "nobody here" };
        await provider.interactionFinished(request, response, result, { mergeWithLastSubmission: false });
      } else {
        const grant = new provider.Grant({ accountId: details.session.accountId, clientId: details.params.client_id });
        grant.addOIDCScope("openid email profile");
        await provider.interactionFinished(request, response, { consent: { grantId: await grant.save() } });
      }
    } else answer(request, response);
  } catch (error) {
    response.statusCode = 500;
    response.end(String(error));
  }
}).listen(config.port, "127.0.0.1", () => console.log(`ready ${issuer}`));
