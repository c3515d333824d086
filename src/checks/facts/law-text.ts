import { Token } from 'aws-cdk-lib';
import { isUnknown, type Text } from '../../template/evaluation/unknown';

let open: string | undefined;

/** A text as laws take it. One that isn't known is one that is known at deployment: a token, left unjudged. */
export function lawText(text: Text): string;
export function lawText(text: Text | undefined): string | undefined;
export function lawText(text: Text | undefined): string | undefined {
  if (!isUnknown(text)) return text;
  open ??= Token.asString({ 'known at deployment': true });
  return open;
}
