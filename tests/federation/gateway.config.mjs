// Everything stays on this machine: no reporting, no landing page, no schema polling, no forks.
export const gatewayConfig = {
  fork: 1,
  graphiql: false,
  landingPage: false,
  logging: "error",
  maskedErrors: false,
  pollingInterval: 0,
  propagateHeaders: {
    // the caller's token reaches the hub, so that the hub's own rules apply through the gateway too
    fromClientToSubgraphs: ({ request }) => ({ authorization: request.headers.get("authorization") ?? undefined }),
  },
};
