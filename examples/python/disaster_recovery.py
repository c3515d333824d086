# examples/disaster-recovery.ts in Python: backups that survive the loss of a Region, of the account, and of all credentials.
from aws_cdk import Acknowledgment, App, Duration, Environment, Stack, Validations
from aws_cdk import aws_iam as iam
from aws_cdk import aws_kms as kms
from aws_cdk import aws_s3 as s3
from aws_cdk import aws_sns as sns
from cdk_backup_constructs import (
    BackupGlobalSettings,
    BackupPlan,
    BackupRule,
    BackupVault,
    CentralVault,
    CopySource,
    DisasterRecovery,
    LogicallyAirGappedVault,
    RecoveryHop,
    Retention,
    VaultLock,
)

WORKLOAD = "111122223333"
BACKUP = "444455556666"
MANAGEMENT = "999988887777"

app = App()
workload = Stack(app, "Workload", env=Environment(account=WORKLOAD, region="eu-west-1"))
second = Stack(app, "SecondRegion", env=Environment(account=WORKLOAD, region="eu-central-1"))
backup = Stack(app, "BackupAccount", env=Environment(account=BACKUP, region="eu-central-1"))
management = Stack(app, "Management", env=Environment(account=MANAGEMENT, region="us-east-1"))

# once for the organization: allows copies between accounts
BackupGlobalSettings(management, "Settings", cross_account_backup=True)


def alarm_topic(stack: Stack) -> sns.Topic:
    """A topic that CloudWatch alarms can publish to."""
    master_key = kms.Key(stack, "AlarmKey", enable_key_rotation=True)
    master_key.grant_encrypt_decrypt(iam.ServicePrincipal("cloudwatch.amazonaws.com"))
    return sns.Topic(stack, "Alarms", master_key=master_key, enforce_ssl=True)


vault = BackupVault(workload, "Vault")
second_vault = BackupVault(
    second, "Vault",
    lock=VaultLock.governance(min_retention=Duration.days(7), max_retention=Duration.days(35)),
)
central = CentralVault(
    backup, "Central",
    copy_from=[CopySource.account(WORKLOAD)],
    lock=VaultLock.governance(min_retention=Duration.days(30), max_retention=Duration.days(365)),
)
air_gapped = LogicallyAirGappedVault(
    backup, "AirGapped",
    min_retention=Duration.days(30),
    max_retention=Duration.days(730),
    acknowledge_irreversible=True,
    generation="30to730",
)
Validations.of(air_gapped).acknowledge(
    Acknowledgment(id="Backup-AirGappedVaultLock", reason="the retention of all hops is settled")
)

# each hop has a retention of its own; one outside of the lock of its vault is refused at synthesis
recovery = DisasterRecovery(
    workload, "Recovery",
    source=vault,
    hops=[
        # a copy action of the plan
        RecoveryHop.to_vault(second_vault, retention=Retention.days(35)),
        # copied on arrival: the key of the second vault re-encrypts them before they leave the account
        RecoveryHop.to_vault(
            central.vault,
            after=second_vault,
            retention=Retention.days(90),
            alarm_topic=alarm_topic(second),
        ),
        # out of reach of the backup account too
        RecoveryHop.to_vault(
            air_gapped,
            after=central.vault,
            retention=Retention.years(2),
            alarm_topic=alarm_topic(backup),
        ),
    ],
)

orders = s3.Bucket(workload, "Orders", versioned=True, enforce_ssl=True)
rules = [BackupRule.daily(retention=Retention.days(35), copies=recovery.copies)]
BackupPlan(workload, "Plan", vault=vault, rules=rules).add_selection("Orders", resources=[orders])

app.synth()
