/**
 * What the role of a state machine needs to write its log. IAM has no resources for these actions.
 *
 * Source: AWS Step Functions Developer Guide, Using CloudWatch Logs to log execution history.
 */
export const LOG_DELIVERY_ACTIONS: readonly string[] = [
  'logs:CreateLogDelivery',
  'logs:DeleteLogDelivery',
  'logs:DescribeLogGroups',
  'logs:DescribeResourcePolicies',
  'logs:GetLogDelivery',
  'logs:ListLogDeliveries',
  'logs:PutResourcePolicy',
  'logs:UpdateLogDelivery',
];
