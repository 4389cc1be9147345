/** What to look at where it is the proxy that fails, of a scrape as of a push. */
export const proxyHint =
  'look at proxy_url, or where it is of the environment at HTTP_PROXY, HTTPS_PROXY and NO_PROXY; no_proxy names what is asked without it';
