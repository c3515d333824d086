// `import … from 'cdk-backup-constructs'` inside this repository means src/index.ts: so the examples read as users
// write them, and run before anything is compiled. tsconfig.dev.json makes ts-node load this.
const Module = require('node:module');
const path = require('node:path');

const self = path.join(__dirname, '..', 'src', 'index.ts');
const resolve = Module._resolveFilename;

Module._resolveFilename = function (request, ...rest) {
  return resolve.call(this, request === 'cdk-backup-constructs' ? self : request, ...rest);
};
