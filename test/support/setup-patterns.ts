// runs before each test file: no pattern, and no test of one, calls anything that is deprecated
if (expect.getState().testPath?.includes('/test/patterns/')) process.env.JSII_DEPRECATED = 'fail';
