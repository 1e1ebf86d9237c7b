/**
 * What every log of the product is full of, without blanks and in lower case: to look for a piece of it finds too much.
 * A phrase that is missing here costs time, never a failure.
 */
const PHRASES = [
  'microsoft.rtc.cce.managementservice',
  'system.management.automation.powershell.coreinvokehelper',
  'system.management.automation.runspaces',
  'microsoft.powershell.commands',
  'system.threading.executioncontext',
  'system.threading.tasks.task.execute',
  'psdatacollection`1input,psdatacollection`1output,psinvocationsettings',
  'exceptionstacktrace',
  'unexpectedexception',
  'cmdletinvocationexception',
  'cloudconnector',
  'appliance',
  'reportedtoonline',
  'information',
  'certificate',
  'connection',
  'operation',
  'automatic',
  'configuration',
  'mediationserver',
  'virtualmachine',
  'corpnetswitch',
  'windowsserver',
  'objectstate',
  'specified',
  'completed',
  'recovery',
];
/** Shorter pieces are common everywhere. */
const LEAST = 5;

/** Whether a text stands in a common phrase. */
export function isCommon(text: string): boolean {
  return PHRASES.some((phrase) => phrase.includes(text));
}

/** How many characters of a literal tell it from common text: all but the longest run of it that is common. */
export function tellingLength(literal: string): number {
  for (let length = literal.length; length >= LEAST; length--)
    for (let at = 0; at + length <= literal.length; at++)
      if (isCommon(literal.slice(at, at + length))) return literal.length - length;
  return literal.length;
}
