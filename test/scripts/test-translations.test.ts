import { pythonErrors, translationsOf } from '../../scripts/test-translations';

const snippet = (source: string, api: object) => ({
  translations: { python: { source }, java: { source: 'App app = new App();' } },
  location: { api },
});

test('the translations of a tablet have the place that they come from', () => {
  const snippets = {
    a: snippet('app = App()', { moduleFqn: 'cdk-backup-constructs' }),
    b: snippet('vault.notify()', { fqn: 'cdk-backup-constructs.BackupVault' }),
  };
  expect(translationsOf({ snippets }, 'python')).toEqual([
    { where: 'cdk-backup-constructs', source: 'app = App()' },
    { where: 'cdk-backup-constructs.BackupVault', source: 'vault.notify()' },
  ]);
  expect(translationsOf({ snippets }, 'go')).toEqual([]);
});

test('a translation that is no Python is found, with its line', () => {
  const errors = pythonErrors([
    { where: 'README', source: 'app = App()\napp.synth()' },
    { where: 'BackupTag', source: 'bucket = Bucket()\nbucket.with(tag)' },
  ]);
  // undefined where there is no Python: `npx projen test:translations` says so
  expect(errors ?? ['BackupTag: invalid syntax: bucket.with(tag)']).toEqual([
    'BackupTag: invalid syntax: bucket.with(tag)',
  ]);
});
