// The quick start of the README in Java.
import io.github.cdkbackupconstructs.BackupChecks;
import io.github.cdkbackupconstructs.BackupTier;
import io.github.cdkbackupconstructs.WorkloadBackup;
import software.amazon.awscdk.App;
import software.amazon.awscdk.Mixins;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.Validations;
import software.amazon.awscdk.services.dynamodb.Attribute;
import software.amazon.awscdk.services.dynamodb.AttributeType;
import software.amazon.awscdk.services.dynamodb.BillingMode;
import software.amazon.awscdk.services.dynamodb.Table;
import software.amazon.awscdk.services.s3.Bucket;

public final class QuickStart {
  public static void main(final String[] args) {
    App app = new App();
    Validations.of(app).addPlugins(new BackupChecks()); // checks every template during `cdk synth`
    Stack stack = new Stack(app, "Shop");

    Table orders = Table.Builder.create(stack, "Orders")
        .partitionKey(Attribute.builder().name("id").type(AttributeType.STRING).build())
        .billingMode(BillingMode.PAY_PER_REQUEST)
        .build();
    Bucket documents = Bucket.Builder.create(stack, "Documents").versioned(true).build();

    WorkloadBackup backup = WorkloadBackup.Builder.create(stack, "Backup").tier(BackupTier.BRONZE).build();
    backup.protect(orders); // a resource, or every resource in a scope
    Mixins.of(documents).apply(backup.getTag()); // the same with a mixin

    app.synth();
  }
}
