import { compiled } from '../support/run-compiled.mjs';

/** `npm run faults -- --only hub-killed` */
const { faults } = await compiled('test/faults/main.js');
process.exit((await faults(process.argv.slice(2))) ? 0 : 1);
