import { parseArgs } from 'node:util';
import { startAll } from './start-all.ts';

const USAGE = `npm start: brings Vireo up on one port.

  VIREO_LAB=lab|simulator|none   which hosts to begin with (default: real lab hosts where this machine can run them, else simulated ones)
  PORT=3000                      the address is http://localhost:<PORT>
  DATABASE_URL=...               your own PostgreSQL; default: an embedded one in the data directory
  VIREO_DATA_DIR=.data           where the database, keys and logs are kept
  VIREO_ADMIN_PASSWORD=...       password of "admin" at the first start; default: a random one, printed once`;

const { values } = parseArgs({ options: { help: { type: 'boolean', short: 'h' } } });
if (values.help) console.log(USAGE);
else await startAll();
