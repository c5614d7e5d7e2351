import type { NextConfig } from 'next';

/** No rewrites: the server in front (src/server.ts) passes /api on, and two answers to one upgrade break it. */
const config: NextConfig = {
  poweredByHeader: false,
  reactStrictMode: true,
  // Types are checked by `npm run check`; a start must not wait for it.
  typescript: { ignoreBuildErrors: true },
  // contracts and next-intl each bring a copy of the same formatter: one is enough in the browser.
  turbopack: { resolveAlias: { 'intl-messageformat': '../../node_modules/intl-messageformat/index.js' } },
  // A request header decides the locale and the theme, so no page is static.
  devIndicators: false,
};

export default config;
