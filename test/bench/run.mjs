import { compiled } from '../support/run-compiled.mjs';

/** `npm run bench -- --alerts 1000000` */
process.env.NODE_ENV = 'production'; // what a hub in use runs as; the libraries are slower otherwise
const { bench } = await compiled('test/bench/main.js');
await bench(process.argv.slice(2));
process.exit(0);
