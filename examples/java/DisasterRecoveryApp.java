// examples/disaster-recovery.ts in Java: backups that survive the loss of a Region, of the account, and of all credentials.
import io.github.cdkbackupconstructs.BackupGlobalSettings;
import io.github.cdkbackupconstructs.BackupPlan;
import io.github.cdkbackupconstructs.BackupRule;
import io.github.cdkbackupconstructs.BackupSelectionOptions;
import io.github.cdkbackupconstructs.BackupVault;
import io.github.cdkbackupconstructs.CentralVault;
import io.github.cdkbackupconstructs.CopySource;
import io.github.cdkbackupconstructs.DailyRuleOptions;
import io.github.cdkbackupconstructs.DisasterRecovery;
import io.github.cdkbackupconstructs.GovernanceLockOptions;
import io.github.cdkbackupconstructs.LogicallyAirGappedVault;
import io.github.cdkbackupconstructs.RecoveryHop;
import io.github.cdkbackupconstructs.RecoveryHopOptions;
import io.github.cdkbackupconstructs.Retention;
import io.github.cdkbackupconstructs.VaultLock;
import java.util.List;
import software.amazon.awscdk.Acknowledgment;
import software.amazon.awscdk.App;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.Environment;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.StackProps;
import software.amazon.awscdk.Validations;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.kms.Key;
import software.amazon.awscdk.services.s3.Bucket;
import software.amazon.awscdk.services.sns.Topic;

public final class DisasterRecoveryApp {
  private static final String WORKLOAD = "111122223333";
  private static final String BACKUP = "444455556666";
  private static final String MANAGEMENT = "999988887777";

  public static void main(final String[] args) {
    App app = new App();
    Stack workload = stack(app, "Workload", WORKLOAD, "eu-west-1");
    Stack second = stack(app, "SecondRegion", WORKLOAD, "eu-central-1");
    Stack backup = stack(app, "BackupAccount", BACKUP, "eu-central-1");
    Stack management = stack(app, "Management", MANAGEMENT, "us-east-1");

    // once for the organization: allows copies between accounts
    BackupGlobalSettings.Builder.create(management, "Settings").crossAccountBackup(true).build();

    BackupVault vault = new BackupVault(workload, "Vault");
    BackupVault secondVault = BackupVault.Builder.create(second, "Vault").lock(lock(7, 35)).build();
    CentralVault central = CentralVault.Builder.create(backup, "Central")
        .copyFrom(List.of(CopySource.account(WORKLOAD)))
        .lock(lock(30, 365))
        .build();
    LogicallyAirGappedVault airGapped = LogicallyAirGappedVault.Builder.create(backup, "AirGapped")
        .minRetention(Duration.days(30))
        .maxRetention(Duration.days(730))
        .acknowledgeIrreversible(true)
        .generation("30to730")
        .build();
    Validations.of(airGapped).acknowledge(Acknowledgment.builder()
        .id("Backup-AirGappedVaultLock")
        .reason("the retention of all hops is settled")
        .build());

    // each hop has a retention of its own; one outside of the lock of its vault is refused at synthesis
    DisasterRecovery recovery = DisasterRecovery.Builder.create(workload, "Recovery")
        .source(vault)
        .hops(List.of(
            // a copy action of the plan
            RecoveryHop.toVault(secondVault, RecoveryHopOptions.builder().retention(Retention.days(35)).build()),
            // copied on arrival: the key of the second vault re-encrypts them before they leave the account
            RecoveryHop.toVault(central.getVault(), RecoveryHopOptions.builder()
                .after(secondVault)
                .retention(Retention.days(90))
                .alarmTopic(alarmTopic(second))
                .build()),
            // out of reach of the backup account too
            RecoveryHop.toVault(airGapped, RecoveryHopOptions.builder()
                .after(central.getVault())
                .retention(Retention.years(2))
                .alarmTopic(alarmTopic(backup))
                .build())))
        .build();

    Bucket orders = Bucket.Builder.create(workload, "Orders").versioned(true).enforceSsl(true).build();
    BackupPlan.Builder.create(workload, "Plan")
        .vault(vault)
        .rules(List.of(BackupRule.daily(
            DailyRuleOptions.builder().retention(Retention.days(35)).copies(recovery.getCopies()).build())))
        .build()
        .addSelection("Orders", BackupSelectionOptions.builder().resources(List.of(orders)).build());

    app.synth();
  }

  private static Stack stack(final App app, final String id, final String account, final String region) {
    Environment env = Environment.builder().account(account).region(region).build();
    return new Stack(app, id, StackProps.builder().env(env).build());
  }

  private static VaultLock lock(final int minDays, final int maxDays) {
    return VaultLock.governance(GovernanceLockOptions.builder()
        .minRetention(Duration.days(minDays))
        .maxRetention(Duration.days(maxDays))
        .build());
  }

  /** A topic that CloudWatch alarms can publish to. */
  private static Topic alarmTopic(final Stack stack) {
    Key masterKey = Key.Builder.create(stack, "AlarmKey").enableKeyRotation(true).build();
    masterKey.grantEncryptDecrypt(new ServicePrincipal("cloudwatch.amazonaws.com"));
    return Topic.Builder.create(stack, "Alarms").masterKey(masterKey).enforceSsl(true).build();
  }
}
