/**
 * What every log of the product is full of, without blanks and in lower case: to look for a piece of it finds too much.
 * A phrase that is missing here costs time, never a failure.
 */
const EVERYWHERE = [
  'microsoft.rtc.cce.managementservice',
  'system.management.automation.powershell.coreinvokehelper[tinput,toutput]',
  'system.management.automation.runspaces',
  'microsoft.powershell.commands',
  'system.threading.executioncontext',
  'system.threading.tasks.task.execute',
  'psdatacollection`1input,psdatacollection`1output,psinvocationsettings',
  'exceptionstacktrace',
  'unexpectedexception',
  'information',
];
const OFTEN = [
  'cmdletinvocationexception',
  'cloudconnector',
  'appliance',
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

/** How common a piece of text is: 0 where no phrase holds it. */
export function commonness(text: string): number {
  if (EVERYWHERE.some((phrase) => phrase.includes(text))) return 8;
  return OFTEN.some((phrase) => phrase.includes(text)) ? 1 : 0;
}

/** How many characters of a literal tell it from common text: all but the longest run of it that is common. */
export function tellingLength(literal: string): number {
  for (let length = literal.length; length >= LEAST; length--)
    for (let at = 0; at + length <= literal.length; at++)
      if (commonness(literal.slice(at, at + length)) > 0) return literal.length - length;
  return literal.length;
}
