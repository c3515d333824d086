import { hypervisorChecks } from '../../../src/checks/hypervisor/hypervisors';
import { resource } from '../../support/backups';
import { findings, PARAMETERS, UNKNOWN } from '../../support/findings';

const lines = (properties: object) =>
  findings(
    hypervisorChecks,
    {
      X: resource('BackupGateway::Hypervisor', {
        Host: 'vcenter.example.com',
        Name: 'vcenter',
        ...properties,
      }),
    },
    undefined,
    { Parameters: { ...PARAMETERS.Parameters, Hidden: { Type: 'String', NoEcho: true, Default: 'x' } } },
  );

test.each<[string, object, string]>([
  [
    'an invalid host',
    { Host: 'x' },
    'error Backup-HypervisorHost at Resources/X/Properties/Host: `Host` must be an IP address or a domain name of 3 to 128 characters, got `x`; for example, write `vcenter.example.com`',
  ],
  [
    'a name with a blank',
    { Name: 'v center' },
    'error Backup-HypervisorName at Resources/X/Properties/Name: `Name` must be 1 to 100 characters from `a-z`, `A-Z`, `0-9` and `-`, got `v center`; omit it to have one generated',
  ],
  [
    'a user of a domain, the old way',
    { Username: 'DOMAIN\\backup' },
    'error Backup-HypervisorUsername at Resources/X/Properties/Username: `Username` must be 1 to 100 printable ASCII characters, without `/` and `\\`, that are not all spaces, got `DOMAIN\\backup`; for example, write `backup@vsphere.local`',
  ],
  [
    'what is no log group',
    { LogGroupArn: 'vcenter' },
    'error Backup-HypervisorLogGroup at Resources/X/Properties/LogGroupArn: `LogGroupArn` must be a log group whose ARN is `arn:<partition>:logs:<region>:<account>:log-group:<name>:*`, got `vcenter`; write the ARN, such as `!GetAtt LogGroup.Arn`',
  ],
  [
    'a log group whose name has other characters',
    { LogGroupArn: 'arn:aws:logs:us-east-1:111111111111:log-group:a#b:*' },
    'error Backup-HypervisorLogGroup at Resources/X/Properties/LogGroupArn: `LogGroupArn` must be a log group whose ARN is `arn:<partition>:logs:<region>:<account>:log-group:<name>:*`, got `arn:aws:logs:us-east-1:111111111111:log-group:a#b:*`; use only letters, digits and `_-/.` in its name',
  ],
  [
    'a password that everybody reads',
    { Password: 'secret' },
    'warning Backup-HypervisorPassword at Resources/X/Properties/Password: `Password` must not be a literal in the template, where anyone who can view the stack can read it; refer to a secret with `{{resolve:secretsmanager:…}}`',
  ],
])('a hypervisor has %s', (_, properties, message) => {
  expect(lines(properties)).toEqual([message]);
});

test('nothing is found of sound hypervisors, of references to secrets, and of what isn’t known', () => {
  for (const properties of [
    {
      LogGroupArn: 'arn:aws:logs:us-east-1:111111111111:log-group:vcenter:*',
      Username: 'backup@vsphere.local',
    },
    {
      Username: '{{resolve:secretsmanager:vcenter:SecretString:username}}',
      Password: '{{resolve:secretsmanager:vcenter:SecretString:password}}',
    },
    { Password: { Ref: 'Hidden' } },
    { Password: { 'Fn::Join': ['', ['{{resolve:secretsmanager:', UNKNOWN, ':SecretString:password}}']] } },
    { Host: UNKNOWN, Name: UNKNOWN, Username: UNKNOWN, Password: UNKNOWN, LogGroupArn: UNKNOWN },
  ])
    expect(lines(properties)).toEqual([]);
});
