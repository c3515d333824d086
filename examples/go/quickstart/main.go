// The quick start of the README in Go.
package main

import (
	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsdynamodb"
	"github.com/aws/aws-cdk-go/awscdk/v2/awss3"
	"github.com/aws/jsii-runtime-go"
	backup "github.com/cdk-backup-constructs/cdk-backup-constructs-go/cdkbackupconstructs"
)

func main() {
	defer jsii.Close()

	app := awscdk.NewApp(nil)
	awscdk.Validations_Of(app).AddPlugins(backup.NewBackupChecks(nil)) // checks every template during `cdk synth`
	stack := awscdk.NewStack(app, jsii.String("Shop"), nil)

	orders := awsdynamodb.NewTable(stack, jsii.String("Orders"), &awsdynamodb.TableProps{
		PartitionKey: &awsdynamodb.Attribute{Name: jsii.String("id"), Type: awsdynamodb.AttributeType_STRING},
		BillingMode:  awsdynamodb.BillingMode_PAY_PER_REQUEST,
	})
	documents := awss3.NewBucket(stack, jsii.String("Documents"), &awss3.BucketProps{Versioned: jsii.Bool(true)})

	workload := backup.NewWorkloadBackup(stack, jsii.String("Backup"), &backup.WorkloadBackupProps{
		Tier: backup.BackupTier_BRONZE(),
	})
	workload.Protect(orders)                               // a resource, or every resource in a scope
	awscdk.Mixins_Of(documents, nil).Apply(workload.Tag()) // the same with a mixin

	app.Synth(nil)
}
