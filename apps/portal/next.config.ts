import type { NextConfig } from 'next';

/** No rewrites: the server in front (src/server.ts) passes /api on, and two answers to one upgrade break it. */
const config: NextConfig = {
  poweredByHeader: false,
  reactStrictMode: true,
  typescript: { tsconfigPath: 'tsconfig.json' },
  // A request header decides the locale and the theme, so no page is static.
  devIndicators: false,
};

export default config;
