import { DOMParser, type Element } from '@xmldom/xmldom';

/** An element: its attributes with their patterns, those that it must have, and how often each child occurs, in any order. */
interface ElementRule {
  readonly attributes: Readonly<Record<string, RegExp>>;
  readonly required: readonly string[];
  readonly children: readonly string[];
  readonly text?: boolean;
}

const ANY = /^[\s\S]*$/;
const COUNT = /^\d+$/;
const TIME = /^\d+(\.\d+)?$/;
const RESULT: ElementRule = {
  attributes: { type: ANY, message: ANY },
  required: [],
  children: [],
  text: true,
};

/**
 * The grammar that readers of JUnit XML share (Jenkins xunit plugin, `junit-10.xsd`; GitLab and Azure read a part of it). Source:
 * https://github.com/jenkinsci/xunit-plugin/blob/master/src/main/resources/org/jenkinsci/plugins/xunit/types/model/xsd/junit-10.xsd,
 * 2026-11.
 */
const GRAMMAR: Readonly<Record<string, ElementRule>> = {
  testsuites: {
    attributes: { name: ANY, time: TIME, tests: COUNT, failures: COUNT, errors: COUNT, disabled: COUNT },
    required: [],
    children: ['testsuite'],
  },
  testsuite: {
    attributes: {
      name: ANY,
      tests: COUNT,
      failures: COUNT,
      errors: COUNT,
      skipped: COUNT,
      disabled: COUNT,
      time: TIME,
      timestamp: /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}$/,
      hostname: ANY,
      id: ANY,
      package: ANY,
    },
    required: ['name'],
    children: ['testsuite', 'properties', 'testcase', 'system-out', 'system-err'],
  },
  testcase: {
    attributes: { name: ANY, classname: ANY, time: TIME, status: ANY, assertions: COUNT },
    required: ['name'],
    children: ['skipped', 'error', 'failure', 'system-out', 'system-err'],
  },
  failure: RESULT,
  error: RESULT,
  skipped: RESULT,
  'system-out': { attributes: {}, required: [], children: [], text: true },
  'system-err': { attributes: {}, required: [], children: [], text: true },
};

/** Parses JUnit XML; throws if it isn't well-formed. */
export function parseJunit(xml: string): Element {
  const fail = (level: string, message: string) => {
    throw new Error(`${level}: ${message}`);
  };
  const document = new DOMParser({ onError: fail }).parseFromString(xml, 'text/xml');
  return document.documentElement as Element;
}

/** What the grammar says of an element and everything in it, and whether the counts are right. */
export function junitProblems(element: Element): string[] {
  const { tagName } = element;
  const rule = GRAMMAR[tagName];
  if (!rule) return [`<${tagName}> is unknown`];
  const attributes = Array.from({ length: element.attributes.length }, (_, i) => element.attributes.item(i));
  const problems = attributes.flatMap((attribute) => {
    const { name = '', value = '' } = attribute ?? {};
    return rule.attributes[name]?.test(value) ? [] : [`<${tagName} ${name}="${value}"> is not allowed`];
  });
  for (const name of rule.required)
    if (!element.hasAttribute(name)) problems.push(`<${tagName}> must have ${name}`);
  const children = childrenOf(element);
  for (const { tagName: child } of children)
    if (!rule.children.includes(child)) problems.push(`<${child}> is not allowed in <${tagName}>`);
  if (!rule.text && textOf(element).trim() !== '') problems.push(`<${tagName}> must have no text`);
  return [...problems, ...countProblems(element), ...children.flatMap(junitProblems)];
}

/** Elements of a name, at any depth. */
export function elementsOf(element: Element, name: string): Element[] {
  const all = element.getElementsByTagName(name);
  return Array.from({ length: all.length }, (_, i) => all.item(i) as Element);
}

function countProblems(element: Element): string[] {
  const counted = { tests: 'testcase', failures: 'failure', errors: 'error', skipped: 'skipped' };
  return Object.entries(counted).flatMap(([attribute, name]) => {
    const value = element.getAttribute(attribute);
    if (value === null || !/^testsuites?$/.test(element.tagName)) return [];
    const amount = elementsOf(element, name).length;
    return Number(value) === amount ? [] : [`<${element.tagName} ${attribute}="${value}"> has ${amount}`];
  });
}

function childrenOf(element: Element): Element[] {
  return Array.from(element.childNodes).filter((node): node is Element => node.nodeType === 1);
}

function textOf(element: Element): string {
  return Array.from(element.childNodes)
    .filter(({ nodeType }) => nodeType === 3 || nodeType === 4)
    .map(({ nodeValue }) => nodeValue ?? '')
    .join('');
}
