// How do I back up virtual machines of VMware, on premises or in VMware Cloud on AWS?
import { App, Duration, Stack } from 'aws-cdk-lib';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import {
  BackupPlan,
  BackupRule,
  BackupVault,
  Hypervisor,
  HypervisorCredentials,
  HypervisorMetadataRole,
  ResourceType,
  Retention,
  TagCondition,
} from 'cdk-backup-constructs';

const app = new App();
const stack = new Stack(app, 'HybridVmware');

// the gateway is a virtual machine beside the vCenter; it is set up there, and connected to this hypervisor
new Hypervisor(stack, 'VCenter', {
  host: 'vcenter.example.com',
  credentials: HypervisorCredentials.fromSecret(
    secretsmanager.Secret.fromSecretNameV2(stack, 'Credentials', 'vcenter/backup'),
  ),
  encryptionKey: new kms.Key(stack, 'Key', { enableKeyRotation: true }),
});

// with this role AWS Backup gateway puts the tags of VMware on the virtual machines in AWS
new HypervisorMetadataRole(stack, 'MetadataRole');

const plan = new BackupPlan(stack, 'Plan', {
  vault: new BackupVault(stack, 'Vault'),
  rules: [
    BackupRule.daily({ retention: Retention.days(35) }),
    BackupRule.monthly({ name: 'cold', retention: Retention.years(1), coldStorageAfter: Duration.days(30) }),
  ],
});

// virtual machines with the tag, in whichever data center they are
plan.addSelection('VirtualMachines', {
  resourceTypes: [ResourceType.VIRTUAL_MACHINE],
  tags: [TagCondition.stringEquals('backup', 'gold')],
});

app.synth();
