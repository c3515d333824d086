/** Runs the command from its source: `npx ts-node --project tsconfig.dev.json scripts/cdk-backup.ts check cdk.out`. */
import { main } from '../src/cli/main';

main();
