import { Token } from 'aws-cdk-lib';
import type { Plain } from '../template/evaluation/plain';
import { isUnknown, type Maybe, type Text } from '../template/evaluation/unknown';

/*
 * Laws skip values that are known only at deployment, which are tokens. Unknown values of a template are passed to laws as
 * such tokens.
 */

let unknownNumber: number | undefined;
let unknownText: string | undefined;

/** The number, or a token if it is known only at deployment. */
export function numberOrToken(value: Maybe<number> | undefined): number | undefined {
  if (!isUnknown(value)) return value;
  unknownNumber ??= Token.asNumber('known at deployment');
  return unknownNumber;
}

/** The text, or a token if it is known only at deployment. */
export function textOrToken(text: Text): string;
export function textOrToken(text: Text | undefined): string | undefined;
export function textOrToken(text: Text | undefined): string | undefined {
  if (!isUnknown(text)) return text;
  unknownText ??= Token.asString({ known: 'at deployment' });
  return unknownText;
}

/** The texts, with tokens in place of those that are known only at deployment. */
export function textsOrTokens(texts: readonly Text[]): string[] {
  return texts.map((text) => textOrToken(text));
}

/** A document, with tokens in place of what is known only at deployment. */
export function documentWithTokens(plain: Plain): unknown {
  if (isUnknown(plain)) return textOrToken(plain);
  if (Array.isArray(plain)) return plain.map(documentWithTokens);
  if (typeof plain !== 'object' || plain === null) return plain;
  // not by assignment: a key may be `__proto__`
  return Object.fromEntries(Object.entries(plain).map(([key, value]) => [key, documentWithTokens(value)]));
}
