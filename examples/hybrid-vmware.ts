// How do I back up VMware virtual machines, on premises or in VMware Cloud on AWS?
import { App, Duration, Stack } from 'aws-cdk-lib';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import {
  BackupPlan,
  BackupRule,
  BackupVault,
  Hypervisor,
  HypervisorCredentials,
  ResourceType,
  Retention,
  TagCondition,
} from 'cdk-backup-constructs';

const app = new App();
const stack = new Stack(app, 'HybridVmware');

// set up the gateway, a virtual machine next to the vCenter, on premises, and connect it to this hypervisor
const hypervisor = new Hypervisor(stack, 'VCenter', {
  host: 'vcenter.example.com',
  credentials: HypervisorCredentials.fromSecret(
    secretsmanager.Secret.fromSecretNameV2(stack, 'Credentials', 'vcenter/backup'),
  ),
  encryptionKey: new kms.Key(stack, 'Key', { enableKeyRotation: true }),
});

// with this role, AWS Backup gateway applies VMware tags to the virtual machines in AWS
hypervisor.addTagMappingRole();

const plan = new BackupPlan(stack, 'Plan', {
  vault: new BackupVault(stack, 'Vault'),
  rules: [
    BackupRule.daily({ retention: Retention.days(35) }),
    BackupRule.monthly({ name: 'cold', retention: Retention.years(1), coldStorageAfter: Duration.days(30) }),
  ],
});

// virtual machines with the tag, in any data center
plan.addSelection('VirtualMachines', {
  resourceTypes: [ResourceType.VIRTUAL_MACHINE],
  tags: [TagCondition.stringEquals('backup', 'gold')],
});

app.synth();
