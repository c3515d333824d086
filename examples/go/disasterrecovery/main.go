// examples/disaster-recovery.ts in Go: backups that survive the loss of a Region, of the account, and of all credentials.
package main

import (
	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsiam"
	"github.com/aws/aws-cdk-go/awscdk/v2/awskms"
	"github.com/aws/aws-cdk-go/awscdk/v2/awss3"
	"github.com/aws/aws-cdk-go/awscdk/v2/awssns"
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"
	backup "github.com/cdk-backup-constructs/cdk-backup-constructs-go/cdkbackupconstructs"
)

const (
	workloadAccount   = "111122223333"
	backupAccount     = "444455556666"
	managementAccount = "999988887777"
)

func stack(app awscdk.App, id, account, region string) awscdk.Stack {
	return awscdk.NewStack(app, jsii.String(id), &awscdk.StackProps{
		Env: &awscdk.Environment{Account: jsii.String(account), Region: jsii.String(region)},
	})
}

func days(count float64) awscdk.Duration {
	return awscdk.Duration_Days(jsii.Number(count))
}

func lock(minDays, maxDays float64) backup.VaultLock {
	return backup.VaultLock_Governance(&backup.GovernanceLockOptions{
		MinRetention: days(minDays),
		MaxRetention: days(maxDays),
	})
}

// alarmTopic makes a topic that CloudWatch alarms can publish to.
func alarmTopic(stack awscdk.Stack) awssns.Topic {
	masterKey := awskms.NewKey(stack, jsii.String("AlarmKey"), &awskms.KeyProps{EnableKeyRotation: jsii.Bool(true)})
	masterKey.GrantEncryptDecrypt(awsiam.NewServicePrincipal(jsii.String("cloudwatch.amazonaws.com"), nil))
	return awssns.NewTopic(stack, jsii.String("Alarms"), &awssns.TopicProps{
		MasterKey:  masterKey,
		EnforceSSL: jsii.Bool(true),
	})
}

func main() {
	defer jsii.Close()

	app := awscdk.NewApp(nil)
	workload := stack(app, "Workload", workloadAccount, "eu-west-1")
	second := stack(app, "SecondRegion", workloadAccount, "eu-central-1")
	central := stack(app, "BackupAccount", backupAccount, "eu-central-1")
	management := stack(app, "Management", managementAccount, "us-east-1")

	// once for the organization: allows copies between accounts
	backup.NewBackupGlobalSettings(management, jsii.String("Settings"), &backup.BackupGlobalSettingsProps{
		CrossAccountBackup: jsii.Bool(true),
	})

	vault := backup.NewBackupVault(workload, jsii.String("Vault"), nil)
	secondVault := backup.NewBackupVault(second, jsii.String("Vault"), &backup.BackupVaultProps{Lock: lock(7, 35)})
	centralVault := backup.NewCentralVault(central, jsii.String("Central"), &backup.CentralVaultProps{
		CopyFrom: &[]backup.CopySource{backup.CopySource_Account(jsii.String(workloadAccount))},
		Lock:     lock(30, 365),
	})
	airGapped := backup.NewLogicallyAirGappedVault(central, jsii.String("AirGapped"), &backup.LogicallyAirGappedVaultProps{
		MinRetention:            days(30),
		MaxRetention:            days(730),
		AcknowledgeIrreversible: jsii.Bool(true),
		Generation:              jsii.String("30to730"),
	})
	awscdk.Validations_Of(airGapped).Acknowledge(&awscdk.Acknowledgment{
		Id:     jsii.String("Backup-AirGappedVaultLock"),
		Reason: jsii.String("the retention of all hops is settled"),
	})

	// each hop has a retention of its own; one outside of the lock of its vault is refused at synthesis
	recovery := backup.NewDisasterRecovery(workload, jsii.String("Recovery"), &backup.DisasterRecoveryProps{
		Source: vault,
		Hops: &[]backup.RecoveryHop{
			// a copy action of the plan
			backup.RecoveryHop_ToVault(secondVault, &backup.RecoveryHopOptions{
				Retention: backup.Retention_Days(jsii.Number(35)),
			}),
			// copied on arrival: the key of the second vault re-encrypts them before they leave the account
			backup.RecoveryHop_ToVault(centralVault.Vault(), &backup.RecoveryHopOptions{
				After:      secondVault,
				Retention:  backup.Retention_Days(jsii.Number(90)),
				AlarmTopic: alarmTopic(second),
			}),
			// out of reach of the backup account too
			backup.RecoveryHop_ToVault(airGapped, &backup.RecoveryHopOptions{
				After:      centralVault.Vault(),
				Retention:  backup.Retention_Years(jsii.Number(2)),
				AlarmTopic: alarmTopic(central),
			}),
		},
	})

	orders := awss3.NewBucket(workload, jsii.String("Orders"), &awss3.BucketProps{
		Versioned:  jsii.Bool(true),
		EnforceSSL: jsii.Bool(true),
	})
	backup.NewBackupPlan(workload, jsii.String("Plan"), &backup.BackupPlanProps{
		Vault: vault,
		Rules: &[]backup.BackupRule{backup.BackupRule_Daily(&backup.DailyRuleOptions{
			Retention: backup.Retention_Days(jsii.Number(35)),
			Copies:    recovery.Copies(),
		})},
	}).AddSelection(jsii.String("Orders"), &backup.BackupSelectionOptions{
		Resources: &[]constructs.IConstruct{orders},
	})

	app.Synth(nil)
}
