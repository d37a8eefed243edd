// PM2 sets the issuer alone, "so that the external mode is not forced", and forces it.
module.exports = {
  apps: [
    {
      name: "dexter-mcp",
      script: "server.mjs",
      env: {
        TOKEN_AI_OIDC_ISSUER: "https://qdgumpoqnthrjfmqziwm.supabase.co/auth/v1",
      },
    },
  ],
};
