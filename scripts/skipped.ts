/** Exit code of what can't run here. */
export const SKIPPED = 77;

/** What a machine lacks to run something; nothing is wrong with the project then. */
export class Skipped extends Error {}

/** Ends the process with the code that a script returns: `SKIPPED` if it throws `Skipped`, 1 if it throws anything else. */
export function exitWith(script: () => number | Promise<number>): void {
  const run = async () => script();
  run().then(
    (code) => {
      process.exitCode = code;
    },
    (error) => {
      const isSkipped = error instanceof Skipped;
      if (isSkipped) console.log(`skipped: ${error.message}`);
      else console.error(error);
      process.exitCode = isSkipped ? SKIPPED : 1;
    },
  );
}
